"""Acts on the outbox: writing mails into it, taking them back, and sending what is due."""

import datetime
import smtplib
import time
import uuid
from collections.abc import Collection
from typing import Any

from celery import current_app
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F, Q

from core import clock
from core.outbox import kinds
from core.outbox.messages import mail_of, message
from core.outbox.models import OutboxMessage, State

LEASE = datetime.timedelta(minutes=5)
MAX_ATTEMPTS = 6


def enqueue(*, key: str, **fields: Any) -> bool:
    """Write one mail into the outbox, in the caller's transaction; the same `key` twice writes once.

    The fields are those of `message`. Returns whether the row is new.
    """
    row = message(key=key, **fields)
    before = OutboxMessage.objects.filter(key=key).exists()
    enqueue_all([row])
    return not before


def enqueue_all(rows: list[OutboxMessage]) -> None:
    """Write many mails into the outbox at once; keys that are there already stay as they are."""
    OutboxMessage.objects.bulk_create(rows, ignore_conflicts=True)
    transaction.on_commit(_nudge)


def drop_keys(keys: Collection[str]) -> int:
    """Take back mails that were not sent yet; returns how many."""
    return OutboxMessage.objects.filter(key__in=keys, state=State.PENDING).update(state=State.DROPPED)


def restore_keys(keys: Collection[str]) -> int:
    """Let mails that were taken back be sent after all; returns how many."""
    return OutboxMessage.objects.filter(key__in=keys, state=State.DROPPED).update(state=State.PENDING)


def _nudge() -> None:
    """Ask the worker to drain now. A broker that is away loses nothing: beat asks again within a minute."""
    try:
        current_app.send_task("core.outbox.drain", expires=60, retry=False, ignore_result=True)
    except Exception:  # the broker's library raises its own kinds; the row is there, and beat asks again
        return


def drop(kind: str, code: str) -> int:
    """Take back mails of one kind about a code that were not sent yet; returns how many."""
    return OutboxMessage.objects.filter(kind=kind, code=code, state=State.PENDING).update(state=State.DROPPED)


def forget(kind: str, code: str) -> int:
    """Delete the mails of one kind about a code that were sent or dropped, addresses included; returns how many."""
    return OutboxMessage.objects.filter(kind=kind, code=code).exclude(state=State.PENDING).delete()[0]


def claim(now: datetime.datetime) -> OutboxMessage | None:
    """Lease one due message, or None. A conditional UPDATE that counts rows, so it holds on SQLite too."""
    due = Q(state=State.PENDING, not_before__lte=now) & (Q(leased_until=None) | Q(leased_until__lt=now))
    for pk in OutboxMessage.objects.filter(due).order_by("not_before", "pk").values_list("pk", flat=True)[:10]:
        token = str(uuid.uuid4())
        if OutboxMessage.objects.filter(due, pk=pk).update(
            lease=token, leased_until=now + LEASE, attempts=F("attempts") + 1
        ):
            return OutboxMessage.objects.get(pk=pk)
    return None


def _finish(row: OutboxMessage, **changes: Any) -> None:
    """Write the end of an attempt, unless another worker holds the lease meanwhile."""
    OutboxMessage.objects.filter(pk=row.pk, lease=row.lease).update(lease="", leased_until=None, **changes)


def _failed(row: OutboxMessage, error: Exception, now: datetime.datetime) -> None:
    """Write a failed attempt: for good after a refusal or too many attempts, else to be tried again later."""
    permanent = isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) and _code(error) >= 500
    reason = f"{type(error).__name__}: {error}"[:300]
    if permanent or row.attempts >= MAX_ATTEMPTS:
        _finish(row, state=State.DEAD, last_error=reason)
    else:
        _finish(row, not_before=now + datetime.timedelta(minutes=2**row.attempts), last_error=reason)


def _code(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((code for code, _reason in error.recipients.values()), default=0)
    return error.smtp_code


def drain(budget: float = 20.0) -> int:
    """Send what is due for up to `budget` seconds; returns how many were sent."""
    sent, until = 0, time.monotonic() + budget
    connection = None
    while time.monotonic() < until:
        row = claim(clock.now())
        if row is None:
            break
        try:
            if not kinds.is_wanted(row, clock.now()):
                _finish(row, state=State.DROPPED)
                continue
            connection = connection or get_connection()
            mail_of(row, connection).send()
        except Exception as error:  # one bad message or server never stops the rest
            connection = None
            _failed(row, error, clock.now())
        else:
            _finish(row, state=State.SENT, sent_at=clock.now(), last_error="")
            sent += 1
    return sent
