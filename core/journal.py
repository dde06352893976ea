"""The journal: what was done, when, to which code. Append-only; codes and typed facts, no personal text.

An actor is an opaque key kept on the user; erasing a person deletes the key's owner and leaves the evidence.
Casting a ballot and filing an unattributed threat write no row here.
"""

from core.models import JournalEntry


def key(actor):
    """The opaque key under which an actor is kept; empty for the portal itself and for whoever is not signed in."""
    return str(getattr(actor, "journal_key", "") or "")


def record(actor, verb, code, at, **facts):
    """Write one row in the caller's transaction. `actor` is a user, or None for the portal itself."""
    return JournalEntry.objects.create(at=at, actor=key(actor), verb=verb, code=code, facts=facts)


def history(code):
    """Rows about a code, oldest first."""
    return JournalEntry.objects.filter(code=code).order_by("pk")


def mark():
    """A number that changes with every act that is committed: the sum of the newest hundred rows' numbers, so that a row
    which was written first and committed last changes it too. One query."""
    return sum(JournalEntry.objects.order_by("-pk").values_list("pk", flat=True)[:100])
