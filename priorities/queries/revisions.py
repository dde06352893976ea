"""Every submission of a plan as people read it: what it contained, and what changed since the one before."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from commons.models import Theme
from core import countries
from core.differences import Piece, compare
from core.text import LANGUAGE_NAMES
from core.visibility import Visibility
from priorities.models import PlanRevision, PriorityDraft, PriorityPlan
from spaces.models import Space

#: Fields of a priority that are compared, in the order in which they are shown.
COMPARED = (
    "title",
    "why",
    "action",
    "result",
    "indicator",
    "theme",
    "visibility",
    "month_from",
    "month_until",
    "countries",
    "spaces",
    "wants_partners",
    "continues",
    "language",
)


class ChangeKind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    REMOVED = "removed"
    #: An answer to one of the year's questions, given for the first time.
    ANSWERED = "answered"


class FieldChange(NamedTuple):
    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Change:
    """What became of one priority between two submissions, or of an answer to a question, which has no code."""

    kind: ChangeKind
    code: str
    title: str
    fields: list[FieldChange] = field(default_factory=list)


class Submission(NamedTuple):
    """A revision and what changed since the one before."""

    revision: PlanRevision
    changes: list[Change]


def submissions_of(plan: PriorityPlan) -> list[Submission]:
    """Every submission of a plan, newest first. Three queries."""
    names, before, submissions = ReferenceNames(), None, []
    for revision in plan.revisions.order_by("number"):
        submissions.append(Submission(revision, changes_between(before, revision.content, names)))
        before = revision.content
    return submissions[::-1]


class ReferenceNames:
    """Names of themes and spaces by slug, read once for all submissions shown. Two queries."""

    def __init__(self) -> None:
        self.themes = {row.slug: row.name for row in Theme.objects.all()}
        self.spaces = {row.slug: row.short_name for row in Space.objects.all()}

    def display(self, name: str, value: Any) -> str:
        """The stored value of the field `name` as its reader reads it."""
        match name:
            case "theme":
                return self.themes.get(value, value or "")
            case "spaces":
                return ", ".join(self.spaces.get(slug, slug) for slug in value or ())
            case "countries":
                return ", ".join(countries.name(code) for code in value or ())
            case "visibility":
                return str(Visibility(value).label)
            case "language":
                return str(LANGUAGE_NAMES[value])
            case "wants_partners":
                return _("yes") if value else _("no")
        return "" if value is None else str(value)


def changes_between(before: dict[str, Any] | None, after: dict[str, Any], names: ReferenceNames) -> list[Change]:
    """What changed from one submission's content to the next, in the order in which the priorities now are; what is
    gone comes last. `before` is None for the first submission, where every priority is new."""
    gone = {row["code"]: row for row in (before or {}).get("priorities", ())}
    places = {code: place for place, code in enumerate(gone)}
    changes = []
    for place, row in enumerate(after["priorities"]):
        earlier = gone.pop(row["code"], None)
        if earlier is None:
            changes.append(Change(ChangeKind.ADDED, row["code"], row["title"]))
        elif fields := _field_changes(earlier, row, names):
            changes.append(Change(ChangeKind.CHANGED, row["code"], row["title"], fields))
        elif places[row["code"]] != place:
            changes.append(Change(ChangeKind.MOVED, row["code"], row["title"]))
    changes += _answer_changes(_answers(before), _answers(after))
    return [*changes, *(Change(ChangeKind.REMOVED, code, row["title"]) for code, row in gone.items())]


def _answers(content: dict[str, Any] | None) -> dict[str, str]:
    return {row["question"]: row["answer"] for row in (content or {}).get("answers", ())}


def _answer_changes(before: dict[str, str], after: dict[str, str]) -> list[Change]:
    changes = []
    for question in {**after, **before}:
        earlier, current = before.get(question, ""), after.get(question, "")
        if earlier != current:
            kind = ChangeKind.CHANGED if question in before else ChangeKind.ANSWERED
            changes.append(Change(kind, "", question, [FieldChange(_("answer"), compare(earlier, current))]))
    return changes


def _field_changes(before: dict[str, Any], after: dict[str, Any], names: ReferenceNames) -> list[FieldChange]:
    changes = []
    for name in COMPARED:
        earlier, current = names.display(name, before[name]), names.display(name, after[name])
        if earlier != current:
            changes.append(FieldChange(str(PriorityDraft.label_of(name)), compare(earlier, current)))
    return changes
