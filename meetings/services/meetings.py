"""Creating a meeting, correcting its words, holding it."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import Incomplete, NotNow
from core.records import services as records
from core.states import move
from meetings.models import Meeting
from meetings.services.common import hold_back_or_release, locked, needs_words, same_as_seen, when_facts, write_words
from meetings.services.room import empty_room
from meetings.states import MEETING_MOVES, MeetingState


@transaction.atomic
def create_meeting(*, titles, language, kind, when, place, mode, link, visibility, actor, now, is_demo=False):
    """Plan a meeting; nobody but the coordination team sees it until it is convened. Returns the Meeting.

    `titles` is {language: title}. Raises Incomplete, all at once, for a missing title or days that do not fit.
    """
    _check(titles, language, when)
    year = when.starts_on.year if when.starts_on else clock.today(now, settings.CASA_ZONE).year
    meeting = Meeting(
        kind=kind, year=year, place=place, mode=mode, link=link, visibility=visibility, revised_at=now, is_demo=is_demo
    )
    write_words(meeting, language, title=titles)
    when.put_on(meeting)
    records.create("MEE", year, meeting)
    journal.record(actor, "meeting_planned", meeting.code, now, kind=kind, visibility=visibility, **when_facts(meeting))
    return meeting


@transaction.atomic
def edit_meeting(meeting, *, titles, language, kind, visibility, actor, now, base_version=None):
    """Correct title, kind and audience. Once the outcome is published the title stands: write a correction instead."""
    meeting = locked(meeting)
    same_as_seen(meeting, base_version)
    if meeting.state in (MeetingState.PUBLISHED, MeetingState.CANCELLED):
        raise NotNow(_("This meeting is closed; its title and kind can no longer change."))
    _check(titles, language)
    write_words(meeting, language, title=titles)
    meeting.kind, meeting.visibility, meeting.revised_at = kind, visibility, now
    meeting.save()
    records.touch(meeting.code)
    journal.record(actor, "meeting_edited", meeting.code, now, kind=kind, visibility=visibility)
    return meeting


@transaction.atomic
def set_visibility(meeting, visibility, actor, now):
    """Widen or narrow who may see a meeting, in any state: what went out by mistake can be taken in again."""
    meeting = locked(meeting)
    meeting.visibility, meeting.revised_at = visibility, now
    meeting.save(update_fields=["visibility", "revised_at"])
    hold_back_or_release(meeting)
    records.touch(meeting.code)
    journal.record(actor, "meeting_visibility_set", meeting.code, now, visibility=visibility)
    return meeting


@transaction.atomic
def begin_session(meeting, actor, now):
    """The organisations are in the room. Raises NotNow before its first day there."""
    meeting = locked(meeting)
    if meeting.starts_on is not None and meeting.starts_on > clock.today(now, meeting.zone):
        raise NotNow(_("It has not begun yet."))
    return _to(meeting, MeetingState.IN_SESSION, "meeting_begun", actor, now)


@transaction.atomic
def mark_held(meeting, actor, now):
    """The meeting is over. Raises NotNow before its first day there."""
    meeting = locked(meeting)
    if meeting.starts_on is None:
        raise NotNow(_("First set the days on which it was held."))
    if meeting.starts_on > clock.today(now, meeting.zone):
        raise NotNow(_("It has not begun yet."))
    empty_room(meeting, now)
    return _to(meeting, MeetingState.HELD, "meeting_held", actor, now)


def _to(meeting, state, verb, actor, now):
    meeting = locked(meeting)
    move(meeting, state, MEETING_MOVES)
    meeting.save(update_fields=["state"])
    records.touch(meeting.code)
    journal.record(actor, verb, meeting.code, now)
    return meeting


def _check(titles, language, when=None):
    missing = needs_words(language, "title", titles, _("Give it a title in its official language."))
    missing |= when.problems() if when else {}
    if missing:
        raise Incomplete(missing)
