"""The minutes: written part by part without losing a word, circulated, commented on, approved."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import journal
from core.errors import Conflict, Incomplete, NotNow
from core.records import services as records
from core.states import move
from meetings.documents.minutes import named_in
from meetings.emails import tell_minutes
from meetings.models import Minutes, MinutesComment, MinutesPart, MinutesRevision
from meetings.services.common import locked
from meetings.states import MINUTES_MOVES, RECORDING, Handling, MeetingState, MinutesState

MOST_COMMENTS = 200


def part_of(meeting, item):
    """The MinutesPart of a point (`item` None: of the meeting in general), or None where nothing is written yet."""
    return MinutesPart.objects.filter(minutes__meeting=meeting, item=item).select_related("minutes").first()


@transaction.atomic
def write_part(meeting, item, body, *, base_number, actor, now, restores=None):
    """Add a version of what is written under a point. `base_number` is the version the writer had before their eyes.

    Returns the MinutesRevision; the same words twice add nothing. Raises Conflict, carrying the newer version, where
    somebody wrote meanwhile, and NotNow before the meeting is convened or once the minutes are approved.
    """
    part = _writable(meeting, item, now)
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
def restore_part(part, number, *, base_number, actor, now):
    """Bring back an earlier version as the newest one; what stood in between stays. Returns the MinutesRevision."""
    earlier = part.revisions.filter(number=number).first()
    if earlier is None:
        raise NotNow(_("There is no such version."))
    return write_part(
        part.minutes.meeting, part.item, earlier.body, base_number=base_number, actor=actor, now=now, restores=number
    )


@transaction.atomic
def set_handling(meeting, item, handling, readers, *, actor, now):
    """Say how a part is read. A restricted one names at least one reader, or stays with the coordination team alone."""
    part = _writable(meeting, item, now)
    part.handling = Handling(handling)
    part.save(update_fields=["handling"])
    part.readers.set(readers if part.handling == Handling.RESTRICTED else ())
    journal.record(actor, "minutes_handling_set", meeting.code, now, part=part.pk, handling=part.handling)
    return part


@transaction.atomic
def circulate(meeting, comments_until, *, actor, now):
    """Let the organisations read and comment until an instant; they are written to. Circulating again gives more time.

    Raises Incomplete where nothing is written, or where a part under the Chatham House rule names somebody.
    """
    minutes = _locked_minutes(meeting)
    if minutes.meeting.state not in (MeetingState.HELD, MeetingState.PUBLISHED):
        raise NotNow(_("Minutes can be circulated once the meeting has been held."))
    if minutes.state == MinutesState.APPROVED:
        raise NotNow(_("The minutes are approved."))
    if comments_until <= now:
        raise Incomplete({"comments_until": _("This moment has already passed.")})
    if missing := what_stops(minutes):
        raise Incomplete({"comments_until": list(missing)})
    if minutes.state == MinutesState.DRAFT:
        move(minutes, MinutesState.CIRCULATED, MINUTES_MOVES)
    minutes.circulated_at, minutes.comments_until = now, comments_until
    minutes.save(update_fields=["state", "circulated_at", "comments_until"])
    told = tell_minutes(minutes, now)
    journal.record(actor, "minutes_circulated", meeting.code, now, until=comments_until.isoformat(), told=told)
    return minutes


def what_stops(minutes):
    """[sentence] of what has to be put right before the minutes are read by others."""
    found, written = [], False
    for part in minutes.parts.in_order().select_related("item", "minutes__meeting"):
        newest = part.revisions.order_by("-number").first()
        written |= bool(newest and newest.body)
        if newest and part.names_nobody and (names := named_in(minutes.meeting, newest.body)):
            title = part.item.title if part.item else _("General")
            words = {"part": title, "names": ", ".join(names)}
            found.append(_("“%(part)s” is under the Chatham House rule and names %(names)s.") % words)
    return found if written else [_("Nothing is written yet.")]


@transaction.atomic
def comment(part, organization, words, *, actor, now):
    """An organisation says something about a part while the minutes are circulated. Returns the MinutesComment."""
    minutes = _locked_minutes(part.minutes.meeting)
    if not minutes.accepts_comments(now):
        raise NotNow(_("Minutes can be commented on while they are circulated, until the day given."))
    if not words.strip():
        raise Incomplete({"words": _("Write the comment.")})
    if part.comments.count() >= MOST_COMMENTS:
        raise NotNow(_("There are too many comments here. Write to the coordination team."))
    made = MinutesComment.objects.create(
        part=part, organization=organization, words=words.strip(), author=journal.key(actor), said_at=now
    )
    journal.record(actor, "minutes_commented", minutes.meeting.code, now, part=part.pk)
    return made


@transaction.atomic
def answer_comment(comment, taken_up, answer, *, actor, now):
    """Say what became of a comment; one that is not taken up is told why."""
    minutes = _locked_minutes(comment.part.minutes.meeting)
    if minutes.state != MinutesState.CIRCULATED:
        raise NotNow(_("All comments must be answered before the minutes are approved."))
    if not taken_up and not answer.strip():
        raise Incomplete({"answer": _("Say why it is not accepted.")})
    comment.taken_up, comment.answer, comment.answered_at = taken_up, answer.strip(), now
    comment.save(update_fields=["taken_up", "answer", "answered_at"])
    journal.record(actor, "minutes_comment_answered", minutes.meeting.code, now, taken_up=taken_up)
    return comment


@transaction.atomic
def approve(meeting, *, actor, now):
    """They stand. Raises NotNow before the time for comments is over, or while one of them waits for an answer."""
    minutes = _locked_minutes(meeting)
    if minutes.state == MinutesState.CIRCULATED and now < minutes.comments_until:
        raise NotNow(_("The organisations can still comment. Approve them once that time is over."))
    if MinutesComment.objects.filter(part__minutes=minutes, taken_up=None).exists():
        raise NotNow(_("Answer every comment first."))
    move(minutes, MinutesState.APPROVED, MINUTES_MOVES)
    minutes.approved_at = now
    minutes.save(update_fields=["state", "approved_at"])
    journal.record(actor, "minutes_approved", meeting.code, now)
    return minutes


@transaction.atomic
def reopen(meeting, reason, *, actor, now):
    """Take them back to a draft, with a reason that is kept; every version stays, and they are circulated again."""
    minutes = _locked_minutes(meeting)
    if not reason.strip():
        raise Incomplete({"reason": _("Say why they are being reopened.")})
    move(minutes, MinutesState.DRAFT, MINUTES_MOVES)
    minutes.approved_at = None
    minutes.save(update_fields=["state", "approved_at"])
    journal.record(actor, "minutes_reopened", meeting.code, now, reason=reason.strip()[:300])
    return minutes


def _locked_minutes(meeting):
    minutes = Minutes.objects.select_for_update().select_related("meeting").filter(meeting=meeting).first()
    if minutes is None:
        raise NotNow(_("Nothing is written yet."))
    return minutes


def _writable(meeting, item, now):
    """The part of a point, made where it is not there yet, held until the transaction ends."""
    meeting = locked(meeting)
    if meeting.state not in RECORDING | {MeetingState.PUBLISHED}:
        raise NotNow(_("Minutes can be written once the meeting is convened."))
    minutes, _made = Minutes.objects.get_or_create(meeting=meeting, defaults={"begun_at": now})
    if minutes.state == MinutesState.APPROVED:
        raise NotNow(_("The minutes are approved: to change them, reopen them with a reason."))
    if item is not None and not meeting.agenda.filter(pk=item.pk).exists():
        raise NotNow(_("This item is no longer on the agenda."))
    part, made = MinutesPart.objects.get_or_create(minutes=minutes, item=item)
    if made:
        records.touch(meeting.code)
    return part
