"""Planning a meeting, editing its title and audience, beginning and ending it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, journal
from core.errors import Incomplete, NotNow
from core.locks import lock
from core.records import services as records
from core.states import move
from meetings.models import Meeting
from meetings.models.translations import set_translations
from meetings.queries.schedule import schedule_facts
from meetings.queries.translations import missing_official_text
from meetings.services.actions import update_held_back_actions
from meetings.services.conflicts import check_version
from meetings.services.room import empty_room
from meetings.services.schedule import Schedule
from meetings.states import MEETING_MOVES, MeetingState


@dataclass(frozen=True)
class MeetingPlan:
    """A meeting as it is planned; `titles` is {language: title}."""

    titles: Mapping[str, str]
    language: str
    kind: str
    visibility: str
    schedule: Schedule = field(default_factory=Schedule)
    place: str = ""
    mode: str = ""
    link: str = ""


@transaction.atomic
def create_meeting(plan: MeetingPlan, *, is_demo: bool = False, actor: User | None, now: datetime.datetime) -> Meeting:
    """Plan a meeting; only the coordination team sees it until it is convened. Returns the Meeting.

    Raises Incomplete for a missing title or days that do not fit, all at once.
    """
    schedule = plan.schedule
    if missing := _missing_title(plan.titles, plan.language) | schedule.problems():
        raise Incomplete(missing)
    year = schedule.starts_on.year if schedule.starts_on else clock.today(now, settings.CASA_ZONE).year
    meeting = Meeting(
        kind=plan.kind,
        year=year,
        place=plan.place,
        mode=plan.mode,
        link=plan.link,
        visibility=plan.visibility,
        revised_at=now,
        is_demo=is_demo,
    )
    set_translations(meeting, plan.language, title=plan.titles)
    schedule.apply_to(meeting)
    records.create("MEE", year, meeting)
    facts = {"kind": plan.kind, "visibility": plan.visibility} | schedule_facts(meeting)
    journal.record(actor, "meeting_planned", meeting.code, now, **facts)
    return meeting


@transaction.atomic
def edit_meeting(
    meeting: Meeting,
    *,
    titles: Mapping[str, str],
    language: str,
    kind: str,
    visibility: str,
    base_version: int | None = None,
    actor: User | None,
    now: datetime.datetime,
) -> Meeting:
    """Change the title, kind and audience of a meeting. Returns the Meeting.

    Raises NotNow once its outcome is published or it is cancelled, Conflict where it changed since `base_version`,
    Incomplete without a title in the official language.
    """
    meeting = lock(meeting)
    check_version(meeting, base_version)
    if meeting.state in (MeetingState.PUBLISHED, MeetingState.CANCELLED):
        raise NotNow(_("This meeting is closed; its title and kind can no longer change."))
    if missing := _missing_title(titles, language):
        raise Incomplete(missing)
    set_translations(meeting, language, title=titles)
    meeting.kind, meeting.visibility, meeting.revised_at = kind, visibility, now
    meeting.save()
    records.touch(meeting.code)
    journal.record(actor, "meeting_edited", meeting.code, now, kind=kind, visibility=visibility)
    return meeting


@transaction.atomic
def set_visibility(meeting: Meeting, *, visibility: str, actor: User | None, now: datetime.datetime) -> Meeting:
    """Widen or narrow who can see a meeting, in any state: what was shown by mistake can be hidden again.

    The actions that come from it follow. Returns the Meeting.
    """
    meeting = lock(meeting)
    meeting.visibility, meeting.revised_at = visibility, now
    meeting.save(update_fields=["visibility", "revised_at"])
    update_held_back_actions(meeting)
    records.touch(meeting.code)
    journal.record(actor, "meeting_visibility_set", meeting.code, now, visibility=visibility)
    return meeting


@transaction.atomic
def begin_session(meeting: Meeting, *, actor: User | None, now: datetime.datetime) -> Meeting:
    """Put a convened meeting in session. Returns the Meeting. Raises NotNow before its first day there."""
    meeting = lock(meeting)
    if meeting.starts_on is not None and meeting.starts_on > clock.today(now, meeting.zone):
        raise NotNow(_("It has not begun yet."))
    return _move(meeting, MeetingState.IN_SESSION, "meeting_begun", actor, now)


@transaction.atomic
def mark_held(meeting: Meeting, *, actor: User | None, now: datetime.datetime) -> Meeting:
    """Mark a meeting as held. Returns the Meeting.

    Closes an open question in the room and ends every presence.
    Raises NotNow before its first day there, and where its days are not known.
    """
    meeting = lock(meeting)
    if meeting.starts_on is None:
        raise NotNow(_("First set the days on which it was held."))
    if meeting.starts_on > clock.today(now, meeting.zone):
        raise NotNow(_("It has not begun yet."))
    empty_room(meeting, now=now)
    return _move(meeting, MeetingState.HELD, "meeting_held", actor, now)


def _move(meeting: Meeting, state: MeetingState, verb: str, actor: User | None, now: datetime.datetime) -> Meeting:
    move(meeting, state, MEETING_MOVES)
    meeting.save(update_fields=["state"])
    records.touch(meeting.code)
    journal.record(actor, verb, meeting.code, now)
    return meeting


def _missing_title(titles: Mapping[str, str], language: str) -> dict[str, str]:
    return missing_official_text(language, "title", titles, _("Give it a title in its official language."))
