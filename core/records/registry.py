"""What kinds of record there are. Each app registers its own in `apps.py`; nobody imports a sibling for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Model, TextChoices
from django.urls import reverse
from django.utils.functional import Promise

from core.states import register_looks


class Status(StrEnum):
    """What the public reads of a commitment's state; the finer words stay among the organisations."""

    FULFILLED = "fulfilled"
    UNDERWAY = "underway"
    DROPPED = "dropped"


register_looks(done=[Status.FULFILLED], underway=[Status.UNDERWAY], dropped=[Status.DROPPED])


@dataclass(frozen=True)
class Kind:
    """A kind of record: three letters, what it is called, its page, and how one row of a thread is read from its model."""

    code: str
    label: str | Promise
    model: Callable[[], type[Model]]
    #: The name of the address of its page.
    page: str
    #: A translated field or, where it is not `translated`, a plain column in the record's own language.
    title: str = "title"
    translated: bool = True
    state: str = "state"
    states: type[TextChoices] | None = None
    date: str = ""
    #: What the public reads of its states, where it is a commitment.
    status: Mapping[str, str] = field(default_factory=dict)
    #: Other words for a Status where the kind needs them: a visit is held, not fulfilled.
    status_words: Mapping[str, str | Promise] = field(default_factory=dict)
    #: Other words for a state in a list of commitments, where the state's own agree with another noun.
    commitment_words: Mapping[str, str | Promise] = field(default_factory=dict)

    def address(self, code: str) -> str:
        return reverse(self.page, args=[code])

    def state_label(self, state: str) -> str | Promise:
        return self.states(state).label if self.states and state else ""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known; a second registration of the same letters is a mistake."""
    if kind.code in _kinds:
        raise ValueError(f"record kind {kind.code} is registered twice")
    _kinds[kind.code] = kind


def kinds() -> dict[str, Kind]:
    """All kinds, by their letters."""
    return dict(_kinds)


def kind_of(code: str) -> Kind | None:
    """The Kind of a citable code such as CASA-2024-DEC-003, or None."""
    parts = code.split("-")
    return _kinds.get(parts[2]) if len(parts) == 4 else None


def address(code: str) -> str:
    """The page of a code; empty where its kind is unknown."""
    kind = kind_of(code)
    return kind.address(code) if kind else ""
