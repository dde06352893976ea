"""Commitments of a year by theme: decisions of its meetings and published priorities, each with its thread."""

from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import BooleanField, Case, CharField, F, IntegerField, Value, When
from django.db.models.functions import Cast

from core.records.threads import what_came_of
from core.text import Shown, choose
from meetings.models import Decision
from meetings.states import HowDecided
from priorities.models import Priority

LANGUAGES = settings.CONTENT_LANGUAGES
COLUMNS = (
    "c_code",
    "c_order",
    "c_rank",
    "c_owner",
    "c_mark",
    "c_noted",
    "c_demo",
    "c_slug",
    "c_language",
    *(f"c_{code}" for code in LANGUAGES),
)


@dataclass(frozen=True)
class Owner:
    """The organisation that set a priority, as its tab shows it."""

    acronym: str
    mark: int


@dataclass
class Commitment:
    """Something undertaken for the year and all that came of it; `elected` are the terms that began by it."""

    node: object
    owner: Owner | None
    is_demo: bool
    elected: list = field(default_factory=list)

    @property
    def row(self):
        return self.node.row

    @property
    def latest(self):
        """The newest Row that came of it and is done or given up: its latest evidence. What is only due is none."""
        done = [node.row for node in self.outcomes if node.row.status in ("fulfilled", "dropped")]
        return max(done, key=lambda row: (str(row.date or ""), row.code), default=None)

    @property
    def next_step(self):
        """The action under way that is due first: what somebody is to do next."""
        open_ones = [
            node.row for node in self.outcomes if node.row.kind.code == "ACT" and node.row.status == "underway"
        ]
        open_ones = [row for row in open_ones if row.date]
        return min(open_ones, key=lambda row: (row.date, row.code), default=None)

    @property
    def outcomes(self):
        """Every node that came of it, each once, oldest first."""
        return flat(self.node)


@dataclass(frozen=True)
class Group:
    """The commitments of a theme; those without one come last, under `None`."""

    title: Shown | None
    commitments: list


def flat(node):
    """What hangs below a node as one list in order of date, each code once."""
    found = {}
    for below in node.walk():
        found.setdefault(below.code, below)
    found.pop(node.code, None)
    return sorted(found.values(), key=lambda n: (n.row.date is None, str(n.row.date or ""), n.code))


def _select(rows, *, owner="", position="", noted, order):
    columns = {"c_code": F("code"), "c_owner": F(owner) if owner else Value(""), "c_slug": F("theme__slug")}
    columns["c_language"] = F("theme__source_language")
    columns |= {f"c_{code}": F(f"theme__name_{code}") for code in LANGUAGES}
    columns = {name: Cast(value, CharField(max_length=200)) for name, value in columns.items()}
    columns["c_order"] = Cast(F("theme__position"), IntegerField())
    columns["c_rank"] = Cast(F(order), IntegerField())
    columns["c_mark"] = Cast(F(position) if position else Value(0), IntegerField())
    columns["c_noted"] = Cast(noted, BooleanField())
    columns["c_demo"] = Cast(F("is_demo"), BooleanField())
    return rows.order_by().annotate(**columns).values_list(*COLUMNS)


def _facts(number, user, now):
    noted = Case(When(how=HowDecided.NOTED, then=Value(True)), default=Value(False), output_field=BooleanField())
    decisions = Decision.objects.visible_to(user, now).for_year(number)
    priorities = Priority.objects.visible_to(user, now).for_year(number).filed()
    query = _select(decisions, noted=noted, order="number").union(
        _select(
            priorities,
            owner="plan__organization__acronym",
            position="plan__organization__position",
            noted=Value(False),
            order="rank",
        ),
        all=True,
    )
    return [dict(zip(COLUMNS, row, strict=True)) for row in query]


def read(number, user, now):
    """([Group] of commitments, [Commitment] of what was only talked about). Three queries, however many rows."""
    facts = _facts(number, user, now)
    nodes = {node.code: node for node in what_came_of([fact["c_code"] for fact in facts], user, now)}
    facts = [fact for fact in facts if fact["c_code"] in nodes]
    facts.sort(key=lambda f: (f["c_order"] is None, f["c_order"] or 0, f["c_slug"] or "", *_within(f)))
    groups, talked = {}, []
    for fact in facts:
        commitment = Commitment(nodes[fact["c_code"]], _owner(fact), bool(fact["c_demo"]))
        if fact["c_noted"]:
            talked.append(commitment)
        else:
            groups.setdefault(fact["c_slug"], Group(_title(fact), [])).commitments.append(commitment)
    return list(groups.values()), talked


def _within(fact):
    """Inside a theme: decisions of all first, then priorities by organisation."""
    return fact["c_mark"], fact["c_rank"], fact["c_code"]


def _owner(fact):
    return Owner(fact["c_owner"], (fact["c_mark"] - 1) % 12 + 1) if fact["c_owner"] else None


def _title(fact):
    if not fact["c_slug"]:
        return None
    return choose({code: fact[f"c_{code}"] for code in LANGUAGES}, fact["c_language"])
