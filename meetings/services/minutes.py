"""The minutes: written part by part without losing a version, circulated, commented on, approved."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import journal
from core.errors import Conflict, Incomplete, NotNow
from core.locks import lock
from core.records import services as records
from core.states import move
from meetings.emails import notify_circulated
from meetings.models import AgendaItem, Meeting, Minutes, MinutesComment, MinutesPart, MinutesRevision
from meetings.queries.minutes import circulation_blockers
from meetings.states import MINUTES_MOVES, RECORDING, Handling, MeetingState, MinutesState
from organizations.models import Organization, Person

MOST_COMMENTS = 200


@transaction.atomic
def write_part(
    meeting: Meeting,
    *,
    item: AgendaItem | None,
    body: str,
    base_number: int,
    restores: int | None = None,
    actor: User | None,
    now: datetime.datetime,
) -> MinutesRevision:
    """Add a version of the minutes of an item (None: of the meeting in general). Returns the MinutesRevision.

    The same text twice adds nothing. `base_number` is the version on which the writer builds (0: none).
    Raises Conflict, carrying the newer version, where somebody wrote meanwhile, and NotNow before the meeting is
    convened or once the minutes are approved.
    """
    part = _writable_part(meeting, item, now)
    newest = part.revisions.order_by("-number").first()
    body = body.strip()
    if (newest.body if newest else "") == body:
        return newest or MinutesRevision(part=part, number=0, body="", written_at=now)
    if base_number != (newest.number if newest else 0):
        raise Conflict(newest)
    revision = MinutesRevision.objects.create(
        part=part, number=base_number + 1, body=body, restores=restores, author=journal.key(actor), written_at=now
    )
    journal.record(actor, "minutes_written", meeting.code, now, part=part.pk, number=revision.number)
    return revision


@transaction.atomic
def restore_part(
    part: MinutesPart, *, number: int, base_number: int, actor: User | None, now: datetime.datetime
) -> MinutesRevision:
    """Add an earlier version again as the newest one; those in between stay. Returns the MinutesRevision.

    Raises NotNow where there is no such version, and what `write_part` raises.
    """
    earlier = part.revisions.filter(number=number).first()
    if earlier is None:
        raise NotNow(_("There is no such version."))
    return write_part(
        part.minutes.meeting,
        item=part.item,
        body=earlier.body,
        base_number=base_number,
        restores=number,
        actor=actor,
        now=now,
    )


@transaction.atomic
def set_handling(
    meeting: Meeting,
    *,
    item: AgendaItem | None,
    handling: str,
    readers: Iterable[Person],
    actor: User | None,
    now: datetime.datetime,
) -> MinutesPart:
    """Set who can read a part; `readers` count where it is restricted. Returns the MinutesPart."""
    part = _writable_part(meeting, item, now)
    part.handling = Handling(handling)
    part.save(update_fields=["handling"])
    part.readers.set(readers if part.handling == Handling.RESTRICTED else ())
    journal.record(actor, "minutes_handling_set", meeting.code, now, part=part.pk, handling=part.handling)
    return part


@transaction.atomic
def circulate_minutes(
    meeting: Meeting, *, comments_until: datetime.datetime, actor: User | None, now: datetime.datetime
) -> Minutes:
    """Let the organisations read the minutes, and comment until an instant; once more gives more time.

    Writes to everybody who speaks for a member organisation. Returns the Minutes.
    Raises Incomplete where nothing is written or a part under the Chatham House rule names somebody, NotNow before the
    meeting is held and once they are approved.
    """
    minutes = _lock_minutes(meeting)
    if minutes.meeting.state not in (MeetingState.HELD, MeetingState.PUBLISHED):
        raise NotNow(_("Minutes can be circulated once the meeting has been held."))
    if minutes.state == MinutesState.APPROVED:
        raise NotNow(_("The minutes are approved."))
    if comments_until <= now:
        raise Incomplete({"comments_until": _("This moment has already passed.")})
    if blockers := circulation_blockers(minutes):
        raise Incomplete({"comments_until": blockers})
    if minutes.state == MinutesState.DRAFT:
        move(minutes, MinutesState.CIRCULATED, MINUTES_MOVES)
    minutes.circulated_at, minutes.comments_until = now, comments_until
    minutes.save(update_fields=["state", "circulated_at", "comments_until"])
    count = notify_circulated(minutes, now)
    facts = {"until": comments_until.isoformat(), "told": count}
    journal.record(actor, "minutes_circulated", meeting.code, now, **facts)
    return minutes


@transaction.atomic
def add_comment(
    part: MinutesPart, *, organization: Organization, text: str, actor: User | None, now: datetime.datetime
) -> MinutesComment:
    """Comment on a part for an organisation. Returns the MinutesComment.

    Raises NotNow unless the minutes are circulated and there is time left, Incomplete for an empty comment.
    """
    minutes = _lock_minutes(part.minutes.meeting)
    if not minutes.accepts_comments(now):
        raise NotNow(_("Minutes can be commented on while they are circulated, until the day given."))
    if not text.strip():
        raise Incomplete({"words": _("Write the comment.")})
    if part.comments.count() >= MOST_COMMENTS:
        raise NotNow(_("There are too many comments here. Write to the coordination team."))
    comment = MinutesComment.objects.create(
        part=part, organization=organization, words=text.strip(), author=journal.key(actor), commented_at=now
    )
    journal.record(actor, "minutes_commented", minutes.meeting.code, now, part=part.pk)
    return comment


@transaction.atomic
def answer_comment(
    comment: MinutesComment, *, taken_up: bool, answer: str, actor: User | None, now: datetime.datetime
) -> MinutesComment:
    """Record whether a comment was taken up. Returns the MinutesComment.

    Raises Incomplete where it was not and no reason is given, NotNow unless the minutes are circulated.
    """
    minutes = _lock_minutes(comment.part.minutes.meeting)
    if minutes.state != MinutesState.CIRCULATED:
        raise NotNow(_("All comments must be answered before the minutes are approved."))
    if not taken_up and not answer.strip():
        raise Incomplete({"answer": _("Say why it is not accepted.")})
    comment.taken_up, comment.answer, comment.answered_at = taken_up, answer.strip(), now
    comment.save(update_fields=["taken_up", "answer", "answered_at"])
    journal.record(actor, "minutes_comment_answered", minutes.meeting.code, now, taken_up=taken_up)
    return comment


@transaction.atomic
def approve_minutes(meeting: Meeting, *, actor: User | None, now: datetime.datetime) -> Minutes:
    """Approve circulated minutes. Returns the Minutes.

    Raises NotNow before the time for comments is over, and while one of them has no answer.
    """
    minutes = _lock_minutes(meeting)
    if minutes.accepts_comments(now):
        raise NotNow(_("The organisations can still comment. Approve them once that time is over."))
    if MinutesComment.objects.filter(part__minutes=minutes, taken_up=None).exists():
        raise NotNow(_("Answer every comment first."))
    move(minutes, MinutesState.APPROVED, MINUTES_MOVES)
    minutes.approved_at = now
    minutes.save(update_fields=["state", "approved_at"])
    journal.record(actor, "minutes_approved", meeting.code, now)
    return minutes


@transaction.atomic
def reopen_minutes(meeting: Meeting, *, reason: str, actor: User | None, now: datetime.datetime) -> Minutes:
    """Turn circulated or approved minutes into a draft again, with all their versions. Returns the Minutes.

    Records the reason in the journal. Raises Incomplete without one, NotNow for a draft.
    """
    minutes = _lock_minutes(meeting)
    if not reason.strip():
        raise Incomplete({"reason": _("Say why they are being reopened.")})
    move(minutes, MinutesState.DRAFT, MINUTES_MOVES)
    minutes.approved_at = None
    minutes.save(update_fields=["state", "approved_at"])
    journal.record(actor, "minutes_reopened", meeting.code, now, reason=reason.strip()[:300])
    return minutes


def _lock_minutes(meeting: Meeting) -> Minutes:
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is None:
        raise NotNow(_("Nothing is written yet."))
    return lock(minutes, "meeting")


def _writable_part(meeting: Meeting, item: AgendaItem | None, now: datetime.datetime) -> MinutesPart:
    """The part of an item, created where there is none yet, with its meeting locked."""
    meeting = lock(meeting)
    if meeting.state not in RECORDING | {MeetingState.PUBLISHED}:
        raise NotNow(_("Minutes can be written once the meeting is convened."))
    minutes = Minutes.objects.get_or_create(meeting=meeting, defaults={"begun_at": now})[0]
    if minutes.state == MinutesState.APPROVED:
        raise NotNow(_("The minutes are approved: to change them, reopen them with a reason."))
    if item is not None and not meeting.agenda.filter(pk=item.pk).exists():
        raise NotNow(_("This item is no longer on the agenda."))
    part, created = MinutesPart.objects.get_or_create(minutes=minutes, item=item)
    if created:
        records.touch(meeting.code)
    return part
