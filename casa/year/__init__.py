"""The year: what was agreed, what came of it, who represents the community, and what comes next.

One reading for the home page, the pages of past years and whatever else tells a year. It asks every app through
`visible_to`, in at most eight queries however much the year holds.
"""

import datetime
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Case, Count, IntegerField, Prefetch, Q, Value, When, prefetch_related_objects

from casa.year import commitments, dates
from casa.year.words import first_paragraph, sentence, tally
from committees.models import Term
from commons.models import TextVersion
from core import clock
from core.text import Shown
from engagement.models import Activity, TrainingSession
from meetings.models import Meeting
from meetings.states import MeetingKind, MeetingState
from priorities.models import PlanningCycle
from spaces.models import Edition

NEXT_DATES = 3
#: How much a year tells: only dates and deeds; meetings and commitments of a demonstration; real ones.
DATED, MADE_UP, RECORDED = 0, 1, 2


@dataclass
class Year:
    """One year as a reader sees it. `real_years` are the others with a real record."""

    number: int
    current: int
    annual: object = None
    outcome: Shown | None = None
    groups: list = field(default_factory=list)
    talked: list = field(default_factory=list)
    terms: list = field(default_factory=list)
    ahead: list = field(default_factory=list)
    arch: list = field(default_factory=list)
    arch_now: float = 0
    undated: list = field(default_factory=list)
    real_years: list = field(default_factory=list)
    others: list = field(default_factory=list)
    is_demo: bool = False

    @property
    def is_current(self):
        return self.number == self.current

    @property
    def sentence(self):
        return sentence(self)

    @property
    def lede(self):
        """The first paragraph of the annual meeting's outcome, as a Shown; empty words without one."""
        return first_paragraph(self.outcome) if self.outcome else None

    @property
    def is_past(self):
        return self.number < self.current

    @property
    def tally(self):
        """`2 fulfilled, 3 under way`, of the year's commitments."""
        found = {}
        for group in self.groups:
            for commitment in group.commitments:
                found[commitment.row.status] = found.get(commitment.row.status, 0) + 1
        return tally(found)


def this_year(now):
    return clock.today(now, settings.CASA_ZONE).year


def years(user, now):
    """{year: DATED, MADE_UP or RECORDED} of everything this reader may see. One query."""
    recorded = [
        PlanningCycle.objects.visible_to(user, now),
        Meeting.objects.visible_to(user, now).exclude(state=MeetingState.PLANNED),
    ]
    dated = [model.objects.visible_to(user, now) for model in (Edition, Activity, TrainingSession)]
    made_up = Case(When(is_demo=True, then=Value(MADE_UP)), default=Value(RECORDED), output_field=IntegerField())
    parts = [_year_and(rows, made_up) for rows in recorded]
    parts += [_year_and(rows, Value(DATED, IntegerField())) for rows in dated]
    found = {}
    for year, weight in parts[0].union(*parts[1:]):
        found[year] = max(weight, found.get(year, DATED))
    return found


def _year_and(rows, weight):
    return rows.order_by().annotate(weight=weight).values_list("year", "weight")


def choose(found, current):
    """The year the home page tells: the current one when it has anything, else the latest with anything recorded before it."""
    if current in found:
        return current
    return max((year for year, weight in found.items() if weight and year < current), default=current)


def read(number, found, user, now):
    """The Year of a number, for this reader. `found` is what `years` gave."""
    today = clock.today(now, settings.CASA_ZONE)
    year = Year(number, today.year)
    year.real_years = sorted((y for y, weight in found.items() if weight == RECORDED and y != number), reverse=True)
    year.others = sorted((y for y in found if y != number), reverse=True)
    year.annual = _annual(number, user, now)
    # A draft is read on the meeting's own page, by the organisations, and says there that it is one.
    if year.annual and year.annual.is_published_at(now) and year.annual.outcome_id:
        versions = Prefetch("versions", TextVersion.objects.order_by("number"), to_attr="all_versions")
        prefetch_related_objects([year.annual.outcome], versions)
        year.outcome = year.annual.outcome.shown()
    year.groups, year.talked = commitments.read(number, user, now)
    year.terms = list(Term.objects.visible_to(user, now).on(min(today, datetime.date(number, 12, 31))).with_people())
    for commitment in [*(c for group in year.groups for c in group.commitments), *year.talked]:
        commitment.elected = [term for term in year.terms if term.chosen_in == commitment.row.code]
    is_past = number < today.year and number != choose(found, today.year)
    _dates(year, None if not is_past else datetime.date(number, 12, 31), user, now)
    year.is_demo = bool(year.annual and year.annual.is_demo) or any(
        c.is_demo for group in year.groups for c in group.commitments
    )
    return year


def _annual(number, user, now):
    return (
        Meeting.objects.visible_to(user, now)
        .filter(year=number, kind=MeetingKind.ANNUAL)
        .exclude(state__in=[MeetingState.PLANNED, MeetingState.CANCELLED])
        .select_related("outcome", "communique__photograph")
        .annotate(
            organization_count=Count("attendances__organization", ~Q(attendances__presence="apologies"), distinct=True)
        )
        .order_by("starts_on", "code")
        .first()
    )


def _dates(year, last, user, now):
    found = dates.moments(datetime.date(year.number, 1, 1), last, user, now)
    year.ahead = [moment for moment in found if moment.is_ahead(now)][:NEXT_DATES]
    year.arch = dates.arch(found, year.number, now)
    year.undated = [m for m in found if m.starts.year == year.number and m.month is None]
    today = clock.today(now, settings.CASA_ZONE)
    if year.number == today.year:
        year.arch_now = today.month - 1 + today.day / 31
    elif year.number < today.year:
        year.arch_now = 12
