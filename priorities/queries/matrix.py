"""Who works on what: organisations × themes, spaces or countries, with counts. One object for page, print and CSV."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from accounts.models import User
from commons.models import Theme
from core import clock, countries
from core.records.models import Link
from core.text import Shown, shown
from organizations.models import Organization
from priorities.models import CommonProject, PlanningCycle, Priority
from priorities.states import Progress, ProjectState
from spaces.models import Space

#: So many organisations on one subject are worth a common project.
CROWD = 3
REGION = "region"


class Axis(StrEnum):
    """What the columns are."""

    THEME = "theme"
    SPACE = "space"
    COUNTRY = "country"


@dataclass(frozen=True)
class Column:
    """A theme, a space or a country: `key` as filters know it, `title` for people, `codes` of its priorities, and the
    codes of the common `projects` about it that this reader may see."""

    key: str
    title: Shown | str
    total: int = 0
    organizations: int = 0
    codes: list[str] = field(default_factory=list)
    projects: list[str] = field(default_factory=list)

    @property
    def origins(self) -> str:
        """Its codes as an address takes them, short: the year and kind of the first hold for the numbers after it."""
        return "+".join([*self.codes[:1], *(code.rsplit("-", 1)[1] for code in self.codes[1:])])

    @property
    def is_gap(self) -> bool:
        return self.organizations == 0

    @property
    def is_crowded(self) -> bool:
        """So many work on it and none of them together: a common project is worth proposing."""
        return self.organizations >= CROWD and not self.projects


class Cell(NamedTuple):
    """How many priorities, and how they go in a word; no word where there are none."""

    number: int
    text: str


@dataclass(frozen=True)
class Line:
    """An organisation and how many of its priorities fall into each column, in their order. `total` counts each
    priority once."""

    organization: Organization
    counts: list[int]
    total: int
    #: For each column how many are fulfilled, and how many do not continue.
    fulfilled: list[int] = field(default_factory=list)
    dropped: list[int] = field(default_factory=list)

    @property
    def cells(self) -> list[Cell]:
        """One for each column, in their order."""
        numbers = zip(self.counts, self.fulfilled, self.dropped, strict=True)
        return [Cell(number, _progress_text(number, done, dropped)) for number, done, dropped in numbers]


def _progress_text(number: int, done: int, dropped: int) -> str:
    if not number:
        return ""
    if done == number:
        return npgettext("priorities", "fulfilled", "fulfilled", number)
    if dropped == number:
        return npgettext("priorities", "does not continue", "do not continue", number)
    if done:
        return npgettext("priorities", "%(n)s fulfilled", "%(n)s fulfilled", done) % {"n": done}
    return _("under way")


class OwnedCell(NamedTuple):
    """A Cell with the organisation whose it is."""

    organization: Organization
    number: int
    text: str


class ColumnLine(NamedTuple):
    """A column set as a line, with a cell for each organisation that has a priority."""

    column: Column
    cells: list[OwnedCell]


@dataclass(frozen=True)
class Matrix:
    """`total` counts each priority once, whichever columns it falls into."""

    by: Axis
    columns: list[Column]
    lines: list[Line]
    total: int
    #: For each axis what may be counted alone, (key, title), of all priorities of the year.
    choices: dict[Axis, list[tuple[str, str]]] = field(default_factory=dict)

    @property
    def gaps(self) -> list[Column]:
        return [column for column in self.columns if column.is_gap and not column.projects]

    @property
    def owners(self) -> list[Organization]:
        """Organisations with a priority that is counted."""
        return [line.organization for line in self.lines if line.total]

    @property
    def transposed(self) -> list[ColumnLine]:
        """For a page in portrait: the columns in which somebody has a priority as lines, `owners` across."""
        lines = [(line.organization, line.cells) for line in self.lines if line.total]
        return [
            ColumnLine(column, [OwnedCell(organization, *cells[place]) for organization, cells in lines])
            for place, column in enumerate(self.columns)
            if column.total
        ]

    @property
    def taking_part(self) -> int:
        """How many organisations have a priority of the year that is counted."""
        return len(self.owners)

    @property
    def joined(self) -> list[Column]:
        return [column for column in self.columns if column.projects]

    @property
    def crowded(self) -> list[Column]:
        return [column for column in self.columns if column.is_crowded]


@dataclass(frozen=True)
class MatrixFilter:
    """What of the year is counted: slugs of a theme and of a space, a country's code; empty for all of them. Of a
    country it counts what names it, not what is of the whole region."""

    theme: str = ""
    space: str = ""
    country: str = ""
    partners: bool = False

    def matches(self, priority: Priority) -> bool:
        return (
            self.theme in ("", priority.theme.slug if priority.theme else None)
            and (not self.space or self.space in {space.slug for space in priority.spaces.all()})
            and (not self.country or self.country in priority.countries)
            and (not self.partners or priority.wants_partners)
        )


def matrix_of(
    cycle: PlanningCycle,
    by: Axis,
    *,
    user: User | AnonymousUser,
    now: datetime.datetime,
    only: MatrixFilter | None = None,
) -> Matrix:
    """The Matrix of a cycle as this reader may see it. At most five queries."""
    seen = Priority.objects.visible_to(user, now).filed().for_year(cycle.year).order_by("rank", "code")
    every = list(seen.select_related("plan", "theme").prefetch_related("spaces"))
    priorities = [row for row in every if only.matches(row)] if only else every
    organizations = _organizations(cycle, priorities, now)
    keys = {row.pk: _keys(row, by) for row in priorities}
    codes: dict[str, list[str]] = defaultdict(list)
    owned: Counter[int] = Counter()
    counts: Counter[tuple[int, str]] = Counter()
    ended: Counter[tuple[int, str, str]] = Counter()
    for row in priorities:
        owner = row.plan.organization_id
        owned[owner] += 1
        for key in keys[row.pk]:
            codes[key].append(row.code)
            counts[owner, key] += 1
            ended[owner, key, row.state] += 1
    projects = _projects(by, codes, cycle, user, now)
    columns = []
    for key, title in _titles(by, priorities, keys, cycle, now):
        numbers = [counts[organization.pk, key] for organization in organizations]
        working = len([number for number in numbers if number])
        columns.append(Column(key, title, sum(numbers), working, codes.get(key, []), projects.get(key, [])))
    lines = [
        Line(
            organization,
            counts=[counts[organization.pk, column.key] for column in columns],
            total=owned[organization.pk],
            fulfilled=[ended[organization.pk, column.key, Progress.FULFILLED] for column in columns],
            dropped=[ended[organization.pk, column.key, Progress.NOT_CONTINUED] for column in columns],
        )
        for organization in organizations
    ]
    return Matrix(by, columns, lines, len(priorities), _choices(every))


def _organizations(cycle: PlanningCycle, priorities: Sequence[Priority], now: datetime.datetime) -> list[Organization]:
    """The members of the day, or of the day the cycle closed, and whoever has a priority."""
    day = min(clock.today(now, cycle.zone), clock.today(cycle.closes_at, cycle.zone))
    owners = {row.plan.organization_id for row in priorities}
    organizations = Organization.objects.members_on(day) | Organization.objects.filter(pk__in=owners)
    return list(organizations.distinct().in_order())


def _keys(priority: Priority, by: Axis) -> list[str]:
    """The columns into which a priority falls."""
    if by == Axis.THEME:
        return [priority.theme.slug] if priority.theme else []
    if by == Axis.SPACE:
        return [space.slug for space in priority.spaces.all()]
    return priority.countries or [REGION]


def _projects(
    by: Axis,
    codes: dict[str, list[str]],
    cycle: PlanningCycle,
    user: User | AnonymousUser,
    now: datetime.datetime,
) -> dict[str, list[str]]:
    """{key: codes of the year's projects about that column}: by their own theme, or by a priority they come from."""
    seen = CommonProject.objects.visible_to(user, now).filter(year=cycle.year).exclude(state=ProjectState.CANCELLED)
    projects: dict[str, list[str]] = {}
    if by == Axis.THEME:
        for project in seen.exclude(theme=None).select_related("theme").order_by("code"):
            projects.setdefault(project.theme.slug, []).append(project.code)
        return projects
    every = {code for group in codes.values() for code in group}
    links = Link.objects.filter(origin__in=every, outcome__in=seen.values("code")).order_by("outcome")
    pairs = list(links.values_list("origin", "outcome"))
    for key, group in codes.items():
        if outcomes := list(dict.fromkeys(outcome for origin, outcome in pairs if origin in group)):
            projects[key] = outcomes
    return projects


def _choices(priorities: Sequence[Priority]) -> dict[Axis, list[tuple[str, str]]]:
    themes = {row.theme.slug: row.theme for row in priorities if row.theme}
    spaces = {space.slug: space for row in priorities for space in row.spaces.all()}
    used = {code for row in priorities for code in row.countries}
    return {
        Axis.THEME: [(theme.slug, shown(theme, "name").value) for theme in sorted(themes.values(), key=_place)],
        Axis.SPACE: [(space.slug, space.short_name) for space in sorted(spaces.values(), key=_place)],
        Axis.COUNTRY: sorted(((code, countries.name(code)) for code in used), key=lambda choice: choice[1]),
    }


def _titles(
    by: Axis,
    priorities: Sequence[Priority],
    keys: dict[int, list[str]],
    cycle: PlanningCycle,
    now: datetime.datetime,
) -> list[tuple[str, Shown | str]]:
    """(key, title) of every column: all themes on offer, so that one that nobody takes up is seen; spaces and
    countries in use."""
    if by == Axis.THEME:
        themes = {theme.slug: theme for theme in Theme.objects.offered_on(clock.today(now, settings.CASA_ZONE))}
        themes |= {row.theme.slug: row.theme for row in priorities if row.theme}
        return [(theme.slug, shown(theme, "name")) for theme in sorted(themes.values(), key=_place)]
    if by == Axis.SPACE:
        spaces = {space.slug: space for row in priorities for space in row.spaces.all()}
        spaces |= {space.slug: space for space in Space.objects.filter(editions__year=cycle.year).distinct()}
        return [(space.slug, space.short_name) for space in sorted(spaces.values(), key=_place)]
    used = {code for group in keys.values() for code in group}
    named = sorted((countries.name(code), code) for code in used - {REGION})
    return [(REGION, _("the whole region")), *((code, name) for name, code in named)]


def _place(row: Theme | Space) -> tuple[int, str]:
    return row.position, row.slug
