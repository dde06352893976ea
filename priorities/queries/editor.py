"""The page on which an organisation writes its plan: all that it shows and offers, decided in one place."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from accounts.models import User
from core import clock, permissions
from priorities.models import (
    CycleQuestion,
    Priority,
    PriorityDraft,
    PriorityPlan,
    ProgressUpdate,
    ThreatOpportunity,
)
from priorities.queries.cycles import time_left, why_closed
from priorities.queries.questions import AnsweredQuestion, answered_questions
from priorities.querysets.threats import ThreatQuerySet
from priorities.states import Progress


class NumberedDraft(NamedTuple):
    """A draft with its place among the others."""

    number: int
    draft: PriorityDraft
    is_first: bool
    is_last: bool
    #: Whether its form is shown in place of its summary.
    is_open: bool


class EarlierPriority(NamedTuple):
    """A priority of an earlier year that is not continued yet, and what its organisation said when it ended."""

    priority: Priority
    last_words: str
    #: Whether it may be reported as done or not continued from here.
    can_end: bool


@dataclass(frozen=True)
class PlanEditor:
    """What somebody who writes an organisation's plan sees of it.

    One draft at most is open, or a new one: then the page shows the drafts alone, without what else can be done.
    """

    plan: PriorityPlan
    drafts: list[NumberedDraft]
    questions: list[AnsweredQuestion]
    threats: list[ThreatOpportunity]
    earlier: list[EarlierPriority]
    #: Why nothing can be written now; empty when it can.
    why_closed: str
    #: Until the closing, in words.
    time_left: str
    #: When it was last changed, as the writer's clock shows it.
    saved_at: datetime.datetime
    saved_today: bool
    can_submit: bool
    #: The coordination team may tell the organisation that its plan was entered.
    can_offer: bool
    #: Whether a new draft's form is open.
    is_adding: bool
    #: Whether the writer tried to submit and is shown what is missing.
    is_checking: bool

    @property
    def is_open(self) -> bool:
        """Whether it can be written now."""
        return not self.why_closed

    @property
    def open_draft(self) -> NumberedDraft | None:
        return next((row for row in self.drafts if row.is_open), None)

    @property
    def is_writing(self) -> bool:
        """Whether the form of a draft is open."""
        return self.is_adding or self.open_draft is not None

    @property
    def is_overview(self) -> bool:
        return not self.is_writing

    @property
    def shows_acts(self) -> bool:
        """Whether drafts can be added and the plan be submitted from this page."""
        return self.is_open and self.is_overview

    @property
    def shows_drafts(self) -> bool:
        """Whether there is a draft, or the form of a new one."""
        return self.is_adding or bool(self.drafts)

    @property
    def new_number(self) -> int:
        return len(self.drafts) + 1

    @property
    def incomplete(self) -> list[NumberedDraft]:
        return [row for row in self.drafts if row.draft.missing]

    @property
    def unanswered(self) -> list[CycleQuestion]:
        return [row.question for row in self.questions if row.is_missing]

    @property
    def incomplete_count(self) -> int:
        return len(self.incomplete)

    @property
    def ready_count(self) -> int:
        return len(self.drafts) - len(self.incomplete)

    @property
    def shows_missing(self) -> bool:
        """Whether to list what keeps it from being submitted."""
        return self.is_checking and self.is_open and bool(self.incomplete or self.unanswered or not self.drafts)

    @property
    def offers_notification(self) -> bool:
        """Whether the coordination team can now notify the organisation for which it entered the plan."""
        return self.can_offer and bool(self.drafts) and self.is_open

    @property
    def shows_earlier(self) -> bool:
        return self.shows_acts and bool(self.earlier)

    @property
    def earlier_year(self) -> int:
        return self.earlier[0].priority.plan.cycle.year

    @property
    def shows_questions(self) -> bool:
        return self.is_overview and bool(self.questions)


def plan_editor(
    plan: PriorityPlan,
    user: User,
    now: datetime.datetime,
    *,
    open_draft: PriorityDraft | None = None,
    is_adding: bool = False,
    is_checking: bool = False,
) -> PlanEditor:
    """The PlanEditor of a plan for somebody who may write it."""
    zone = clock.zone(user.zone)
    saved_at = plan.edited_at.astimezone(zone).replace(tzinfo=None)
    drafts = list(plan.drafts.with_context())
    return PlanEditor(
        plan=plan,
        drafts=[
            NumberedDraft(
                number,
                draft,
                is_first=number == 1,
                is_last=number == len(drafts),
                is_open=open_draft is not None and draft.pk == open_draft.pk,
            )
            for number, draft in enumerate(drafts, 1)
        ],
        questions=answered_questions(plan),
        threats=list(_threats(plan, user, now)),
        earlier=_earlier(plan, {draft.continues_id for draft in drafts}, user),
        why_closed=why_closed(plan.cycle, now),
        time_left=time_left(plan.cycle, now),
        saved_at=saved_at,
        saved_today=saved_at.date() == now.astimezone(zone).date(),
        can_submit=permissions.has_perm(user, "priorities.submit_plan", plan),
        can_offer=permissions.has_perm(user, "priorities.enter_plan", plan),
        is_adding=is_adding,
        is_checking=is_checking,
    )


def _threats(plan: PriorityPlan, user: User, now: datetime.datetime) -> ThreatQuerySet:
    """What the organisation filed in its own name this year, as far as this reader may see it."""
    seen = ThreatOpportunity.objects.visible_to(user, now)
    return seen.filter(cycle=plan.cycle, organization=plan.organization).order_by("code")


def _earlier(plan: PriorityPlan, continued: set[int | None], user: User) -> list[EarlierPriority]:
    """The organisation's priorities of the newest earlier year, but for those that a draft continues."""
    submitted = list(Priority.objects.earlier_of(plan.organization, plan.cycle.year))
    newest = submitted[0].plan.cycle.year if submitted else None
    rows = [row for row in submitted if row.plan.cycle.year == newest and row.pk not in continued]
    ended = [row.code for row in rows if row.state != Progress.UNDERWAY]
    updates = ProgressUpdate.objects.filter(code__in=ended).order_by("at", "pk")
    last_words = {update.code: update.words for update in updates}
    can_end = permissions.has_perm(user, "priorities.begin_plan", plan.organization)
    return [
        EarlierPriority(row, last_words.get(row.code, ""), can_end and row.state == Progress.UNDERWAY) for row in rows
    ]
