"""One step of an election: its state moves, and the public chain gets one more event."""

import datetime
from typing import Any

from accounts.models import User
from core import journal
from core.records import services as records
from core.states import check_move, move
from elections.models import Election, ElectionEvent
from elections.queries.chain import event_digest
from elections.states import ELECTION_MOVES, ElectionState


def advance(election: Election, source: ElectionState, target: ElectionState) -> None:
    """Move from this very state: the table alone would allow an act from another, such as opening from a tie.

    The caller holds the lock and saves. Raises NotNow from any other state.
    """
    check_move({source: {target}}, election.state, target)
    move(election, target, ELECTION_MOVES)


def record_event(
    election: Election, verb: str, *, actor: User | None, now: datetime.datetime, **facts: Any
) -> ElectionEvent:
    """Add one event to the public chain, sealed with the one before it; the caller holds the lock on the election.

    A row of the journal; the record's page is no longer served from the cache.
    """
    last = ElectionEvent.objects.filter(election=election).order_by("-number").first()
    number, previous = (last.number + 1, last.digest) if last else (1, "")
    event = ElectionEvent(election=election, number=number, verb=verb, at=now, facts=facts, previous=previous)
    event.digest = event_digest(event)
    event.save(force_insert=True)
    journal.record(actor, f"election_{verb}", election.code, now, event=number, digest=event.digest)
    records.touch(election.code)
    return event
