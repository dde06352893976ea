"""What is due about priorities: plans that organisations have not submitted, milestones that are not reached."""

import datetime
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from core.deadlines import Due, ReminderKind
from organizations.models import Organization
from organizations.standing.addressees import who_speaks_for, whom_to_ask
from priorities.models import Milestone, Participant, PlanningCycle
from priorities.states import CycleState, ParticipantRole, PlanState, ProjectState

#: In these work goes on: a milestone of a paused project waits with it.
WORKED_ON = (ProjectState.AGREED, ProjectState.ACTIVE)


def deadlines(since: datetime.datetime, until: datetime.datetime) -> Iterator[Due]:
    """Due rows for open cycles that close in [since, until): one for each member organisation that has not submitted.

    The code names year and organisation, so it is the same before and after the plan is begun, and after extensions.
    Four queries a closing cycle, however many organisations.
    """
    for cycle in PlanningCycle.objects.filter(state=CycleState.OPEN, closes_at__gte=since, closes_at__lt=until):
        day = clock.today(min(since, cycle.closes_at), cycle.zone)
        submitted = cycle.plans.exclude(state=PlanState.DRAFT).values("organization")
        late = list(Organization.objects.members_on(day).exclude(pk__in=submitted))
        recipients = whom_to_ask(late, day)
        for organization in late:
            yield Due(
                kind=PLAN.name,
                code=f"{cycle.year}-{organization.slug}",
                at=cycle.closes_at,
                zone=cycle.zone,
                recipients=recipients[organization.pk],
                about={"organization": organization, "cycle": cycle},
            )


def milestones(since: datetime.datetime, until: datetime.datetime) -> Iterator[Due]:
    """Due rows for milestones not reached whose day ends in [since, until), in the portal's own zone, for those who
    speak for the organisation that leads the project. Three queries."""
    zone = settings.CASA_ZONE
    first, last = clock.today(since - datetime.timedelta(days=1), zone), clock.today(until, zone)
    open_milestones = Milestone.objects.filter(
        done_on=None, due_on__gte=first, due_on__lte=last, project__state__in=WORKED_ON
    ).select_related("project")
    rows = [row for row in open_milestones.order_by("due_on", "pk") if since <= clock.end_of(row.due_on, zone) < until]
    members = Organization.objects.members_on(clock.today(since, zone))
    leads = Participant.objects.confirmed().filter(
        role=ParticipantRole.LEAD, project__in={row.project_id for row in rows}, organization__in=members
    )
    by_project = {place.project_id: place.organization for place in leads.select_related("organization")}
    recipients = who_speaks_for(by_project.values(), clock.today(since, zone))
    for row in rows:
        if lead := by_project.get(row.project_id):
            yield Due(
                kind=MILESTONE.name, code=row.project.code, at=clock.end_of(row.due_on, zone), zone=zone,
                recipients=recipients[lead.pk], part=str(row.pk), about={"milestone": row, "project": row.project},
            )  # fmt: skip


PLAN = ReminderKind(
    name="priorities.plan",
    label=_("Priorities to submit"),
    template="mail/reminders/plan",
    days_before=(14, 7, 2, 0),
    ahead=deadlines,
    page=lambda due, token: reverse("priorities:plan_mine"),
)
MILESTONE = ReminderKind(
    name="priorities.milestone",
    label=_("Milestones of common projects"),
    template="mail/reminders/milestone",
    days_before=(7, 1),
    days_after=(1, 8),
    ahead=milestones,
    overdue=milestones,
)
