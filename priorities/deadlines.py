"""What is due in this floor: the plans of organisations that have not filed."""

from core import clock
from core.deadlines import Due
from organizations.models import Organization
from organizations.standing.addressees import whom_to_ask
from priorities.models import PlanningCycle
from priorities.states import CycleState, PlanState


def deadlines(since, until):
    """Due rows for open cycles that close in [since, until): one for each member organisation that has not filed.

    The code names year and organisation, so it is the same before and after the plan is begun, and after extensions.
    Four queries a closing cycle, however many organisations.
    """
    for cycle in PlanningCycle.objects.filter(state=CycleState.OPEN, closes_at__gte=since, closes_at__lt=until):
        day = clock.today(min(since, cycle.closes_at), cycle.zone)
        filed = cycle.plans.exclude(state=PlanState.DRAFT).values("organization")
        late = list(Organization.objects.members_on(day).exclude(pk__in=filed))
        recipients = whom_to_ask(late, day)
        for organization in late:
            yield Due(
                kind="priorities.plan",
                code=f"{cycle.year}-{organization.slug}",
                at=cycle.closes_at,
                zone=cycle.zone,
                recipients=recipients[organization.pk],
                about={"organization": organization, "cycle": cycle},
            )
