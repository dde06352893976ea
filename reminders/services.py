"""Planning reminders: what should be sent becomes rows of the outbox with unique keys."""

import datetime

from django.db import transaction

from core import heartbeat
from core.outbox import services as outbox
from core.outbox.models import State
from core.outbox.queries import states_by_key
from reminders import emails
from reminders.queries import expected


def plan(now: datetime.datetime) -> tuple[int, int]:
    """Write the reminders from two days back to half a day ahead, and take back those that no longer hold.

    May run twice at once, late, or with the clock set back: keys are unique, and what is over is skipped.
    Returns (written, taken back).
    """
    reminders = expected(now)
    known = states_by_key(reminders.answered)
    rows = emails.build([reminder for key, reminder in reminders.by_key.items() if key not in known], now)
    gone = [key for key, state in known.items() if state == State.PENDING and key not in reminders.by_key]
    again = [key for key, state in known.items() if state == State.DROPPED and key in reminders.by_key]
    with transaction.atomic():
        outbox.enqueue_all(rows)
        dropped = outbox.drop_keys(gone) if gone else 0
        if again:
            outbox.restore_keys(again)
    heartbeat.beat("plan", now)
    return len(rows), dropped
