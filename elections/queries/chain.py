"""The public chain of events: how each is sealed, and whether the chain is whole."""

import datetime
from collections.abc import Iterable

from elections.counting.core import digest
from elections.models import ElectionEvent


def utc_text(moment: datetime.datetime) -> str:
    """An instant as it is written in rules, in the chain and in the evidence."""
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def event_digest(event: ElectionEvent) -> str:
    """The digest that an event must have: of its content and of the event before it."""
    return digest(
        {
            "election": event.election.code,
            "number": event.number,
            "verb": event.verb,
            "at": utc_text(event.at),
            "facts": event.facts,
            "previous": event.previous,
        }
    )


def is_chain_whole(events: Iterable[ElectionEvent]) -> bool:
    """Whether each event follows the one before it and is as it was sealed."""
    previous = ""
    for number, event in enumerate(events, 1):
        if (event.number, event.previous) != (number, previous) or event_digest(event) != event.digest:
            return False
        previous = event.digest
    return True
