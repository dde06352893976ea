"""Who works on what: organisations × themes, spaces or countries, with counts. One object for page, print and CSV."""

from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from commons.models import Theme
from core import clock, countries
from core.records.models import Link
from core.text import shown
from organizations.models import Organization
from priorities.models import CommonProject, Priority
from priorities.states import Progress, ProjectState
from spaces.models import Space

#: So many organisations on one thing is worth a common project.
MANY = 3
SIDES = ("theme", "space", "country")
REGION = "region"
ENDED = (Progress.FULFILLED, Progress.NOT_CONTINUED)


@dataclass(frozen=True)
class Column:
    """A theme, a space or a country: `key` as filters know it, `title` for people, `codes` of its priorities, and the
    common `projects` about it that this reader may see."""

    key: str
    title: object
    total: int = 0
    organizations: int = 0
    codes: list = field(default_factory=list)
    projects: list = field(default_factory=list)

    @property
    def origins(self):
        """Its codes as an address takes them, short: the year and kind of the first hold for the numbers after it."""
        return "+".join([*self.codes[:1], *(code.rsplit("-", 1)[1] for code in self.codes[1:])])

    @property
    def is_gap(self):
        return self.organizations == 0

    @property
    def is_crowded(self):
        """So many work on it and none of them together: a common project is worth proposing."""
        return self.organizations >= MANY and not self.projects


@dataclass(frozen=True)
class Line:
    """An organisation and how many of its priorities fall into each column, in their order. `total` counts each
    priority once."""

    organization: object
    counts: list
    total: int
    #: For each column how many are fulfilled, and how many do not continue.
    fulfilled: list = field(default_factory=list)
    dropped: list = field(default_factory=list)

    @property
    def cells(self):
        """[(count, how they stand in a word)], in the order of the columns; nothing is told of none."""
        return [
            (n, _word(n, done, dropped))
            for n, done, dropped in zip(self.counts, self.fulfilled, self.dropped, strict=True)
        ]


def _word(n, done, dropped):
    if not n:
        return ""
    if done == n:
        return npgettext("priorities", "fulfilled", "fulfilled", n)
    if dropped == n:
        return npgettext("priorities", "does not continue", "do not continue", n)
    if done:
        return npgettext("priorities", "%(n)s fulfilled", "%(n)s fulfilled", done) % {"n": done}
    return _("under way")


@dataclass(frozen=True)
class Matrix:
    """`total` counts each priority once, whichever columns it falls into."""

    by: str
    columns: list
    lines: list
    total: int
    #: {what may be counted alone: [(key, title)]}, of all priorities of the year.
    choices: dict = field(default_factory=dict)

    @property
    def gaps(self):
        return [column for column in self.columns if column.is_gap and not column.projects]

    @property
    def owners(self):
        """Organisations with a priority that is counted."""
        return [line.organization for line in self.lines if line.total]

    @property
    def turned(self):
        """For a page on end: [(Column, [(Organisation, count, word)])] of what somebody has, owners across."""
        lines = [(line, line.cells) for line in self.lines if line.total]
        return [
            (column, [(line.organization, *cells[place]) for line, cells in lines])
            for place, column in enumerate(self.columns)
            if column.total
        ]

    @property
    def taking_part(self):
        """How many organisations have a priority of the year that is counted."""
        return len(self.owners)

    @property
    def joined(self):
        return [column for column in self.columns if column.projects]

    @property
    def crowded(self):
        return [column for column in self.columns if column.is_crowded]


@dataclass(frozen=True)
class Only:
    """What of the year is counted: slugs of a theme and of a space, a country's code; empty for all of them. Of a
    country it counts what names it, not what is of the whole region."""

    theme: str = ""
    space: str = ""
    country: str = ""
    partners: bool = False

    def holds(self, row):
        return (
            self.theme in ("", row.theme.slug if row.theme else None)
            and (not self.space or self.space in {space.slug for space in row.spaces.all()})
            and (not self.country or self.country in row.countries)
            and (not self.partners or row.wants_partners)
        )


