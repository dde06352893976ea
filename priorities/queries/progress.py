"""How work goes: what an organisation has under way, and what was last reported on records."""

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from organizations.models import Organization
from organizations.standing import standing_of
from priorities.models import CommonProject, Priority, ProgressUpdate
from priorities.states import (
    LIVE_PROJECT_STATES,
    PUBLISHED_STATES,
    CycleState,
    Health,
    Progress,
    ProjectState,
)

MOST_UPDATES = 20


class WorkUnderWay(NamedTuple):
    """A priority or common project of an organisation, and the last report that the organisation made on it."""

    record: Priority | CommonProject
    latest: ProgressUpdate | None


def work_under_way(
    organization: Organization, user: User | AnonymousUser, now: datetime.datetime
) -> list[WorkUnderWay]:
    """An organisation's priorities of the newest year that runs, then the living projects in which it confirmed its
    part, as this reader may see them. Four queries."""
    running = [CycleState.CONSOLIDATING, *(state for state in PUBLISHED_STATES if state != CycleState.CLOSED)]
    priorities = Priority.objects.visible_to(user, now).filed().filter(plan__organization=organization)
    priorities = priorities.filter(plan__cycle__state__in=running)
    newest_first = list(priorities.with_context().order_by("-plan__cycle__year", "rank", "code"))
    year = newest_first[0].plan.cycle.year if newest_first else None
    projects = CommonProject.objects.visible_to(user, now).of([organization.pk])
    agreed = [state for state in LIVE_PROJECT_STATES if state != ProjectState.PROPOSED]
    records: list[Priority | CommonProject] = [row for row in newest_first if row.plan.cycle.year == year]
    records += projects.filter(state__in=agreed).newest_first()
    latest = latest_updates(
        ProgressUpdate.objects.filter(code__in=[row.code for row in records], organization=organization)
    )
    return [WorkUnderWay(record, latest.get(record.code)) for record in records]


def latest_updates(updates: Iterable[ProgressUpdate]) -> dict[str, ProgressUpdate]:
    """{code: its newest update} of updates in their own order, newest first."""
    latest: dict[str, ProgressUpdate] = {}
    for update in updates:
        latest.setdefault(update.code, update)
    return latest


def updates_on_priority(priority: Priority, user: User | AnonymousUser, now: datetime.datetime) -> list[ProgressUpdate]:
    """Progress reports on a priority, newest first. The public reads only the last one, and only of a priority that is
    done or does not continue."""
    updates = ProgressUpdate.objects.filter(code=priority.code)
    if standing_of(user, now).is_community:
        return list(updates[:MOST_UPDATES])
    if priority.state == Progress.UNDERWAY:
        return []
    return list(updates.filter(health__in=[Health.DONE, Health.DROPPED])[:1])
