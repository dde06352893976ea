"""What the apps say of the kinds of mail they write: whether it is still wanted, whether a reader may stop it."""

import datetime
from collections.abc import Callable

from django.utils.functional import Promise

from core.outbox.models import OutboxMessage

#: Whether a row that is about to be sent still is to be, at an instant.
StillWanted = Callable[[OutboxMessage, datetime.datetime], bool]

_checks: dict[str, StillWanted] = {}
_stoppable: dict[str, str | Promise] = {}


def register(kind: str, *, label: str | Promise, still_wanted: StillWanted) -> None:
    """Make known, in `AppConfig.ready`, a kind of mail that readers may stop, and what it is called.

    `still_wanted` is called just before a row is sent; False drops it.
    """
    _stoppable[kind] = label
    _checks[kind] = still_wanted


def stoppable() -> dict[str, str | Promise]:
    """What each kind of mail that readers may stop is called."""
    return dict(_stoppable)


def is_wanted(row: OutboxMessage, now: datetime.datetime) -> bool:
    """Whether a row is still to be sent."""
    check = _checks.get(row.kind)
    return check is None or check(row, now)
