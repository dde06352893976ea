"""What a reminder says: what is due, when in its own zone and in its reader's, one link, why, and how to stop."""

import datetime
import logging
from collections import defaultdict

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accounts.queries import stop_page
from accounts.services import issue_links
from core import clock
from core.dates import instant_words
from core.deadlines import Due, Recipient, ReminderKind
from core.outbox.messages import message
from core.outbox.models import OutboxMessage
from core.records.services import CODE
from reminders.deadlines import Reminder, not_before

log = logging.getLogger(__name__)


def build(reminders: list[Reminder], now: datetime.datetime) -> list[OutboxMessage]:
    """Rows for the outbox. A recipient for whom it cannot be written is logged and stops nobody else."""
    tokens = _personal_links(reminders, now)
    rows = []
    for reminder in reminders:
        try:
            token = tokens.get((reminder.due.kind, reminder.due.code, reminder.recipient.address), "")
            rows.append(_row(reminder, token, now))
        except Exception:
            log.exception("no reminder written for %s", reminder.key)
    return rows


def _personal_links(reminders: list[Reminder], now: datetime.datetime) -> dict[tuple[str, str, str], str]:
    """{(kind, code, address): token} of new links, for the kinds of reminder that carry one."""
    ends: dict[ReminderKind, set[tuple[str, str]]] = defaultdict(set)
    for reminder in reminders:
        if reminder.kind.link_purpose:
            ends[reminder.kind].add((reminder.due.code, reminder.recipient.address))
    return {
        (kind.name, code, address): token
        for kind, pairs in ends.items()
        for (code, address), token in issue_links(kind.link_purpose, pairs, now, kind.link_days).items()
    }


def _row(reminder: Reminder, token: str, now: datetime.datetime) -> OutboxMessage:
    due, recipient, kind = reminder.due, reminder.recipient, reminder.kind
    with translation.override(recipient.language):
        stop = stop_page(recipient.address, kind.mail_kind)
        context = due.about | _when_and_where(kind, due, recipient, token)
    return message(
        key=reminder.key,
        kind=kind.mail_kind,
        code=due.code[:40],
        address=recipient.address,
        language=recipient.language,
        template=kind.template,
        context=context | {"stop": stop, "is_late": reminder.is_late, "name": recipient.name},
        at=now,
        not_before=not_before(reminder, now),
        stop_address=stop,
    )


def _when_and_where(kind: ReminderKind, due: Due, recipient: Recipient, token: str) -> dict[str, str]:
    """What every template needs, in the language in force. An end is written as its last minute."""
    at = due.at if kind.is_beginning or due.at.second else due.at - datetime.timedelta(minutes=1)
    there, here = at.astimezone(clock.zone(due.zone)), at.astimezone(clock.zone(recipient.zone))
    yours = "" if there.utcoffset() == here.utcoffset() else instant_words(at, recipient.zone)
    page = settings.CASA_ORIGIN + _path(kind, due, token)
    return {"when": instant_words(at, due.zone), "yours": yours, "page": page, "code": due.code}


def _path(kind: ReminderKind, due: Due, token: str) -> str:
    if kind.page:
        return kind.page(due, token)
    return reverse("code", args=[due.code]) if CODE.fullmatch(due.code) else reverse("my_work")
