"""The balance of a year: what the organisations set out to do, what became of it, and what of it goes on.

Ready for the January meeting, and read by everybody as far as each record may be read.
"""

from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch

from commons.models import ActionItem
from core import clock
from organizations.standing import standing_of
from priorities.models import Assessment, CommonProject, PlanningCycle, Priority, ProgressUpdate
from priorities.states import Health, Progress


@dataclass(frozen=True)
class Share:
    """What one organisation looks back on. Of each of `priorities`: `latest`, the last word on it this reader may
    read, or None; `goes_on`, those of later years that continue it. `fresh` are next year's that continue nothing."""

    organization: object
    priorities: list
    fresh: list


@dataclass(frozen=True)
class Balance:
    """`following` is next year's cycle, if this reader may know it; `tally` is [(Progress, how many)] of `total`
    priorities; `earlier` are last year's assessments with what was to be improved, `assessments` this year's."""

    year: int
    following: object
    shares: list
    tally: list
    total: int
    finished: int
    unfinished: list
    projects: list
    earlier: list
    assessments: list

    @property
    def next_year(self):
        return self.year + 1

    @property
    def is_empty(self):
        return not (self.shares or self.finished or self.unfinished or self.projects or self.assessments)


def read_balance(year, user, now):
    """The Balance of a year as this reader may see it. A constant number of queries."""
    today = clock.today(now, settings.CASA_ZONE)
    following = PlanningCycle.objects.visible_to(user, now).filter(year=year + 1).first()
    shares, tally = _shares(year, following, user, now)
    actions = ActionItem.objects.visible_to(user, now).filter(code__startswith=f"CASA-{year}-")
    actions = list(actions.with_people().overdue_first())
    unfinished = [row for row in actions if not row.is_finished]
    for row in unfinished:
        row.is_late = row.is_overdue_on(today)
    projects = CommonProject.objects.visible_to(user, now).filter(year=year).with_places(user, now)
    looks = Assessment.objects.visible_to(user, now).published().prefetch_related("improvements").in_order()
    looks = list(looks.filter(year__in=[year - 1, year]))
    return Balance(
        year=year, following=following, shares=shares, tally=tally, total=sum(n for _state, n in tally),
        finished=len(actions) - len(unfinished), unfinished=unfinished,
        projects=[_measured(row) for row in projects.prefetch_related("milestones").order_by("code")],
        earlier=[row for row in looks if row.year == year - 1 and row.improvements.all()],
        assessments=[row for row in looks if row.year == year],
    )  # fmt: skip


def _shares(year, following, user, now):
    seen = Priority.objects.visible_to(user, now).filed().select_related("plan__organization", "plan__cycle", "theme")
    later = seen.filter(plan__cycle__year__gt=year).order_by("plan__cycle__year", "rank", "code")
    rows = seen.filter(plan__cycle__year=year).prefetch_related(Prefetch("continued_by", later, to_attr="goes_on"))
    rows = list(rows.order_by("plan__organization__position", "rank", "code"))
    is_community = standing_of(user, now).is_community
    told = ProgressUpdate.objects.filter(code__in=[row.code for row in rows]).select_related("organization")
    if not is_community:
        told = told.filter(health__in=[Health.DONE, Health.DROPPED])
    latest = {}
    for update in told:
        latest.setdefault(update.code, update)
    for row in rows:
        row.latest = latest.get(row.code) if is_community or row.state != Progress.UNDERWAY else None
    fresh = []
    if following is not None:
        fresh = list(seen.filter(plan__cycle=following, continues=None).order_by("rank", "code"))
    owners = {row.plan.organization_id: row.plan.organization for row in [*rows, *fresh]}
    shares = [
        Share(
            organization,
            [row for row in rows if row.plan.organization_id == key],
            [row for row in fresh if row.plan.organization_id == key],
        )
        for key, organization in sorted(owners.items(), key=lambda pair: (pair[1].position, pair[1].acronym))
    ]
    counted = Counter(row.state for row in rows)
    return shares, [(state, counted[state]) for state in Progress if counted[state]]


def _measured(project):
    """The project with `reached` and `planned`, the numbers of its milestones."""
    stones = list(project.milestones.all())
    project.planned, project.reached = len(stones), len([one for one in stones if one.done_on])
    return project
