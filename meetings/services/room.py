"""Acts in the room: what is treated, who comes and goes, what is asked, how it is answered and decided."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import Incomplete, NotNow, PermissionDenied
from core.records import services as records
from meetings.models import Attendance, Question, QuestionAnswer, Room, Stay
from meetings.services.common import locked
from meetings.services.decisions import record_action, record_decision
from meetings.states import STANDS, HowDecided, MeetingState, Presence, QuestionKind, Stand
from organizations.models import Organization

THERE = (Presence.IN_PERSON, Presence.REMOTE)


@transaction.atomic
def treat(meeting, item, *, actor, now):
    """This point is treated from now on, None: none. Returns the Room."""
    room = _room(meeting)
    if item is not None and item.meeting_id != room.meeting_id:
        raise NotNow(_("This item is no longer on the agenda."))
    if room.item_id != (item.pk if item else None):
        room.item, room.item_since = item, now if item else None
        room.save(update_fields=["item", "item_since"])
        journal.record(actor, "item_treated", meeting.code, now, item=item.pk if item else None)
    return room


@transaction.atomic
def set_quorum(meeting, quorum, *, actor, now):
    """How many organisations must be present for something to be decided."""
    room = _room(meeting)
    if not 1 <= quorum <= 200:
        raise Incomplete({"quorum": _("At least one organisation.")})
    room.quorum = quorum
    room.save(update_fields=["quorum"])
    journal.record(actor, "quorum_set", meeting.code, now, quorum=quorum)
    return room


@transaction.atomic
def arrive(meeting, organization, presence, *, actor, now):
    """An organisation comes in, there or from afar; saying so again changes only how. Attendance follows by itself."""
    meeting = _room(meeting).meeting
    if presence not in THERE:
        raise Incomplete({"presence": _("Say how it is taking part.")})
    stay = meeting.stays.filter(organization=organization, left_at=None).first()
    if stay is not None and stay.presence == presence:
        return stay
    if stay is not None:
        stay.left_at = now
        stay.save(update_fields=["left_at"])
    stay = Stay.objects.create(meeting=meeting, organization=organization, presence=presence, came_at=now)
    _attended(meeting, organization, presence)
    journal.record(actor, "room_entered", meeting.code, now, organization=organization.acronym, presence=presence)
    return stay


@transaction.atomic
def leave(meeting, organization, *, actor, now):
    """An organisation goes out; one that is not there stays out."""
    meeting = _room(meeting).meeting
    if meeting.stays.filter(organization=organization, left_at=None).update(left_at=now):
        journal.record(actor, "room_left", meeting.code, now, organization=organization.acronym)


@transaction.atomic
def ask(meeting, kind, words, *, actor, now):
    """Put something to the organisations present, about the point that is being treated. Returns the Question.

    Raises NotNow while another question is open or too few are present, Incomplete without words.
    """
    room = _room(meeting)
    if not words.strip():
        raise Incomplete({"words": _("Write what is asked.")})
    if Question.objects.filter(meeting=meeting, closed_at=None).exists():
        raise NotNow(_("Another question is open: close it first."))
    if present_now(meeting).count() < room.quorum:
        raise NotNow(_("There is no quorum: nothing can be decided now."))
    question = Question.objects.create(
        meeting=room.meeting, item=room.item, kind=QuestionKind(kind), words=words.strip(), asked_at=now
    )
    journal.record(actor, "question_asked", meeting.code, now, question=question.pk, kind=question.kind)
    return question


@transaction.atomic
def answer_question(question, organization, stand, reason, *, actor, now):
    """How an organisation in the room answers. An objection says why. Returns the QuestionAnswer."""
    _room(question.meeting)
    question = Question.objects.select_for_update().get(pk=question.pk)
    if question.closed_at is not None:
        raise NotNow(_("The question is closed."))
    if stand not in STANDS[QuestionKind(question.kind)]:
        raise Incomplete({"stand": _("Choose an answer.")})
    if not present_now(question.meeting).filter(organization=organization).exists():
        raise PermissionDenied(who_may=_("Organisations recorded as present can do this. Tell the coordination team."))
    if stand == Stand.OBJECT and not reason.strip():
        raise Incomplete({"reason": _("Say why; it is recorded with the decision.")})
    said, _made = QuestionAnswer.objects.update_or_create(
        question=question, organization=organization,
        defaults={"stand": Stand(stand), "reason": reason.strip(), "author": journal.key(actor), "said_at": now},
    )  # fmt: skip
    facts = {"question": question.pk, "organization": organization.acronym, "stand": str(said.stand)}
    journal.record(actor, "question_answered", question.meeting.code, now, **facts)
    return said


@transaction.atomic
def close_question(question, *, actor, now):
    """No more answers. Who was present is kept with it."""
    question = Question.objects.select_for_update().get(pk=question.pk)
    if question.closed_at is not None:
        return question
    question.closed_at, question.present = now, present_now(question.meeting).count()
    question.save(update_fields=["closed_at", "present"])
    journal.record(actor, "question_closed", question.meeting.code, now, question=question.pk, present=question.present)
    return question


def how_it_ended(question):
    """(HowDecided, objections) that the answers suggest: consensus only where nobody objects."""
    rows = list(question.answers.select_related("organization").order_by("said_at", "pk"))
    against = [row for row in rows if row.stand in (Stand.OBJECT, Stand.AGAINST)]
    objections = "\n".join(f"{row.organization.acronym}: {row.reason}".rstrip(": ") for row in against)
    if question.kind == QuestionKind.HANDS:
        return HowDecided.VOTE, objections
    return (HowDecided.NOTED if against else HowDecided.CONSENSUS), objections


@transaction.atomic
def decide_in_room(
    meeting, *, title, how, objections, organization, due_on, question, visibility, actor, now, item=None
):
    """Write down a decision and, where an organisation takes it on, its action. It is about what was asked, else about
    `item`, else about the point that is treated.

    Raises NotNow without quorum, and where consensus is said although an organisation objected. Returns the Decision.
    """
    room = _room(meeting)
    language = room.meeting.source_language
    if question is not None:
        question = close_question(question, actor=actor, now=now)
        if question.decision_id is not None:
            raise NotNow(_("The outcome of this question has already been recorded."))
        if how == HowDecided.CONSENSUS and how_it_ended(question)[0] == HowDecided.NOTED:
            raise Incomplete({"how": _("An organisation objected: that is not consensus.")})
    if how != HowDecided.NOTED and present_now(meeting).count() < room.quorum:
        raise Incomplete({"how": _("There is no quorum: it can only be noted.")})
    decision = record_decision(
        room.meeting, titles={language: title}, texts={}, language=language, how=how, objections=objections, theme=None,
        spaces=(), visibility=visibility, item=(question and question.item) or item or room.item, actor=actor, now=now, is_demo=room.meeting.is_demo,
    )  # fmt: skip
    if question is not None:
        Question.objects.filter(pk=question.pk).update(decision=decision)
    if organization is not None:
        record_action(
            room.meeting, decision=decision, title=title, language=language, organization=organization, person=None,
            due_on=due_on, visibility=visibility, actor=actor, now=now,
        )  # fmt: skip
    return decision


def present_now(meeting):
    """The stays that have not ended."""
    return Stay.objects.filter(meeting=meeting, left_at=None)


def empty_room(meeting, now):
    """Everybody goes home, in the caller's transaction: the meeting is over."""
    for question in Question.objects.filter(meeting=meeting, closed_at=None):
        close_question(question, actor=None, now=now)
    present_now(meeting).update(left_at=now)
    Room.objects.filter(meeting=meeting).update(item=None, item_since=None)


def _room(meeting):
    """The room of a meeting in session, made where it is not there yet, with the meeting held until the end."""
    meeting = locked(meeting)
    if meeting.state != MeetingState.IN_SESSION:
        raise NotNow(_("The meeting is not in session."))
    members = Organization.objects.members_on(clock.today(meeting.starts_at, meeting.zone)
                                              if meeting.starts_at else meeting.starts_on).count()  # fmt: skip
    room, _made = Room.objects.get_or_create(meeting=meeting, defaults={"quorum": members // 2 + 1})
    room.meeting = meeting
    return room


def _attended(meeting, organization, presence):
    """Attendance: present in person stays so, also where it goes on from afar."""
    row, made = Attendance.objects.get_or_create(
        meeting=meeting, organization=organization, person=None, defaults={"presence": presence}
    )
    if not made and row.presence != Presence.IN_PERSON and row.presence != presence:
        row.presence = presence
        row.save(update_fields=["presence"])
    records.touch(meeting.code)
