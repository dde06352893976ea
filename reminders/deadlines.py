"""When a reminder of something due is sent, whatever it is about."""

import datetime
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from core import clock, deadlines

DAY = datetime.timedelta(days=1)
#: How late a reminder may still be planned; what is older is past its use.
GRACE = datetime.timedelta(days=2)
#: How long before its moment a reminder is written, so that it can be seen waiting.
AHEAD = datetime.timedelta(hours=12)
#: Nobody is written to between these hours of their day.
SLEEPS, WAKES = 21, 8
INSTANT = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Reminder:
    """One mail that should exist: about this due, to this recipient, so many days before (negative) or after it."""

    due: deadlines.Due
    recipient: deadlines.Recipient
    days: int
    at: datetime.datetime

    @property
    def kind(self) -> deadlines.ReminderKind:
        return deadlines.kind(self.due.kind)

    @property
    def is_late(self) -> bool:
        return self.days > 0

    @property
    def key(self) -> str:
        """The key of its row in the outbox, the same however often it is planned."""
        about = "|".join([self.due.code, self.due.part, self.recipient.address.lower()])
        digest = hashlib.sha256(about.encode()).hexdigest()[:32]
        return f"{self.kind.mail_kind}:{self.due.at.astimezone(clock.UTC).strftime(INSTANT)}:{self.days}:{digest}"


def instant_of(key: str) -> datetime.datetime:
    """The instant, to the second, at which what the reminder with this key is about is due."""
    _kind, at, _days, _digest = key.rsplit(":", 3)
    return datetime.datetime.strptime(at, INSTANT).replace(tzinfo=clock.UTC)


def reminders_of(due: deadlines.Due, now: datetime.datetime) -> Iterator[Reminder]:
    """The reminders of a due that belong in the outbox now: of those past only the latest, and those of today."""
    kind = deadlines.kind(due.kind)
    offsets = (*(-days for days in kind.days_before), *kind.days_after)
    moments = sorted((_moment(due, days), days) for days in offsets)
    window = [(at, days) for at, days in moments if now - GRACE <= at <= now + AHEAD and (days > 0 or due.at > now)]
    past = [moment for moment in window if moment[0] <= now]
    for at, days in [*past[-1:], *(moment for moment in window if moment[0] > now)]:
        for recipient in due.recipients:
            yield Reminder(due, recipient, days, at)


def _moment(due: deadlines.Due, days: int) -> datetime.datetime:
    if days:
        return due.at + days * DAY
    last_day = clock.today(due.at - datetime.timedelta(seconds=1), due.zone)
    morning = datetime.datetime.combine(last_day, datetime.time(WAKES), tzinfo=clock.zone(due.zone))
    return min(morning.astimezone(clock.UTC), due.at - datetime.timedelta(hours=1))


def not_before(reminder: Reminder, now: datetime.datetime) -> datetime.datetime:
    """When it may be sent: its moment, but not in its reader's night unless it would then come too late."""
    at = max(reminder.at, now)
    local = at.astimezone(clock.zone(reminder.recipient.zone))
    if WAKES <= local.hour < SLEEPS:
        return at
    day = local.date() + (DAY if local.hour >= SLEEPS else datetime.timedelta())
    morning = datetime.datetime.combine(day, datetime.time(WAKES), tzinfo=local.tzinfo).astimezone(clock.UTC)
    return morning if reminder.is_late or morning < reminder.due.at else at
