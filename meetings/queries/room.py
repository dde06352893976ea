"""The room of a meeting in session as the wall and the phones show it."""

import datetime
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from core import clock
from meetings.models import AgendaItem, AttendancePeriod, Meeting, Paper, Question, QuestionAnswer, RoomSession
from meetings.queries.agenda import agenda_days
from meetings.states import ANSWERS, Answer, HowDecided, QuestionKind
from organizations.models import Organization


@dataclass(frozen=True)
class Tally:
    """One possible answer to a question, and the answers that chose it."""

    answer: Answer
    rows: list[QuestionAnswer]

    @property
    def label(self) -> str:
        return str(self.answer.label)


@dataclass(frozen=True)
class CurrentQuestion:
    """The open question, or the last one about the current item. `silent` are the organisations present that have not
    answered; `answers` is {organisation id: its answer}."""

    question: Question
    tallies: list[Tally]
    silent: list[Organization]
    answers: dict[int, QuestionAnswer]


@dataclass(frozen=True)
class RoomState:
    """The current item and those around it, who is present, and the current question.

    `minutes_left` are those left for the item, negative when it runs over.
    """

    session: RoomSession
    item: AgendaItem | None
    following: AgendaItem | None
    previous: AgendaItem | None
    minutes_left: int | None
    present: list[AttendancePeriod]
    absent: list[Organization]
    #: Ids of organisations that were present and have left; the other absent ones have not arrived yet.
    departed: frozenset[int]
    question: CurrentQuestion | None

    @property
    def not_arrived(self) -> list[Organization]:
        """Organisations that have not arrived yet."""
        return [organization for organization in self.absent if organization.pk not in self.departed]

    @property
    def have_left(self) -> list[Organization]:
        """Organisations that were present and have left."""
        return [organization for organization in self.absent if organization.pk in self.departed]

    @property
    def has_quorum(self) -> bool:
        return len(self.present) >= self.session.quorum

    @property
    def minutes_over(self) -> int:
        return -self.minutes_left if self.minutes_left is not None and self.minutes_left < 0 else 0


@dataclass(frozen=True)
class QuestionOutcome:
    """What the answers to a question amount to."""

    how: HowDecided
    #: One line for each organisation that objects or is against, with its reason.
    objections: str


def room_state(meeting: Meeting, user: User | AnonymousUser, now: datetime.datetime) -> RoomState:
    """The state of the room of a meeting in session, with the agenda items this reader can see.

    The same number of queries however many organisations there are.
    """
    members = list(Organization.objects.members_on(clock.today(now, meeting.zone)).in_order())
    session = RoomSession.objects.filter(meeting=meeting).first()
    session = session or RoomSession(meeting=meeting, quorum=len(members) // 2 + 1)
    visible = AgendaItem.objects.visible_to(user, now).filter(meeting=meeting).in_order()
    items = [line.item for day in agenda_days(meeting, visible) for line in day.lines]
    place = next((n for n, item in enumerate(items) if item.pk == session.item_id), None)
    item = items[place] if place is not None else None
    following = items[0 if place is None else place + 1 :][:1] if session.item_id is None or item else []
    minutes_left = None
    if item is not None and session.item_since is not None:
        item.seen_papers = list(Paper.objects.visible_to(user, now).filter(item=item).order_by("pk"))
        minutes_left = item.minutes - int((now - session.item_since).total_seconds() // 60)
    periods = list(meeting.attendance_periods.select_related("organization"))
    present = [period for period in periods if period.left_at is None]
    present_ids = {period.organization_id for period in present}
    return RoomState(
        session=session,
        item=item,
        following=following[0] if following else None,
        previous=items[place - 1] if place else None,
        minutes_left=minutes_left,
        present=present,
        absent=[member for member in members if member.pk not in present_ids],
        departed=frozenset(period.organization_id for period in periods) - present_ids,
        question=_current_question(meeting, session, present),
    )


def _current_question(
    meeting: Meeting, session: RoomSession, present: list[AttendancePeriod]
) -> CurrentQuestion | None:
    """The open question, else the last one about the current item whose outcome is not recorded yet."""
    undecided = meeting.questions.filter(decision=None).prefetch_related("answers__organization")
    question = undecided.filter(closed_at=None).first() or undecided.filter(item=session.item_id).first()
    if question is None:
        return None
    rows = sorted(question.answers.all(), key=lambda row: (row.organization.position, row.pk))
    tallies = [
        Tally(answer, [row for row in rows if row.answer == answer]) for answer in ANSWERS[QuestionKind(question.kind)]
    ]
    answers = {row.organization_id: row for row in rows}
    silent = [period.organization for period in present if period.organization_id not in answers]
    return CurrentQuestion(question, tallies, silent, answers)


def present_now(meeting: Meeting) -> QuerySet[AttendancePeriod]:
    """The attendance periods that have not ended: one for each organisation present."""
    return AttendancePeriod.objects.filter(meeting=meeting, left_at=None)


def question_outcome(question: Question) -> QuestionOutcome:
    """What the answers to a question suggest to record: consensus only where nobody objects."""
    rows = list(question.answers.select_related("organization").order_by("answered_at", "pk"))
    against = [row for row in rows if row.answer in (Answer.OBJECT, Answer.AGAINST)]
    objections = "\n".join(f"{row.organization.acronym}: {row.reason}".rstrip(": ") for row in against)
    if question.kind == QuestionKind.HANDS:
        return QuestionOutcome(HowDecided.VOTE, objections)
    return QuestionOutcome(HowDecided.NOTED if against else HowDecided.CONSENSUS, objections)
