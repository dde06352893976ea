"""The journal: what was done, when, to which code. Append-only; codes and typed facts, no personal text.

An actor is an opaque key kept on the user; erasing a person deletes the key's owner and leaves the evidence.
Casting a ballot and filing an unattributed threat write no row here.
"""

from core.models import JournalEntry


def record(actor, verb, code, at, **facts):
    """Write one row in the caller's transaction. `actor` is a user, or None for the portal itself."""
    return JournalEntry.objects.create(
        at=at, actor=str(getattr(actor, "journal_key", "") or ""), verb=verb, code=code, facts=facts
    )


def history(code):
    """Rows about a code, oldest first."""
    return JournalEntry.objects.filter(code=code).order_by("pk")
