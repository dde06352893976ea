"""Dates as sources give them: some say the day, some the month, some only the year."""

import datetime
from functools import lru_cache

from babel import Locale
from django.conf import settings
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy

from core import clock


class Precision(models.TextChoices):
    DAY = "day", gettext_lazy("day")
    MONTH = "month", gettext_lazy("month")
    YEAR = "year", gettext_lazy("year")


FORMATS = {Precision.DAY: "DATE_FORMAT", Precision.MONTH: "YEAR_MONTH_FORMAT"}


def day(value, precision=Precision.DAY):
    """One date in the reader's words, no more exact than its source; of an instant, its day at Casa."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        value = clock.today(value, settings.CASA_ZONE)
    if precision == Precision.YEAR:
        return str(value.year)
    return written(value, FORMATS[precision])


def written(value, form):
    """A date by one of Django's formats; Portuguese months and weekdays in lower case, as Brazil writes them."""
    words = date_format(value, form)
    return words.lower() if (get_language() or "").startswith("pt") else words


def span(start, end=None, precision=Precision.DAY):
    """`22–23 January 2024`, `30 April – 2 May 2024`, `November 2024`; empty when nothing is known."""
    if start is None or end is None or end == start or precision == Precision.YEAR:
        return day(start, precision)
    if precision == Precision.MONTH:
        return day(start, precision) if _same_month(start, end) else f"{day(start, precision)} – {day(end, precision)}"
    if _same_month(start, end):
        return f"{start.day}–{day(end)}"  # all our languages write the day first (casa/formats/)
    if start.year == end.year:
        return f"{written(start, 'MONTH_DAY_FORMAT')} – {day(end)}"
    return f"{day(start)} – {day(end)}"


def _same_month(start, end):
    return (start.year, start.month) == (end.year, end.month)


@lru_cache(maxsize=8)
def _cities(language):
    """{zone: name of its city} of the Unicode locale data, where it differs from the zone's own."""
    places = Locale.parse(language, sep="-").time_zones
    return {zone: words["city"] for zone, words in places.items() if "city" in words}


def city(zone_name):
    """How people call the place of a zone, in the reader's language: Bogotá, São Paulo, Montevidéu."""
    found = _cities(get_language() or "es").get(zone_name)
    return found or zone_name.split("/")[-1].replace("_", " ")
