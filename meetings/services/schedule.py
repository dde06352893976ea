"""When and where a meeting takes place; moving and cancelling it, of which people's calendars must hear."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, journal
from core.errors import Incomplete, NotNow
from core.locks import lock
from core.records import services as records
from core.states import move
from meetings.emails import notify_cancelled, notify_invited
from meetings.models import Meeting
from meetings.queries.fingerprints import WHEN_AND_WHERE
from meetings.queries.schedule import schedule_facts
from meetings.services.arrangements import check_rooms
from meetings.services.conflicts import check_fingerprint
from meetings.states import MEETING_MOVES, MOVABLE, MeetingState, PollState


@dataclass(frozen=True)
class Schedule:
    """Days (`ends_on` is the last) and, where known, both instants, as announced in `zone`. All empty: not yet known."""

    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    starts_at: datetime.datetime | None = None
    ends_at: datetime.datetime | None = None
    zone: str = settings.CASA_ZONE

    def problems(self) -> dict[str, str]:
        """What does not fit together, {field: sentence}."""
        found: dict[str, str] = {}
        if self.starts_on is None:
            if self.ends_on is not None or self.starts_at is not None:
                found["starts_on"] = _("Say on which day it begins.")
            return found
        last_day = self.ends_on or self.starts_on
        if last_day < self.starts_on:
            found["ends_on"] = _("It ends before it begins.")
        elif (last_day - self.starts_on).days > 60:
            found["ends_on"] = _("A meeting can last at most 60 days.")
        if self.starts_at is None or self.ends_at is None:
            if self.starts_at != self.ends_at:
                found["ends_time" if self.ends_at is None else "starts_time"] = _("Enter both times, or neither.")
        else:
            if self.ends_at <= self.starts_at:
                found.setdefault("ends_time", _("It ends before it begins."))
            on_days = (clock.today(self.starts_at, self.zone), clock.today(self.ends_at, self.zone))
            if on_days != (self.starts_on, last_day):
                found.setdefault("starts_time", _("The times are not on those days."))
        return found

    @property
    def last_day(self) -> datetime.date | None:
        return self.ends_on or self.starts_on

    def check(self) -> None:
        """Raise Incomplete where something does not fit together."""
        if found := self.problems():
            raise Incomplete(found)

    def dates(self) -> dict[str, Any]:
        """Its days and instants, by the names of the fields of a meeting and of a poll option."""
        return {
            "starts_on": self.starts_on,
            "ends_on": self.last_day,
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
        }

    def apply_to(self, meeting: Meeting) -> bool:
        """Whether anything changed by setting it on a meeting. The caller saves."""
        values = self.dates() | {"zone": self.zone, "date_precision": "day"}
        changed = any(getattr(meeting, name) != value for name, value in values.items())
        for name, value in values.items():
            setattr(meeting, name, value)
        if self.starts_on is not None:
            meeting.year = self.starts_on.year
        return changed


@transaction.atomic
def move_meeting(
    meeting: Meeting,
    *,
    schedule: Schedule,
    place: str,
    mode: str,
    link: str,
    seen: str | None = None,
    actor: User | None,
    now: datetime.datetime,
) -> bool:
    """Change when and where a meeting takes place; returns whether anything changed.

    Writes to everybody invited to a convened meeting, with a raised SEQUENCE, and clears their answers.
    Withdraws an open poll on its dates once it has days.
    Takes agenda items off days that are no longer the meeting's.
    Raises NotNow once it has begun, Incomplete for dates that do not fit or a room that is taken, and Conflict where
    `seen`, the fingerprint of what the writer saw, is no longer true.
    """
    meeting = lock(meeting)
    check_fingerprint(meeting, WHEN_AND_WHERE, seen)
    if meeting.state not in MOVABLE:
        raise NotNow(_("Only a meeting that has not begun yet can be moved."))
    schedule.check()
    if meeting.state == MeetingState.CONVENED and schedule.starts_on is None:
        raise Incomplete(
            {"starts_on": _("A convened meeting must have its days. If it will not take place, cancel it.")}
        )
    before = schedule_facts(meeting)
    moved = schedule.apply_to(meeting)
    moved |= (meeting.place, meeting.mode, meeting.link) != (place, mode, link)
    if not moved:
        return False
    meeting.place, meeting.mode, meeting.link, meeting.revised_at = place, mode, link, now
    check_rooms(meeting)
    if meeting.state == MeetingState.CONVENED:
        meeting.sequence += 1
    meeting.save()
    if meeting.starts_on is not None:
        _withdraw_open_polls(meeting)
    # An item on a day that is no longer one of the meeting's is left without a day, to be placed again.
    meeting.agenda.exclude(day__in=meeting.days).update(day=None)
    if meeting.state == MeetingState.CONVENED:
        meeting.invitations.update(answer="", answered_at=None)
        notify_invited(meeting, meeting.invitations.order_by("pk"), "moved", now)
    records.touch(meeting.code)
    journal.record(actor, "meeting_moved", meeting.code, now, before=before, **schedule_facts(meeting))
    return True


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: str, actor: User | None, now: datetime.datetime) -> Meeting:
    """Cancel a meeting, with a reason that those invited read.

    Writes to everybody invited; their calendars remove it.
    Withdraws an open poll on its dates.
    Raises Incomplete without a reason, NotNow once it has begun.
    """
    meeting = lock(meeting)
    if not reason.strip():
        raise Incomplete({"reason": _("Say why; those invited will see it.")})
    move(meeting, MeetingState.CANCELLED, MEETING_MOVES)
    meeting.cancelled_because, meeting.revised_at = reason.strip(), now
    meeting.sequence += 1
    meeting.save(update_fields=["state", "cancelled_because", "revised_at", "sequence"])
    _withdraw_open_polls(meeting)
    notify_cancelled(meeting, meeting.invitations.order_by("pk"), now)
    records.touch(meeting.code)
    journal.record(actor, "meeting_cancelled", meeting.code, now, sequence=meeting.sequence)
    return meeting


def _withdraw_open_polls(meeting: Meeting) -> None:
    meeting.polls.filter(state=PollState.OPEN).update(state=PollState.WITHDRAWN)
