"""Which reminders should exist, read from the sources of every kind that is registered."""

import datetime
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field

from accounts.queries import stopped
from core import deadlines
from core.outbox.models import OutboxMessage
from reminders.deadlines import AHEAD, DAY, GRACE, Reminder, instant_of, reminders_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Expected:
    """The reminders that should be in the outbox, by key, and the kinds of mail whose source answered."""

    by_key: dict[str, Reminder] = field(default_factory=dict)
    answered: list[str] = field(default_factory=list)


def expected(now: datetime.datetime) -> Expected:
    """What should be in the outbox now. A source that fails stops neither the others nor its own rows."""
    found: dict[str, Reminder] = {}
    answered = []
    for kind in deadlines.kinds():
        try:
            dues = list(_dues(kind, now, now + _days(kind.days_before) + AHEAD + DAY))
            found |= {reminder.key: reminder for due in dues for reminder in reminders_of(due, now)}
        except Exception:
            log.exception("no reminders planned of %s", kind.name)
        else:
            answered.append(kind.mail_kind)
    unwanted = stopped({(reminder.recipient.address, reminder.kind.mail_kind) for reminder in found.values()})
    wanted = {
        key: reminder
        for key, reminder in found.items()
        if (reminder.recipient.address.lower(), reminder.kind.mail_kind) not in unwanted
    }
    return Expected(wanted, answered)


def still_wanted(row: OutboxMessage, now: datetime.datetime) -> bool:
    """Whether a reminder that is about to be sent would still be planned."""
    if stopped({(row.address, row.kind)}):
        return False
    kind = next(kind for kind in deadlines.kinds() if kind.mail_kind == row.kind)
    at = instant_of(row.key)
    dues = _dues(kind, now, max(at, now) + datetime.timedelta(seconds=1))
    return any(
        reminder.key == row.key
        for due in dues
        if due.at.replace(microsecond=0) == at
        for reminder in reminders_of(due, now)
    )


def _days(offsets: tuple[int, ...]) -> datetime.timedelta:
    return max(offsets, default=0) * DAY


def _dues(kind: deadlines.ReminderKind, now: datetime.datetime, until: datetime.datetime) -> Iterator[deadlines.Due]:
    yield from kind.ahead(now, until)
    if kind.overdue:
        yield from kind.overdue(now - _days(kind.days_after) - GRACE, now)
