"""The clock and announced zones. Services never read the clock: entrances ask `now()` once and hand it on.

A deadline is an instant plus the IANA zone in which it was announced. "Until 23:59" means the end of that
minute, there; `end_of` turns a local day or minute into that instant.
"""

import datetime
import zoneinfo

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

now = timezone.now
UTC = datetime.UTC


def by_database():
    """The database's own clock at this very moment: whatever waited for a lock before reads a later time. On SQLite,
    whose transactions follow one another and which has no clock of its own worth asking, the process's."""
    if connection.vendor != "postgresql":
        return now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def known_zone(name):
    """Validator: `name` is an IANA zone the machine knows."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValidationError(_("Unknown time zone. Enter one such as America/Montevideo."), code="zone") from error


def zone(name):
    """The zone itself; UTC where the name is empty or not known any more."""
    try:
        return zoneinfo.ZoneInfo(name) if name else UTC
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def instant(local, zone_name):
    """The instant of a naive local time in a zone. Raises ValidationError for a time that does not exist there
    (clocks going forward) or exists twice (going back): the writer must say another."""
    place = zone(zone_name)
    first, second = local.replace(tzinfo=place, fold=0), local.replace(tzinfo=place, fold=1)
    if first.utcoffset() != second.utcoffset():
        if first.utcoffset() < second.utcoffset():
            raise ValidationError(_("That time does not exist there: clocks go forward that day."), code="gap")
        raise ValidationError(_("That time happens twice there: clocks go back that day."), code="fold")
    return first.astimezone(UTC)


def end_of(local, zone_name):
    """The end of a local minute (datetime) or day (date), exclusive, as an instant."""
    if isinstance(local, datetime.datetime):
        return instant(local, zone_name) + datetime.timedelta(minutes=1)
    midnight = datetime.datetime.combine(local + datetime.timedelta(days=1), datetime.time())
    return midnight.replace(tzinfo=zone(zone_name)).astimezone(UTC)


def today(moment, zone_name):
    """The calendar day of an instant in a zone."""
    return moment.astimezone(zone(zone_name)).date()


class ZoneField(models.CharField):
    """An IANA zone name, such as America/Montevideo."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 64)
        kwargs.setdefault("verbose_name", _("time zone"))
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, known_zone]
