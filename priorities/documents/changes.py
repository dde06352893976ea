"""A submission of a plan as people read it: what it said, and what changed since the one before."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from commons.models import Theme
from core import countries
from core.differences import compare
from core.text import LANGUAGE_NAMES
from core.visibility import Visibility
from priorities.models import PriorityDraft
from spaces.models import Space

WORDS = ("title", "why", "action", "result", "indicator")
FACTS = (
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


@dataclass
class Change:
    """What became of one priority between two submissions: new, gone, changed or moved; or of an answer to one of the
    year's questions, which has no code."""

    kind: str
    code: str
    title: str
    #: [(label, [Piece])]
    fields: list = field(default_factory=list)


class Names:
    """Names of themes and spaces by slug, read once for all submissions shown. Two queries."""

    def __init__(self):
        self.themes = {row.slug: row.name for row in Theme.objects.all()}
        self.spaces = {row.slug: row.short_name for row in Space.objects.all()}

    def words(self, name, value):
        """A stored value as its reader reads it."""
        if name == "theme":
            return self.themes.get(value, value or "")
        if name == "spaces":
            return ", ".join(self.spaces.get(slug, slug) for slug in value or ())
        if name == "countries":
            return ", ".join(countries.name(code) for code in value or ())
        if name == "visibility":
            return str(Visibility(value).label)
        if name == "language":
            return str(LANGUAGE_NAMES[value])
        if name == "wants_partners":
            return _("yes") if value else _("no")
        return "" if value is None else str(value)


def label(name):
    """What the form calls a field."""
    return PriorityDraft._meta.get_field(name).verbose_name


def changes(before, after, names):
    """[Change] from one submission's content to the next, in the order in which they now stand; what is gone last.

    `before` is None for the first submission, where every priority is new.
    """
    old = {row["code"]: row for row in (before or {}).get("priorities", ())}
    places = {code: place for place, code in enumerate(old)}
    found = []
    for place, row in enumerate(after["priorities"]):
        earlier = old.pop(row["code"], None)
        if earlier is None:
            found.append(Change("added", row["code"], row["title"]))
        elif fields := _fields(earlier, row, names):
            found.append(Change("changed", row["code"], row["title"], fields))
        elif places[row["code"]] != place:
            found.append(Change("moved", row["code"], row["title"]))
    was, stands = _answers(before), _answers(after)
    for question in {**stands, **was}:
        if was.get(question, "") != stands.get(question, ""):
            words = [(_("answer"), compare(was.get(question, ""), stands.get(question, "")))]
            found.append(Change("changed" if question in was else "answered", "", question, words))
    return [*found, *(Change("removed", code, row["title"]) for code, row in old.items())]


def _answers(content):
    return {row["question"]: row["answer"] for row in (content or {}).get("answers", ())}


def _fields(before, after, names):
    pairs = ((name, names.words(name, before[name]), names.words(name, after[name])) for name in (*WORDS, *FACTS))
    return [(label(name), compare(was, now)) for name, was, now in pairs if was != now]
