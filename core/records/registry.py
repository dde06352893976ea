"""What kinds of record there are. Each app registers its own in `apps.py`; nobody imports a sibling for it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import reverse

#: What the public reads of a commitment's state (DESIGN: the finer words stay among the organisations).
FULFILLED, UNDERWAY, DROPPED = "fulfilled", "underway", "dropped"


@dataclass(frozen=True)
class Kind:
    """A kind of record: three letters, its words, its page, and how one row of a thread is read from its model.

    `status_words` says fulfilled and dropped otherwise where the kind needs it (a visit is held, not fulfilled).
    `title` is a translated field, or a plain column in the record's own language (`title_language` then names
    the column holding its language, or is empty). `status` maps states to fulfilled / underway / dropped.
    """

    code: str
    label: object
    model: Callable
    page: str
    title: str = "title"
    translated: bool = True
    state: str = "state"
    states: object = None
    date: str = ""
    status: dict = field(default_factory=dict)
    status_words: dict = field(default_factory=dict)

    def address(self, code):
        return reverse(self.page, args=[code])

    def state_label(self, state):
        return self.states(state).label if self.states and state else ""


_kinds = {}


def register(kind):
    """Make a kind known; a second registration of the same letters is a mistake."""
    if kind.code in _kinds:
        raise ValueError(f"record kind {kind.code} is registered twice")
    _kinds[kind.code] = kind


def kinds():
    """All kinds, by their letters."""
    return dict(_kinds)


def kind_of(code):
    """The Kind of a citable code such as CASA-2024-DEC-003, or None."""
    parts = code.split("-")
    return _kinds.get(parts[2]) if len(parts) == 4 else None


def address(code):
    """The page of a code; empty where its kind is unknown."""
    kind = kind_of(code)
    return kind.address(code) if kind else ""
