"""Questions about the outbox."""

from collections.abc import Collection

from core.outbox.models import OutboxMessage


def states_by_key(kinds: Collection[str]) -> dict[str, str]:
    """The state of every row of these kinds, by key."""
    return dict(OutboxMessage.objects.filter(kind__in=kinds).values_list("key", "state"))
