"""The year of an organisation, for its own people: what it set out to do, undertook, takes part in, and who holds what."""

from dataclasses import dataclass

from django.conf import settings

from committees.models import Term
from commons.models import ActionItem
from core import clock
from elections.models import RollEntry
from priorities.models import Assessment, CommonProject, Priority, PriorityPlan
from spaces.models import ParticipationAction


@dataclass(frozen=True)
class OrganizationYear:
    """Each list in its own order; `plan` is None where nothing was begun or this reader may not see it."""

    year: int
    plan: object
    priorities: list
    projects: list
    actions: list
    parts: list
    seats: list
    elections: list
    assessments: list


def read(organization, year, user, now):
    """The OrganizationYear. A constant number of queries."""
    today = clock.today(now, settings.CASA_ZONE)

    def seen(model):
        return model.objects.visible_to(user, now)

    plans = seen(PriorityPlan).filter(organization=organization, cycle__year=year)
    priorities = seen(Priority).filed().for_year(year).filter(plan__organization=organization)
    actions = seen(ActionItem).filter(organization=organization, code__startswith=f"CASA-{year}-")
    rolls = RollEntry.objects.filter(organization=organization, election__year=year)
    visible = rolls.filter(election__in=seen(RollEntry.election.field.related_model).values("pk"))
    return OrganizationYear(
        year=year,
        plan=plans.first(),
        priorities=list(priorities.with_context()),
        projects=list(seen(CommonProject).of([organization.pk]).filter(year=year).newest_first()),
        actions=list(actions.overdue_first()),
        parts=list(seen(ParticipationAction).filter(organization=organization, edition__year=year).in_order()),
        seats=list(Term.objects.on(today).filter(organization=organization).with_people()),
        elections=list(visible.select_related("election", "voter", "ballot").order_by("election__opens_at")),
        assessments=list(seen(Assessment).filter(organization=organization, year=year).in_order()),
    )
