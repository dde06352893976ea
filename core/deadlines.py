"""What is due when. Each app offers `deadlines(since, until)` in its `deadlines.py`, in a constant number of queries.

Who plans reminders pulls these; no app knows that anybody reminds.
"""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Recipient:
    """Whom it concerns: an address (not necessarily of a user), the interface language and zone they read in, a name."""

    address: str
    language: str
    zone: str
    name: str = ""


@dataclass(frozen=True)
class Due:
    """Something about the record `code` that is due at an instant, announced in `zone`."""

    kind: str
    code: str
    at: datetime.datetime
    zone: str
    recipients: tuple[Recipient, ...] = ()
