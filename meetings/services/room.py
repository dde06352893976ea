"""The room of a meeting in session: its current item, who arrives and leaves, questions, answers and decisions."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, journal
from core.errors import Incomplete, NotNow, PermissionDenied
from core.locks import lock
from core.records import services as records
from meetings.models import (
    AgendaItem,
    Attendance,
    AttendancePeriod,
    Decision,
    Meeting,
    Question,
    QuestionAnswer,
    RoomSession,
)
from meetings.queries.room import present_now, question_outcome
from meetings.services.actions import NewAction, record_action
from meetings.services.decisions import DecisionContent, record_decision
from meetings.states import ANSWERS, Answer, HowDecided, MeetingState, Presence, QuestionKind
from organizations.models import Organization

PRESENT = (Presence.IN_PERSON, Presence.REMOTE)


@transaction.atomic
def set_current_item(
    meeting: Meeting, *, item: AgendaItem | None, actor: User | None, now: datetime.datetime
) -> RoomSession:
    """Take up an agenda item, None: none; its minutes count from now. Returns the RoomSession.

    The current item again changes nothing. Raises NotNow where it is another meeting's.
    """
    session = _lock_session(meeting)
    if item is not None and item.meeting_id != session.meeting_id:
        raise NotNow(_("This item is no longer on the agenda."))
    if session.item_id != (item.pk if item else None):
        session.item, session.item_since = item, now if item else None
        session.save(update_fields=["item", "item_since"])
        journal.record(actor, "item_treated", meeting.code, now, item=item.pk if item else None)
    return session


@transaction.atomic
def set_quorum(meeting: Meeting, *, quorum: int, actor: User | None, now: datetime.datetime) -> RoomSession:
    """Set how many organisations must be present to decide. Returns the RoomSession. Raises Incomplete outside 1–200."""
    session = _lock_session(meeting)
    if not 1 <= quorum <= 200:
        raise Incomplete({"quorum": _("At least one organisation.")})
    session.quorum = quorum
    session.save(update_fields=["quorum"])
    journal.record(actor, "quorum_set", meeting.code, now, quorum=quorum)
    return session


@transaction.atomic
def record_arrival(
    meeting: Meeting, *, organization: Organization, presence: str, actor: User | None, now: datetime.datetime
) -> AttendancePeriod:
    """Record that an organisation arrives, in person or remotely, or goes on in the other way. Returns the period.

    Its attendance of the meeting follows: once in person stays in person. Raises Incomplete for another presence.
    """
    meeting = _lock_session(meeting).meeting
    if presence not in PRESENT:
        raise Incomplete({"presence": _("Say how it is taking part.")})
    period = present_now(meeting).filter(organization=organization).first()
    if period is not None and period.presence == presence:
        return period
    if period is not None:
        period.left_at = now
        period.save(update_fields=["left_at"])
    period = AttendancePeriod.objects.create(
        meeting=meeting, organization=organization, presence=presence, arrived_at=now
    )
    _update_attendance(meeting, organization, presence)
    journal.record(actor, "room_entered", meeting.code, now, organization=organization.acronym, presence=presence)
    return period


@transaction.atomic
def record_departure(
    meeting: Meeting, *, organization: Organization, actor: User | None, now: datetime.datetime
) -> None:
    """Record that an organisation leaves; nothing changes for one that is not present."""
    meeting = _lock_session(meeting).meeting
    if present_now(meeting).filter(organization=organization).update(left_at=now):
        journal.record(actor, "room_left", meeting.code, now, organization=organization.acronym)


@transaction.atomic
def ask_question(meeting: Meeting, *, kind: str, text: str, actor: User | None, now: datetime.datetime) -> Question:
    """Put a question about the current item to the organisations present. Returns the Question.

    Raises NotNow while another question is open or there is no quorum, Incomplete without a text.
    """
    session = _lock_session(meeting)
    if not text.strip():
        raise Incomplete({"words": _("Write what is asked.")})
    if Question.objects.filter(meeting=meeting, closed_at=None).exists():
        raise NotNow(_("Another question is open: close it first."))
    if present_now(meeting).count() < session.quorum:
        raise NotNow(_("There is no quorum: nothing can be decided now."))
    question = Question.objects.create(
        meeting=session.meeting, item=session.item, kind=QuestionKind(kind), words=text.strip(), opened_at=now
    )
    journal.record(actor, "question_asked", meeting.code, now, question=question.pk, kind=question.kind)
    return question


@transaction.atomic
def answer_question(
    question: Question,
    *,
    organization: Organization,
    answer: str,
    reason: str,
    actor: User | None,
    now: datetime.datetime,
) -> QuestionAnswer:
    """Record or change the answer of an organisation that is present. Returns the QuestionAnswer.

    Raises NotNow once the question is closed, PermissionDenied for an absent organisation, Incomplete for another
    answer or an objection without a reason.
    """
    _lock_session(question.meeting)
    question = lock(question, "meeting")
    if question.closed_at is not None:
        raise NotNow(_("The question is closed."))
    if answer not in ANSWERS[QuestionKind(question.kind)]:
        raise Incomplete({"answer": _("Choose an answer.")})
    if not present_now(question.meeting).filter(organization=organization).exists():
        raise PermissionDenied(who_may=_("Organisations recorded as present can do this. Tell the coordination team."))
    if answer == Answer.OBJECT and not reason.strip():
        raise Incomplete({"reason": _("Say why; it is recorded with the decision.")})
    values = {"answer": Answer(answer), "reason": reason.strip(), "author": journal.key(actor), "answered_at": now}
    row = QuestionAnswer.objects.update_or_create(question=question, organization=organization, defaults=values)[0]
    facts = {"question": question.pk, "organization": organization.acronym, "stand": str(row.answer)}
    journal.record(actor, "question_answered", question.meeting.code, now, **facts)
    return row


@transaction.atomic
def close_question(question: Question, *, actor: User | None, now: datetime.datetime) -> Question:
    """Close a question, with the number of organisations present. Returns the Question; twice is once."""
    question = lock(question, "meeting")
    if question.closed_at is not None:
        return question
    question.closed_at, question.present = now, present_now(question.meeting).count()
    question.save(update_fields=["closed_at", "present"])
    journal.record(actor, "question_closed", question.meeting.code, now, question=question.pk, present=question.present)
    return question


@dataclass(frozen=True)
class RoomDecision:
    """A decision as it is recorded in the room; where `organization` takes it on, also its action, due on a day."""

    title: str
    how: str
    visibility: str
    objections: str = ""
    organization: Organization | None = None
    due_on: datetime.date | None = None


@transaction.atomic
def decide_in_room(
    meeting: Meeting,
    *,
    decision: RoomDecision,
    question: Question | None,
    item: AgendaItem | None = None,
    actor: User | None,
    now: datetime.datetime,
) -> Decision:
    """Record a decision about the item of `question`, else about `item`, else about the current one. Returns it.

    Closes the question.
    Records the action of the organisation that takes it on.
    Raises Incomplete for consensus although an organisation objected, and for anything but noting without a quorum;
    NotNow where the outcome of the question is recorded already.
    """
    session = _lock_session(meeting)
    meeting = session.meeting
    if question is not None:
        question = close_question(question, actor=actor, now=now)
        if question.decision_id is not None:
            raise NotNow(_("The outcome of this question has already been recorded."))
        if decision.how == HowDecided.CONSENSUS and question_outcome(question).how == HowDecided.NOTED:
            raise Incomplete({"how": _("An organisation objected: that is not consensus.")})
    if decision.how != HowDecided.NOTED and present_now(meeting).count() < session.quorum:
        raise Incomplete({"how": _("There is no quorum: it can only be noted.")})
    content = DecisionContent(
        titles={meeting.source_language: decision.title},
        language=meeting.source_language,
        how=decision.how,
        objections=decision.objections,
        visibility=decision.visibility,
        item=(question and question.item) or item or session.item,
    )
    recorded = record_decision(meeting, content=content, is_demo=meeting.is_demo, actor=actor, now=now)
    if question is not None:
        Question.objects.filter(pk=question.pk).update(decision=recorded)
    if decision.organization is not None:
        action = NewAction(
            title=decision.title,
            language=meeting.source_language,
            organization=decision.organization,
            visibility=decision.visibility,
            decision=recorded,
            due_on=decision.due_on,
        )
        record_action(meeting, action=action, actor=actor, now=now)
    return recorded


@transaction.atomic
def empty_room(meeting: Meeting, *, now: datetime.datetime) -> None:
    """Close the open question and end every presence. The caller has locked the meeting."""
    for question in Question.objects.filter(meeting=meeting, closed_at=None):
        close_question(question, actor=None, now=now)
    present_now(meeting).update(left_at=now)
    RoomSession.objects.filter(meeting=meeting).update(item=None, item_since=None)


def _lock_session(meeting: Meeting) -> RoomSession:
    """The room session of a meeting in session, created where there is none yet, with the meeting locked."""
    meeting = lock(meeting)
    if meeting.state != MeetingState.IN_SESSION:
        raise NotNow(_("The meeting is not in session."))
    first_day = clock.today(meeting.starts_at, meeting.zone) if meeting.starts_at else meeting.starts_on
    members = Organization.objects.members_on(first_day).count()
    session = RoomSession.objects.get_or_create(meeting=meeting, defaults={"quorum": members // 2 + 1})[0]
    session.meeting = meeting
    return session


def _update_attendance(meeting: Meeting, organization: Organization, presence: str) -> None:
    row, created = Attendance.objects.get_or_create(
        meeting=meeting, organization=organization, person=None, defaults={"presence": presence}
    )
    if not created and row.presence not in (Presence.IN_PERSON, presence):
        row.presence = presence
        row.save(update_fields=["presence"])
    records.touch(meeting.code)
