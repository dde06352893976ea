"""A mail as a row of the outbox, and a row as a mail."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import translation

from core.outbox.models import OutboxMessage


def message(
    *,
    key: str,
    kind: str,
    address: str,
    language: str,
    template: str,
    context: Mapping[str, Any],
    at: datetime.datetime,
    code: str = "",
    not_before: datetime.datetime | None = None,
    calendar: str = "",
    calendar_method: str = "",
    stop_address: str = "",
) -> OutboxMessage:
    """One mail as a row that is not written yet.

    `template` names `templates/<template>.txt` (whose first line is the subject), rendered in `language` (an
    interface code).
    """
    with translation.override(language):
        body = render_to_string(f"{template}.txt", {**context, "address": address, "origin": settings.CASA_ORIGIN})
        subject, _, text = body.lstrip().partition("\n")
        html = render_to_string(
            "mail/base.html", {"subject": subject.strip(), "text": text.strip(), "language": language}
        )
    return OutboxMessage(
        key=key,
        kind=kind,
        code=code,
        address=address,
        language=language,
        subject=" ".join(subject.split())[:250],
        text=text.strip() + "\n",
        html=html,
        calendar=calendar,
        calendar_method=calendar_method,
        stop_address=stop_address,
        not_before=not_before or at,
        created_at=at,
    )


def message_id(row: OutboxMessage) -> str:
    """The same Message-ID for every attempt, so that a double is recognised by the reader's mail program."""
    host = settings.CASA_ORIGIN.split("://")[-1].split(":")[0]
    return f"<{uuid.uuid5(uuid.NAMESPACE_URL, row.key)}@{host}>"


def mail_of(row: OutboxMessage, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The mail of a row: plain text first, the same words in light HTML, a calendar part where there is one."""
    headers = {"Message-ID": message_id(row), "Auto-Submitted": "auto-generated", "Content-Language": row.language}
    if row.stop_address:
        headers["List-Unsubscribe"] = f"<{row.stop_address}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        row.subject, row.text, settings.DEFAULT_FROM_EMAIL, [row.address], headers=headers, connection=connection
    )
    if row.html:
        mail.attach_alternative(row.html, "text/html")
    if row.calendar:
        method = f"; method={row.calendar_method}" if row.calendar_method else ""
        mail.attach_alternative(row.calendar, f"text/calendar{method}; charset=UTF-8")
    return mail
