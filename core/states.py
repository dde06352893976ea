"""Moves between states, and how states are drawn. Each app's `states.py` has its own of both.

Only services call `move`.
"""

from collections.abc import Container, Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from core.errors import NotNow

M = TypeVar("M", bound=Model)

#: Each state with those that may follow it.
Moves = Mapping[Any, Container[Any]]


def check_move(table: Moves, source: str, target: str) -> None:
    """Raise NotNow unless the table allows `source` → `target`."""
    if target not in table.get(source, ()):
        raise NotNow(_("This is not possible in its current state."))


def move(row: M, target: str, table: Moves, field: str = "state") -> M:
    """Set the state of a row, which the caller has locked; it is the caller who saves."""
    check_move(table, getattr(row, field), target)
    setattr(row, field, target)
    return row


class Look(StrEnum):
    """The shapes and colours in which a state is drawn (static/css: `state--done`)."""

    DONE = "done"
    UNDERWAY = "underway"
    RISK = "risk"
    DUE = "due"
    DROPPED = "dropped"
    DRAFT = "draft"


_looks: dict[str, Look] = {}


def register_looks(**states: Iterable[str]) -> None:
    """Say how states are drawn, by the look's name: `register_looks(done=[ActionState.DONE])`.

    A word looks the same on every page: raises ValueError where another app draws it otherwise.
    """
    for name, values in states.items():
        for value in map(str, values):
            look = Look(name)
            if _looks.setdefault(value, look) != look:
                raise ValueError(f"the state {value} is drawn as {_looks[value]} already")


def look_of(state: str) -> Look:
    """How a state is drawn, or a look by its own name; what nobody registered is drawn as a draft."""
    by_its_own_name = next((look for look in Look if look == state), Look.DRAFT)
    return _looks.get(str(state), by_its_own_name)
