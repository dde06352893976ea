"""Dates as sources give them: some say the day, some the month, some only the year."""

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext


class Precision(models.TextChoices):
    DAY = "day", gettext_lazy("day")
    MONTH = "month", gettext_lazy("month")
    YEAR = "year", gettext_lazy("year")


FORMATS = {Precision.DAY: "DATE_FORMAT", Precision.MONTH: "YEAR_MONTH_FORMAT"}


def day(value, precision=Precision.DAY):
    """One date in the reader's words, no more exact than its source."""
    if value is None:
        return ""
    if precision == Precision.YEAR:
        return str(value.year)
    return date_format(value, FORMATS[precision])


def span(start, end=None, precision=Precision.DAY):
    """`22–23 January 2024`, `30 April – 2 May 2024`, `November 2024`; empty when nothing is known."""
    if start is None or end is None or end == start or precision == Precision.YEAR:
        return day(start, precision)
    if precision == Precision.MONTH:
        return day(start, precision) if _same_month(start, end) else f"{day(start, precision)} – {day(end, precision)}"
    if _same_month(start, end):
        return _("%(from)s–%(to)s") % {"from": _first_day(start), "to": _rest_of_same_month(end)}
    if start.year == end.year:
        return f"{date_format(start, 'MONTH_DAY_FORMAT')} – {day(end)}"
    return f"{day(start)} – {day(end)}"


def _first_day(start):
    return date_format(start, pgettext("first day of a span within a month", "j"))


def _rest_of_same_month(end):
    return date_format(end, pgettext("last day of a span within a month", "j F Y"))


def _same_month(start, end):
    return (start.year, start.month) == (end.year, end.month)
