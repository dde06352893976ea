"""Attendance, by organisation."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import journal
from core.errors import NotNow
from core.locks import lock
from core.records import services as records
from meetings.models import Attendance, Meeting
from meetings.states import RECORDING, Presence
from organizations.models import Organization, Person


@dataclass(frozen=True)
class OrganizationAttendance:
    """How an organisation took part, None: not at all; and its people where they are named."""

    presence: Presence | None
    people: list[Person] = field(default_factory=list)


@transaction.atomic
def record_attendance(
    meeting: Meeting,
    *,
    attendance: Mapping[Organization, OrganizationAttendance],
    actor: User | None,
    now: datetime.datetime,
) -> list[Attendance]:
    """Record the attendance of organisations, in place of what was recorded for them. Returns the new rows.

    Raises NotNow before the meeting is convened and once its outcome is published.
    """
    meeting = lock(meeting)
    if meeting.state not in RECORDING:
        raise NotNow(_("Attendance can be recorded from the convening until publication."))
    meeting.attendances.filter(organization__in=list(attendance)).delete()
    rows, facts = [], {}
    for organization, recorded in attendance.items():
        if recorded.presence is None:
            continue
        facts[organization.acronym] = recorded.presence
        for person in [None, *recorded.people]:
            rows.append(
                Attendance(meeting=meeting, organization=organization, person=person, presence=recorded.presence)
            )
    Attendance.objects.bulk_create(rows)
    records.touch(meeting.code)
    journal.record(actor, "attendance_recorded", meeting.code, now, organizations=facts)
    return rows
