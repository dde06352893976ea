"""What a service raises when it refuses. Each carries a sentence a person can read."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: One sentence about a field, or several.
Sentences = str | Promise | Sequence[str | Promise]


class CasaError(Exception):
    """Base of every refusal; `message` is translatable and fit to show."""

    status = 400

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


class PermissionDenied(CasaError):
    """This person may not. `who_may` says who does."""

    status = 403

    def __init__(self, message: str | Promise = _("You cannot do this."), who_may: str | Promise = "") -> None:
        super().__init__(message)
        self.who_may = who_may


class NotNow(CasaError):
    """Nobody may now: the state or the date does not allow it."""

    status = 409


class Incomplete(CasaError):
    """Something is missing or wrong: `missing` maps a field or label to its sentence or sentences, all of them at once;
    on a sheet of many rows the key is (row, field)."""

    status = 422

    def __init__(self, missing: Mapping[Any, Any], message: str | Promise = _("Something is still missing.")) -> None:
        super().__init__(message)
        self.missing = missing


class Conflict(CasaError):
    """Somebody else changed the same text meanwhile; `current` is the row as it is now; nothing was overwritten."""

    status = 409

    def __init__(
        self, current: Any, message: str | Promise = _("Somebody else changed this while you were writing.")
    ) -> None:
        super().__init__(message)
        self.current = current
