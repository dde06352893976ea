"""What is due in the spaces: until when something may be sent to an edition."""

import datetime

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.deadlines import Due, ReminderKind
from organizations.models import Organization
from organizations.standing.addressees import who_speaks_for
from spaces.models import EditionDeadline
from spaces.states import EditionState


def deadlines(since: datetime.datetime, until: datetime.datetime) -> list[Due]:
    """Each deadline that closes in [since, until), for those who speak for the member organisations. Two queries."""
    first, last = clock.today(since, settings.CASA_ZONE), clock.today(until, settings.CASA_ZONE)
    found = EditionDeadline.objects.filter(
        Q(closes_at__gte=since, closes_at__lt=until) | Q(closes_at=None, day__gte=first, day__lte=last)
    ).exclude(edition__state=EditionState.CANCELLED)
    lines = [line for line in found.select_related("edition") if since <= _closes_at(line) < until]
    speakers = who_speaks_for(Organization.objects.members_on(first), first)
    recipients = tuple({person.address: person for group in speakers.values() for person in group}.values())
    return [
        Due(
            EDITION_DEADLINE.name,
            line.edition.code,
            _closes_at(line),
            line.zone or settings.CASA_ZONE,
            recipients,
            part=str(line.pk),
            about={"deadline": line, "edition": line.edition},
        )
        for line in sorted(lines, key=lambda line: (_closes_at(line), line.pk))
    ]


def _closes_at(line: EditionDeadline) -> datetime.datetime:
    """Its instant or, where only a day was announced, the end of that day in Casa's zone."""
    return line.closes_at or clock.end_of(line.day, settings.CASA_ZONE)


EDITION_DEADLINE = ReminderKind(
    name="edition_deadline",
    label=_("Deadlines of governance spaces"),
    template="mail/reminders/edition_deadline",
    days_before=(14, 3),
    ahead=deadlines,
)
