"""What is due when. Each app offers `deadlines(since, until)` in its `deadlines.py`, in a constant number of queries.

Who plans reminders pulls these; no app knows that anybody reminds. An app registers its source in `apps.py`.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field


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
    #: Which of several under one code, such as one deadline of an edition.
    part: str = ""
    #: What a mail may say of it: the rows themselves, said in the reader's language when the mail is written.
    about: dict = field(default_factory=dict, compare=False, hash=False)


@dataclass(frozen=True)
class Source:
    """Where the dues of some kinds come from.

    `ahead(since, until)` is asked with `since` = now; `overdue(since, until)`, where there is one, with `until` = now.
    """

    kinds: tuple[str, ...]
    ahead: Callable
    overdue: Callable | None = None


_sources = []


def register(*kinds, ahead, overdue=None):
    """Say once, in `AppConfig.ready`, where the dues of these kinds come from."""
    _sources[:] = [one for one in _sources if one.kinds != kinds]
    _sources.append(Source(kinds, ahead, overdue))


def sources():
    return tuple(_sources)
