"""What an organisation has under way: of what it tells how it goes."""

from priorities.models import CommonProject, Priority, ProgressUpdate
from priorities.states import PROJECT_LIVES, PUBLISHED_STATES, CycleState, ProjectState


def running(organization, user, now):
    """Its priorities of the newest year that runs, then the living projects in which it confirmed its part, as this
    reader may see them. Each with `latest`, the last thing it told of it, or None. Four queries."""
    running_states = [*PUBLISHED_STATES, CycleState.CONSOLIDATING]
    priorities = Priority.objects.visible_to(user, now).filed().filter(plan__organization=organization)
    priorities = priorities.filter(plan__cycle__state__in=running_states).exclude(plan__cycle__state=CycleState.CLOSED)
    newest = list(priorities.with_context().order_by("-plan__cycle__year", "rank", "code"))
    year = newest[0].plan.cycle.year if newest else None
    projects = CommonProject.objects.visible_to(user, now).of([organization.pk])
    lives = [state for state in PROJECT_LIVES if state != ProjectState.PROPOSED]
    found = [row for row in newest if row.plan.cycle.year == year]
    found += projects.filter(state__in=lives).newest_first()
    latest = {}
    for update in ProgressUpdate.objects.filter(code__in=[row.code for row in found], organization=organization):
        latest.setdefault(update.code, update)
    for row in found:
        row.latest = latest.get(row.code)
    return found