def read_matrix(cycle, by, user, now, only=None):
    """The Matrix of a cycle as this reader may see it; `by` is one of SIDES. At most five queries."""
    seen = Priority.objects.visible_to(user, now).filed().for_year(cycle.year).order_by("rank", "code")
    every = list(seen.select_related("plan", "theme").prefetch_related("spaces"))
    rows = [row for row in every if only.holds(row)] if only else every
    day = min(clock.today(now, cycle.zone), clock.today(cycle.closes_at, cycle.zone))
    owners = {row.plan.organization_id for row in rows}
    organizations = (Organization.objects.members_on(day) | Organization.objects.filter(pk__in=owners)).distinct()
    organizations = list(organizations.in_order())
    keys = {row.pk: _keys(row, by) for row in rows}
    columns = _columns(by, rows, keys, cycle, now)
    counts, owned, codes, ended = {}, {}, {}, {}
    for row in rows:
        for key in keys[row.pk]:
            codes.setdefault(key, []).append(row.code)
        owned[row.plan.organization_id] = owned.get(row.plan.organization_id, 0) + 1
        for key in keys[row.pk]:
            cell = row.plan.organization_id, key
            counts[cell] = counts.get(cell, 0) + 1
            ended[*cell, row.state] = ended.get((*cell, row.state), 0) + 1
    projects = _projects(by, codes, cycle, user, now)
    told = [
        Column(
            key, title, sum(counts.get((one.pk, key), 0) for one in organizations),
            len([one for one in organizations if (one.pk, key) in counts]),
            codes.get(key, []), projects.get(key, []),
        )
        for key, title in columns
    ]  # fmt: skip
    lines = [
        Line(
            one,
            [counts.get((one.pk, column.key), 0) for column in told],
            owned.get(one.pk, 0),
            *([ended.get((one.pk, column.key, state), 0) for column in told] for state in ENDED),
        )
        for one in organizations
    ]
    return Matrix(by, told, lines, len(rows), _choices(every))


def _keys(row, by):
    if by == "theme":
        return [row.theme.slug] if row.theme else []
    if by == "space":
        return [space.slug for space in row.spaces.all()]
    return row.countries or [REGION]


def _projects(by, codes, cycle, user, now):
    """{key: projects} of the year about a column: by their own theme, or that come from one of its priorities."""
    seen = CommonProject.objects.visible_to(user, now).filter(year=cycle.year).exclude(state=ProjectState.CANCELLED)
    found = {}
    if by == "theme":
        for project in seen.exclude(theme=None).select_related("theme").order_by("code"):
            found.setdefault(project.theme.slug, []).append(project.code)
        return found
    every = {code for group in codes.values() for code in group}
    links = Link.objects.filter(origin__in=every, outcome__in=seen.values("code")).order_by("outcome")
    joined = list(links.values_list("origin", "outcome"))
    for key, group in codes.items():
        if there := list(dict.fromkeys(outcome for origin, outcome in joined if origin in group)):
            found[key] = there
    return found


def _choices(rows):
    themes = {row.theme.slug: row.theme for row in rows if row.theme}
    spaces = {space.slug: space for row in rows for space in row.spaces.all()}
    return {
        "theme": [(one.slug, shown(one, "name").value) for one in sorted(themes.values(), key=_place)],
        "space": [(one.slug, one.short_name) for one in sorted(spaces.values(), key=_place)],
        "country": sorted(((code, countries.name(code)) for code in {c for row in rows for c in row.countries}),
                          key=lambda pair: pair[1]),
    }  # fmt: skip


def _columns(by, rows, keys, cycle, now):
    """[(key, title)]: every theme on offer, since one that nobody takes up is told; spaces and countries in use."""
    if by == "theme":
        themes = {theme.slug: theme for theme in Theme.objects.offered_on(clock.today(now, settings.CASA_ZONE))}
        themes |= {row.theme.slug: row.theme for row in rows if row.theme}
        return [(theme.slug, shown(theme, "name")) for theme in sorted(themes.values(), key=_place)]
    if by == "space":
        spaces = {space.slug: space for row in rows for space in row.spaces.all()}
        spaces |= {one.slug: one for one in Space.objects.filter(editions__year=cycle.year).distinct()}
        return [(space.slug, space.short_name) for space in sorted(spaces.values(), key=_place)]
    used = {code for group in keys.values() for code in group}
    named = sorted((countries.name(code), code) for code in used - {REGION})
    return [(REGION, _("the whole region")), *((code, name) for name, code in named)]


def _place(row):
    return row.position, row.slug
