"""What is due when, and the kinds of reminder about it.

An app declares each kind once, in its `deadlines.py`, as a ReminderKind whose sources read its own rows in a constant
number of queries, and registers it in `apps.py`. The app `reminders` plans and writes the mails of whatever is
registered here; no other app knows that anybody reminds.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise


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
    #: The rows a mail writes about, by the names its template gives them; read in the language of the mail.
    about: dict[str, Any] = field(default_factory=dict, compare=False, hash=False)


#: (since, until) to what is due in that span.
Source = Callable[[datetime.datetime, datetime.datetime], Iterable[Due]]


@dataclass(frozen=True)
class ReminderKind:
    """A kind of reminder: when it is sent, from which rows, with which mail, and what it is called.

    Raises ValueError where it is sent after the date but nothing says what is overdue, or the other way round.
    """

    #: `app.noun`; part of the keys in the outbox and of each reader's preferences, so it never changes.
    name: str
    #: What it is called where a reader chooses what to be reminded of.
    label: str | Promise
    #: The mail, as in `mail/reminders/plan` for `templates/mail/reminders/plan.txt`.
    template: str
    #: Whole days before it is due; 0 is the morning of the last day itself.
    days_before: tuple[int, ...]
    #: What is due in a span that begins now.
    ahead: Source
    #: Whole days after it was due.
    days_after: tuple[int, ...] = ()
    #: What was due in a span that ends now, and is still not done.
    overdue: Source | None = None
    #: The instant is a beginning and is written as it is; otherwise it is an end, written as its last minute.
    is_beginning: bool = False
    #: (due, token of the reader's personal link) to the path of the page to open; else the page of the due's code.
    page: Callable[[Due, str], str] | None = None
    #: The purpose of the personal link that each mail carries, where it does, and the days it lives.
    link_purpose: str = ""
    link_days: int = 0

    def __post_init__(self) -> None:
        if bool(self.days_after) != (self.overdue is not None):
            raise ValueError(f"{self.name}: days after the date and a source of what is overdue go together")

    @property
    def mail_kind(self) -> str:
        """The kind of mail, in the outbox and among the mails that readers stopped."""
        return f"reminder.{self.name}"


_kinds: dict[str, ReminderKind] = {}


def register(*kinds: ReminderKind) -> None:
    """Make kinds of reminder known, in `AppConfig.ready`."""
    _kinds.update({kind.name: kind for kind in kinds})


def kinds() -> tuple[ReminderKind, ...]:
    """Every kind of reminder, in the order of the apps."""
    return tuple(_kinds.values())


def kind(name: str) -> ReminderKind:
    """The kind of this name. Raises KeyError where no app declares it."""
    return _kinds[name]
