"""What pages ask of seats: who held one on a day."""

import datetime
from dataclasses import dataclass

from committees.models import Seat, Term


@dataclass(frozen=True)
class Place:
    """A seat as it stood on a day: who held it, or why nobody is named."""

    seat: Seat
    term: Term | None
    #: the last term that had ended by then
    last: Term | None
    #: whether the day lies before anything recorded of this seat
    before_memory: bool
    #: whether the holder's organisation was no longer in the community
    has_left: bool = False

    @property
    def is_vacant(self) -> bool:
        return self.term is None and not self.before_memory and self.seat.committee.holders_known


def place_on(seat: Seat, day: datetime.date) -> Place:
    """The Place of a seat on a day; the seat comes from SeatQuerySet.with_terms, so that `held` is known."""
    running = next((term for term in seat.held if term.runs_on(day)), None)
    ended = [term for term in seat.held if term.starts_on <= day and term is not running]
    has_left = running is not None and not running.organization.is_in_on(day)
    return Place(seat, running, ended[0] if ended else None, bool(seat.held) and not running and not ended, has_left)
