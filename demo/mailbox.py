"""The mail of a demonstration: what stands in the outbox, and what allauth wrote into files.

Only mail to made-up addresses is shown (names reserved by RFC 2606): a mailbox that anybody can open must never hold
the sign-in code of a real person.
"""

import email
import email.policy
import email.utils
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from core.clock import UTC
from core.outbox.models import OutboxMessage, State

NEWEST = 50
FILES = 60
RESERVED = (".example", "@example.org", "@example.com", "@example.net", ".example.org", ".example.com", ".test")
RULE = b"-" * 79


@dataclass(frozen=True)
class Mail:
    """One message as its reader would see it."""

    at: object
    to: str
    subject: str
    text: str
    is_waiting: bool = False


def is_made_up(address):
    return address.lower().endswith(RESERVED)


def newest(to=""):
    """[Mail], newest first; of one address where `to` says so."""
    found = [*_outbox(to), *_files(to)]
    return sorted(found, key=lambda mail: mail.at, reverse=True)[:NEWEST]


def _outbox(to):
    wanted = Q()
    for ending in RESERVED:
        wanted |= Q(address__iendswith=ending)
    rows = OutboxMessage.objects.filter(wanted).exclude(state=State.DROPPED)
    if to:
        rows = rows.filter(address__iexact=to)
    for row in rows.order_by("-not_before", "-pk")[:NEWEST]:
        yield Mail(row.sent_at or row.not_before, row.address, row.subject, row.text, row.state == State.PENDING)


def _files(to):
    """Messages written by the file backend that did not pass through the outbox."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    if not folder or not Path(folder).is_dir():
        return
    paths = sorted(Path(folder).glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in paths[:FILES]:
        for part in path.read_bytes().split(b"\n" + RULE + b"\n"):
            if part.strip() and (mail := _parse(part, to)):
                yield mail


def _parse(part, to):
    message = email.message_from_bytes(part, policy=email.policy.default)
    if message.get("Auto-Submitted"):
        return None
    address = email.utils.parseaddr(str(message.get("To", "")))[1]
    if not is_made_up(address) or (to and address.lower() != to.lower()):
        return None
    body = message.get_body(preferencelist=("plain",))
    at = email.utils.parsedate_to_datetime(message["Date"]).astimezone(UTC)
    return Mail(at, address, str(message.get("Subject", "")), body.get_content() if body else "")
