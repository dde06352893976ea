"""Who was there, by organisation."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from core import journal
from core.errors import NotNow
from core.records import services as records
from meetings.models import Attendance
from meetings.services.common import locked
from meetings.states import RECORDING, Presence


@dataclass(frozen=True)
class Was:
    """How an organisation was there: a Presence, or None for not at all; and its people where they are named."""

    presence: Presence | None
    people: list = field(default_factory=list)


@transaction.atomic
def record_attendance(meeting, was, actor, now):
    """Write down attendance, {organisation: Was}, in place of what was written before for those organisations."""
    meeting = locked(meeting)
    if meeting.state not in RECORDING:
        raise NotNow(_("Attendance can be recorded from the convening until publication."))
    meeting.attendances.filter(organization__in=list(was)).delete()
    rows = []
    for organization, answer in was.items():
        if answer.presence is None:
            continue
        for person in [None, *answer.people]:
            rows.append(Attendance(meeting=meeting, organization=organization, person=person, presence=answer.presence))
    Attendance.objects.bulk_create(rows)
    records.touch(meeting.code)
    facts = {
        organization.acronym: answer.presence for organization, answer in was.items() if answer.presence is not None
    }
    journal.record(actor, "attendance_recorded", meeting.code, now, organizations=facts)
    return rows
