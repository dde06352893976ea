"""The rooms of a meeting, its interpretation, and whether organisations may propose agenda items."""

import datetime
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, journal
from core.errors import Incomplete, NotNow
from core.locks import lock
from core.records import services as records
from meetings.emails import notify_invited
from meetings.models import Meeting, MeetingRoom
from meetings.queries.fingerprints import ARRANGEMENTS
from meetings.services.conflicts import check_fingerprint
from meetings.states import MOVABLE, MeetingState

#: States in which a meeting occupies its rooms.
TAKES_PLACE = (MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.IN_SESSION)


@transaction.atomic
def arrange_meeting(
    meeting: Meeting,
    *,
    room: str,
    interpretation: Collection[str],
    proposal_minutes: int,
    additional_rooms: Iterable[str] = (),
    version: str | None = None,
    actor: User | None,
    now: datetime.datetime,
) -> Meeting:
    """Set the room and additional rooms of a meeting by their names, the languages into which it is interpreted, and
    how many minutes each organisation may propose.

    Adds rooms that are not known yet.
    Writes to everybody invited to a convened meeting where the room changed, with a raised SEQUENCE.
    Takes agenda items out of rooms that are no longer the meeting's.
    Raises NotNow once it has begun, Incomplete, naming the other meeting, where a room is taken, and Conflict where
    `version`, the fingerprint of what the writer saw, is no longer true.
    """
    meeting = lock(meeting)
    check_fingerprint(meeting, ARRANGEMENTS, version)
    if meeting.state not in MOVABLE:
        raise NotNow(_("The room, interpretation and proposals can be set only before the meeting begins."))
    before = meeting.room_id
    name = " ".join(room.split())
    meeting.room = _room_named(name) if name else None
    additional = [_room_named(" ".join(name.split())) for name in additional_rooms if name.strip()]
    check_rooms(meeting, additional)
    meeting.interpretation = [code for code in settings.CONTENT_LANGUAGES if code in interpretation]
    meeting.proposal_minutes = proposal_minutes
    has_moved = meeting.room_id != before
    if has_moved:
        meeting.revised_at = now
        if meeting.state == MeetingState.CONVENED:
            meeting.sequence += 1
    meeting.save()
    meeting.additional_rooms.set(additional)
    meeting.agenda.exclude(room__in=[meeting.room_id, *additional]).update(room=None)
    if has_moved and meeting.state == MeetingState.CONVENED:
        notify_invited(meeting, meeting.invitations.order_by("pk"), "moved", now)
    records.touch(meeting.code)
    journal.record(
        actor,
        "meeting_arranged",
        meeting.code,
        now,
        room=meeting.room_id,
        sequence=meeting.sequence,
        beside=[room.pk for room in additional],
        interpretation=meeting.interpretation,
        proposal_minutes=proposal_minutes,
    )
    return meeting


def _room_named(name: str) -> MeetingRoom:
    """The room of a name, in upper or lower case; added where there is none."""
    found = MeetingRoom.objects.filter(name__iexact=name).first()
    return found or MeetingRoom.objects.get_or_create(name=name)[0]


def check_rooms(meeting: Meeting, additional: list[MeetingRoom] | None = None) -> None:
    """Check, in the caller's transaction, that the meeting's rooms are free at its time, and lock them until its end.

    `additional` are its additional rooms, None: those it has. Raises Incomplete where another meeting has one of them.
    """
    additional = list(meeting.additional_rooms.all()) if additional is None else additional
    field_of = {room.pk: "additional_rooms" for room in additional}
    if meeting.room_id:
        field_of[meeting.room_id] = "room"
    if not field_of or meeting.starts_on is None:
        return
    # Several rows in one order, so that two meetings that book the same two rooms never wait for each other.
    rooms = list(MeetingRoom.objects.select_for_update().filter(pk__in=field_of).order_by("pk"))
    occupied = _occupied(meeting, meeting.starts_on)
    missing: dict[str, str] = {}
    for room in rooms:
        has_room = Q(room=room) | Q(additional_rooms=room)
        others = Meeting.objects.filter(has_room, state__in=TAKES_PLACE).exclude(pk=meeting.pk).distinct()
        for other in others:
            if other.starts_on is not None and occupied.overlaps(_occupied(other, other.starts_on)):
                values = {"room": room.name, "code": other.code}
                missing.setdefault(field_of[room.pk], _("%(room)s is taken at that time by %(code)s.") % values)
    if missing:
        raise Incomplete(missing)


class _Span(NamedTuple):
    begins: datetime.datetime
    ends: datetime.datetime

    def overlaps(self, other: "_Span") -> bool:
        return self.begins < other.ends and other.begins < self.ends


def _occupied(meeting: Meeting, first_day: datetime.date) -> _Span:
    """From when until when a meeting occupies its rooms: its hours, else its whole days there."""
    if meeting.starts_at is not None and meeting.ends_at is not None:
        return _Span(meeting.starts_at, meeting.ends_at)
    midnight = datetime.datetime.combine(first_day, datetime.time())
    return _Span(
        midnight.replace(tzinfo=clock.zone(meeting.zone)).astimezone(clock.UTC),
        clock.end_of(meeting.ends_on or first_day, meeting.zone),
    )
