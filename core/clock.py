"""The clock and announced zones. Services never read the clock: views and tasks ask `now()` once and pass it on.

A deadline is an instant plus the IANA zone in which it was announced. "Until 23:59" means the end of that
minute, there; `end_of` turns a local day or minute into that instant.
"""

import datetime
import zoneinfo
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

now = timezone.now
UTC = datetime.UTC


def by_database() -> datetime.datetime:
    """The time of the database's own clock: a transaction that waited for a lock reads a later one than that before it.

    On SQLite, whose transactions follow one another and which has no clock of its own, that of the process.
    """
    if connection.vendor != "postgresql":
        return now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def known_zone(name: str) -> None:
    """Validator: `name` is an IANA zone the machine knows."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValidationError(_("Unknown time zone. Enter one such as America/Montevideo."), code="zone") from error


def zone(name: str) -> datetime.tzinfo:
    """The zone of this name; UTC where the name is empty or not known any more."""
    try:
        return zoneinfo.ZoneInfo(name) if name else UTC
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def instant(local: datetime.datetime, zone_name: str) -> datetime.datetime:
    """The instant of a naive local time in a zone.

    Raises ValidationError for a time that does not exist there (clocks going forward) or exists twice (going back).
    """
    place = zone(zone_name)
    first, second = local.replace(tzinfo=place, fold=0), local.replace(tzinfo=place, fold=1)
    before, after = first.utcoffset() or datetime.timedelta(), second.utcoffset() or datetime.timedelta()
    if before != after:
        if before < after:
            raise ValidationError(_("That time does not exist there: clocks go forward that day."), code="gap")
        raise ValidationError(_("That time happens twice there: clocks go back that day."), code="fold")
    return first.astimezone(UTC)


def end_of(local: datetime.date, zone_name: str) -> datetime.datetime:
    """The end of a local minute (datetime) or day (date), exclusive, as an instant."""
    if isinstance(local, datetime.datetime):
        return instant(local, zone_name) + datetime.timedelta(minutes=1)
    midnight = datetime.datetime.combine(local + datetime.timedelta(days=1), datetime.time())
    return midnight.replace(tzinfo=zone(zone_name)).astimezone(UTC)


def today(moment: datetime.datetime, zone_name: str) -> datetime.date:
    """The calendar day of an instant in a zone."""
    return moment.astimezone(zone(zone_name)).date()


class ZoneField(models.CharField):
    """An IANA zone name, such as America/Montevideo."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 64)
        kwargs.setdefault("verbose_name", _("time zone"))
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, known_zone]
