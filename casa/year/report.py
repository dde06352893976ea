"""The year's report: what is public of a year in one document to print, the same for every reader."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from casa import year as reading
from committees.models import Term
from elections.models import Election
from priorities.models import Assessment, CommonProject, PlanningCycle
from priorities.queries.matrix import Axis, matrix_of
from priorities.states import PUBLISHED_STATES


@dataclass(frozen=True)
class Report:
    """`year` is the casa.year.Year as a visitor reads it; `matrix` is None before the year's priorities are public."""

    year: object
    matrix: object
    projects: list
    elections: list
    began: list
    assessments: list


def read(number, found, now):
    """The Report of a year. A constant number of queries."""
    visitor = AnonymousUser()
    cycle = PlanningCycle.objects.filter(year=number, state__in=PUBLISHED_STATES).first()
    matrix = matrix_of(cycle, Axis.THEME, user=visitor, now=now) if cycle else None
    elections = Election.objects.visible_to(visitor, now).filter(year=number, state="certified")
    return Report(
        year=reading.read(number, found, visitor, now),
        matrix=matrix if matrix and matrix.total else None,
        projects=list(
            CommonProject.objects.visible_to(visitor, now)
            .filter(year=number)
            .with_places(visitor, now)
            .order_by("code")
        ),
        elections=list(elections.select_related("committee").order_by("closes_at")),
        began=list(Term.objects.visible_to(visitor, now).filter(starts_on__year=number).with_people()),
        assessments=list(Assessment.objects.visible_to(visitor, now).filter(year=number).in_order()),
    )
