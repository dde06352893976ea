"""One event of a calendar, and who takes part in it."""

import datetime
import enum
from dataclasses import dataclass


class Status(enum.StrEnum):
    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Party:
    """A mail address and, where known, a name: an organiser or somebody invited."""

    address: str
    name: str = ""


@dataclass(frozen=True)
class Entry:
    """One event: either instants (`starts_at`, `ends_at`, aware) or whole days (`starts_on`, `ends_on`: the last day).

    `uid` is given once and is the same in mail, feed and download; `sequence` rises on a change of start, end, place
    or status and never on a plain re-send; `revised_at` is when what is shown here last changed. An entry without an
    end is a moment (a deadline) or one day. `busy` is False for what takes nobody's time. Raises ValueError where this
    makes no event.
    """

    uid: str
    sequence: int
    revised_at: datetime.datetime
    summary: str
    description: str = ""
    location: str = ""
    url: str = ""
    status: Status = Status.CONFIRMED
    starts_at: datetime.datetime | None = None
    ends_at: datetime.datetime | None = None
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    busy: bool = True

    def __post_init__(self) -> None:
        if any(moment is not None and moment.utcoffset() is None for moment in (self.starts_at, self.ends_at)):
            raise ValueError("instants are aware")
        if (self.starts_at is None) == (self.starts_on is None):
            raise ValueError("an entry begins at an instant or on a day")
        if self.starts_at is None:
            first, last = self.starts_on, self.ends_on
            if self.ends_at is not None or (first is not None and last is not None and last < first):
                raise ValueError("whole days end on a day, not before they begin")
            return
        if self.ends_on is not None or (self.ends_at is not None and self.ends_at <= self.starts_at):
            raise ValueError("an entry with hours ends at a later instant")
