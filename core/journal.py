"""The journal: what was done, when, to which code. Append-only; codes and typed facts, no personal text.

An actor is an opaque key of the user; erasing a person deletes the key's owner and leaves the evidence.
Casting a ballot and filing an unattributed threat write no row here.
"""

import datetime
from typing import Any

from django.db.models import QuerySet

from core.models import JournalEntry
from core.visibility import Reader


def key(actor: Reader | None) -> str:
    """The opaque key of an actor; empty for the portal itself and for somebody who is not signed in."""
    return str(getattr(actor, "journal_key", "") or "")


def record(actor: Reader | None, verb: str, code: str, at: datetime.datetime, **facts: Any) -> JournalEntry:
    """Write one row in the caller's transaction. `actor` is a user, or None for the portal itself."""
    return JournalEntry.objects.create(at=at, actor=key(actor), verb=verb, code=code, facts=facts)


def history(code: str) -> QuerySet[JournalEntry]:
    """The rows about a code, oldest first."""
    return JournalEntry.objects.filter(code=code).order_by("pk")


def mark() -> int:
    """A number that changes with every act that is committed. One query.

    It is the sum of the newest hundred rows' numbers, so that a row which was written first and committed last changes
    it too.
    """
    return sum(JournalEntry.objects.order_by("-pk").values_list("pk", flat=True)[:100])
