"""Dates as sources give them: some say the day, some the month, some only the year."""

import datetime
from functools import lru_cache

from babel import Locale
from django.conf import settings
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from core import clock


class Precision(models.TextChoices):
    DAY = "day", gettext_lazy("day")
    MONTH = "month", gettext_lazy("month")
    YEAR = "year", gettext_lazy("year")


FORMATS = {Precision.DAY: "DATE_FORMAT", Precision.MONTH: "YEAR_MONTH_FORMAT"}


def day(value: datetime.date | None, precision: str = Precision.DAY) -> str:
    """One date in the reader's words, no more exact than its source; of an instant, its day at Casa."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        value = clock.today(value, settings.CASA_ZONE)
    if precision == Precision.YEAR:
        return str(value.year)
    return written(value, FORMATS[Precision(precision)])


def written(value: datetime.date, form: str) -> str:
    """A date by one of Django's formats; Portuguese months and weekdays in lower case, as Brazil writes them."""
    words = date_format(value, form)
    return words.lower() if (get_language() or "").startswith("pt") else words


def span(start: datetime.date | None, end: datetime.date | None = None, precision: str = Precision.DAY) -> str:
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


def since(value: datetime.date | None, precision: str = Precision.DAY) -> str:
    """`since 29 August 2024`, `since 2024`: Spanish has an article before a day and none before a month or a year."""
    if precision == Precision.DAY:
        return pgettext("a day", "since %(since)s") % {"since": day(value)}
    return _("since %(since)s") % {"since": day(value, precision)}


def _same_month(start: datetime.date, end: datetime.date) -> bool:
    return (start.year, start.month) == (end.year, end.month)


@lru_cache(maxsize=8)
def _cities(language: str) -> dict[str, str]:
    """{zone: name of its city} of the Unicode locale data, where it differs from the zone's own."""
    places = Locale.parse(language, sep="-").time_zones
    return {zone: words["city"] for zone, words in places.items() if "city" in words}


def city(zone_name: str) -> str:
    """How people call the place of a zone, in the reader's language: Bogotá, São Paulo, Montevidéu."""
    found = _cities(get_language() or "es").get(zone_name)
    return found or zone_name.split("/")[-1].replace("_", " ")


def instant_words(moment: datetime.datetime, zone_name: str, weekday: bool = True) -> str:
    """An instant as it is read in a zone: `jueves 22 de enero de 2026, 18:00, Montevideo (UTC−3)`."""
    local = moment.astimezone(clock.zone(zone_name))
    place = city(zone_name or "UTC")
    date = written(local, "DATE_FORMAT")
    if weekday:
        date = _("%(weekday)s %(day)s") % {"weekday": written(local, "l"), "day": date}
    where = "UTC" if place == "UTC" else f"{place} ({_offset(local)})"
    return f"{date}, {local:%H:%M}, {where}"


def _offset(local: datetime.datetime) -> str:
    """`UTC−3`, `UTC+5:30`, `UTC`: how far a zone's time is from UTC at that moment."""
    minutes = int((local.utcoffset() or datetime.timedelta()).total_seconds() // 60)
    if not minutes:
        return "UTC"
    sign, minutes = ("+" if minutes > 0 else "−"), abs(minutes)
    return f"UTC{sign}{minutes // 60}" + (f":{minutes % 60:02d}" if minutes % 60 else "")
