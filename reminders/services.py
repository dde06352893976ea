"""Planning reminders: what is due is pulled from every floor, and becomes rows of the outbox with unique keys."""

import datetime
import hashlib
import logging
from dataclasses import dataclass

from django.db import transaction

from accounts.services import stopped
from core import clock, deadlines, heartbeat
from core.outbox import services as outbox
from core.outbox.models import State
from reminders import emails
from reminders.states import AHEAD, GRACE, SLEEPS, TIMES, WAKES, mail_kind

log = logging.getLogger(__name__)
DAY = datetime.timedelta(days=1)
INSTANT = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Slot:
    """One mail that should exist: this due, told to this recipient, so many days before or after."""

    due: deadlines.Due
    recipient: deadlines.Recipient
    days: int
    at: datetime.datetime

    @property
    def key(self):
        who = "|".join([self.due.code, self.due.part, self.recipient.address.lower()])
        digest = hashlib.sha256(who.encode()).hexdigest()[:32]
        at = self.due.at.astimezone(clock.UTC).strftime(INSTANT)
        return f"{mail_kind(self.due.kind)}:{at}:{self.days}:{digest}"


def plan(now):
    """Write what is to be told from two days back to half a day ahead, and take back what no longer holds.

    May run twice at once, late, or with the clock set back: keys are unique, and what is over is skipped.
    Returns (written, taken back).
    """
    expected, answered = _expected(now)
    known = outbox.keys_of([mail_kind(kind) for kind in answered])
    rows = emails.build([slot for key, slot in expected.items() if key not in known], now, not_before)
    gone = [key for key, state in known.items() if state == State.PENDING and key not in expected]
    again = [key for key, state in known.items() if state == State.DROPPED and key in expected]
    with transaction.atomic():
        outbox.enqueue_all(rows)
        dropped = outbox.drop_keys(gone) if gone else 0
        if again:
            outbox.restore_keys(again)
    heartbeat.beat("plan", now)
    return len(rows), dropped


def _expected(now):
    """({key: Slot}, kinds whose source answered): a source that fails stops neither the others nor its own rows."""
    found, answered = {}, set()
    for source in deadlines.sources():
        try:
            dues = list(_dues(source, now, now + _span(source, "before") + AHEAD + DAY))
            found |= {slot.key: slot for due in dues for slot in slots(due, now)}
        except Exception:
            log.exception("no reminders planned of %s", ", ".join(source.kinds))
        else:
            answered |= {kind for kind in source.kinds if kind in TIMES}
    unwanted = stopped({(slot.recipient.address, mail_kind(slot.due.kind)) for slot in found.values()})
    wanted = {
        key: slot
        for key, slot in found.items()
        if (slot.recipient.address.lower(), mail_kind(slot.due.kind)) not in unwanted
    }
    return wanted, answered


def _span(source, side):
    return max((max(getattr(TIMES[kind], side), default=0) for kind in source.kinds if kind in TIMES), default=0) * DAY


def _dues(source, now, until):
    yield from source.ahead(now, until)
    if source.overdue:
        yield from source.overdue(now - _span(source, "after") - GRACE, now)


def slots(due, now):
    """The Slots of a due that are to stand in the outbox now: of those past only the latest, and those of today."""
    times = TIMES.get(due.kind)
    if times is None:
        return
    moments = sorted((_moment(due, days), days) for days in times.offsets)
    window = [(at, days) for at, days in moments if now - GRACE <= at <= now + AHEAD and (days > 0 or due.at > now)]
    past = [one for one in window if one[0] <= now]
    for at, days in [*past[-1:], *(one for one in window if one[0] > now)]:
        for recipient in due.recipients:
            yield Slot(due, recipient, days, at)


def _moment(due, days):
    if days:
        return due.at + days * DAY
    last_day = clock.today(due.at - datetime.timedelta(seconds=1), due.zone)
    morning = datetime.datetime.combine(last_day, datetime.time(WAKES), tzinfo=clock.zone(due.zone))
    return min(morning.astimezone(clock.UTC), due.at - datetime.timedelta(hours=1))


def not_before(slot, now):
    """When it may go out: its moment, but not in its reader's night unless it would then come too late."""
    at = max(slot.at, now)
    local = at.astimezone(clock.zone(slot.recipient.zone))
    if WAKES <= local.hour < SLEEPS:
        return at
    day = local.date() + (DAY if local.hour >= SLEEPS else datetime.timedelta())
    morning = datetime.datetime.combine(day, datetime.time(WAKES), tzinfo=local.tzinfo).astimezone(clock.UTC)
    return morning if slot.days > 0 or morning < slot.due.at else at


def still_wanted(kind, code, address, key):
    """Asked just before a reminder is sent: whether the planner would still write it."""
    now = clock.now()
    _kind, at, _days, _digest = key.rsplit(":", 3)
    at = datetime.datetime.strptime(at, INSTANT).replace(tzinfo=clock.UTC)
    if stopped({(address, kind)}):
        return False
    for source in deadlines.sources():
        if kind in map(mail_kind, source.kinds):
            dues = _dues(source, now, max(at, now) + datetime.timedelta(seconds=1))
            return any(
                slot.key == key for due in dues if due.at.replace(microsecond=0) == at for slot in slots(due, now)
            )
    return False
