"""The review of a year: what the organisations set out to do, what became of it, and what of it goes on.

Ready for the January meeting, and read by everybody as far as each record may be read.
"""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from accounts.models import User
from commons.models import ActionItem
from core import clock
from organizations.models import Organization
from organizations.standing import standing_of
from priorities.models import Assessment, CommonProject, PlanningCycle, Priority, ProgressUpdate
from priorities.queries.progress import latest_updates
from priorities.states import Health, Progress


class Outcome(NamedTuple):
    """What became of a priority: the last report on it that this reader may read, or None, and the priorities of later
    years that continue it."""

    priority: Priority
    latest: ProgressUpdate | None
    continued_by: list[Priority]


@dataclass(frozen=True)
class Share:
    """What one organisation looks back on; `new` are next year's priorities that continue nothing."""

    organization: Organization
    outcomes: list[Outcome]
    new: list[Priority]


class UnfinishedAction(NamedTuple):
    action: ActionItem
    is_late: bool


class MeasuredProject(NamedTuple):
    """A common project, how many milestones it planned and how many it reached."""

    project: CommonProject
    planned: int
    reached: int


class StateCount(NamedTuple):
    state: Progress
    number: int

    @property
    def text(self) -> str:
        """What so many priorities do: `fulfilled`, `under way`, `do not continue`."""
        if self.state == Progress.FULFILLED:
            return npgettext("priorities", "fulfilled", "fulfilled", self.number)
        if self.state == Progress.UNDERWAY:
            return _("under way")
        return npgettext("priorities", "does not continue", "do not continue", self.number)


@dataclass(frozen=True)
class Balance:
    """`finished` counts actions; `earlier` are last year's assessments with what was to be improved, `assessments` this
    year's. Each is what this reader may see."""

    year: int
    shares: list[Share]
    tally: list[StateCount]
    finished: int
    unfinished: list[UnfinishedAction]
    projects: list[MeasuredProject]
    earlier: list[Assessment]
    assessments: list[Assessment]

    @property
    def next_year(self) -> int:
        return self.year + 1

    @property
    def total(self) -> int:
        """How many priorities the year had."""
        return sum(row.number for row in self.tally)

    @property
    def is_empty(self) -> bool:
        return not (self.shares or self.finished or self.unfinished or self.projects or self.assessments)


def balance_of(year: int, user: User | AnonymousUser, now: datetime.datetime) -> Balance:
    """The Balance of a year as this reader may see it. A constant number of queries."""
    today = clock.today(now, settings.CASA_ZONE)
    outcomes = _outcomes(year, user, now)
    counts = Counter(outcome.priority.state for outcome in outcomes)
    actions = ActionItem.objects.visible_to(user, now).filter(code__startswith=f"CASA-{year}-")
    actions = list(actions.with_people().overdue_first())
    unfinished = [UnfinishedAction(row, row.is_overdue_on(today)) for row in actions if not row.is_finished]
    projects = CommonProject.objects.visible_to(user, now).filter(year=year).with_places(user, now)
    assessments = Assessment.objects.visible_to(user, now).published().prefetch_related("improvements").in_order()
    assessments = list(assessments.filter(year__in=[year - 1, year]))
    return Balance(
        year=year,
        shares=_shares(outcomes, _new_priorities(year + 1, user, now)),
        tally=[StateCount(state, counts[state]) for state in Progress if counts[state]],
        finished=len(actions) - len(unfinished),
        unfinished=unfinished,
        projects=[_measured(row) for row in projects.prefetch_related("milestones").order_by("code")],
        earlier=[row for row in assessments if row.year == year - 1 and row.improvements.all()],
        assessments=[row for row in assessments if row.year == year],
    )


def _outcomes(year: int, user: User | AnonymousUser, now: datetime.datetime) -> list[Outcome]:
    """The year's priorities in order of their organisations, each with what became of it. Three queries."""
    seen = Priority.objects.visible_to(user, now).filed().select_related("plan__organization", "plan__cycle", "theme")
    rows = list(seen.filter(plan__cycle__year=year).order_by("plan__organization__position", "rank", "code"))
    later = seen.filter(plan__cycle__year__gt=year, continues__in=[row.pk for row in rows])
    continued_by: dict[int, list[Priority]] = {row.pk: [] for row in rows}
    for priority in later.order_by("plan__cycle__year", "rank", "code"):
        continued_by[priority.continues_id].append(priority)
    is_community = standing_of(user, now).is_community
    updates = ProgressUpdate.objects.filter(code__in=[row.code for row in rows]).select_related("organization")
    if not is_community:
        updates = updates.filter(health__in=[Health.DONE, Health.DROPPED])
    latest = latest_updates(updates)
    return [
        Outcome(
            row,
            latest.get(row.code) if is_community or row.state != Progress.UNDERWAY else None,
            continued_by[row.pk],
        )
        for row in rows
    ]


def _new_priorities(year: int, user: User | AnonymousUser, now: datetime.datetime) -> list[Priority]:
    """Priorities of a year that continue nothing, if this reader may know its cycle."""
    cycle = PlanningCycle.objects.visible_to(user, now).filter(year=year).first()
    if cycle is None:
        return []
    seen = Priority.objects.visible_to(user, now).filed().select_related("plan__organization", "plan__cycle", "theme")
    return list(seen.filter(plan__cycle=cycle, continues=None).order_by("rank", "code"))


def _shares(outcomes: Sequence[Outcome], new: Sequence[Priority]) -> list[Share]:
    priorities = [*(outcome.priority for outcome in outcomes), *new]
    owners = {row.plan.organization_id: row.plan.organization for row in priorities}
    return [
        Share(
            organization,
            [outcome for outcome in outcomes if outcome.priority.plan.organization_id == organization.pk],
            [row for row in new if row.plan.organization_id == organization.pk],
        )
        for organization in sorted(owners.values(), key=lambda row: (row.position, row.acronym))
    ]


def _measured(project: CommonProject) -> MeasuredProject:
    milestones = list(project.milestones.all())
    return MeasuredProject(project, len(milestones), len([row for row in milestones if row.done_on]))
