"""Acts on long texts: writing a version, answering whether it is published in an organisation's name."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from commons.models import SignOff, Text, TextVersion
from commons.states import SignOffAnswer
from core import journal
from core.errors import Conflict, Incomplete
from core.locks import lock
from organizations.models import Organization


@transaction.atomic
def write_version(
    text: Text,
    *,
    language: str,
    body: str,
    base_number: int | None = None,
    reviewer: str = "",
    actor: User | None,
    now: datetime.datetime,
) -> TextVersion:
    """Add a version of a text; the same words twice add nothing, and the version that has them is returned.

    `base_number` is the number of the version that the writer had before them (0: none). Raises Conflict, carrying
    the newer version, where somebody wrote meanwhile.
    """
    text = lock(text)
    newest = text.versions.filter(language=language).order_by("-number").first()
    number = newest.number if newest else 0
    if base_number is not None and base_number != number:
        raise Conflict(newest)
    source = None
    if language != text.authoritative_language:
        source = text.versions.filter(language=text.authoritative_language).order_by("-number").first()
    if newest and (newest.body, newest.made_from, newest.reviewer) == (body, source, reviewer):
        return newest
    return TextVersion.objects.create(
        text=text,
        language=language,
        number=number + 1,
        body=body,
        made_from=source,
        reviewer=reviewer,
        author=journal.key(actor),
        written_at=now,
    )


@transaction.atomic
def sign_off(
    text: Text,
    *,
    number: int,
    organization: Organization,
    answer: str,
    words: str = "",
    aloud: bool = False,
    actor: User | None,
    now: datetime.datetime,
) -> SignOff:
    """Record whether the official version `number` of a text is published in an organisation's name.

    It may be answered otherwise for as long as the caller accepts it; `words` are those of a reservation. Raises
    Conflict, carrying the newest version, where the text has changed, and Incomplete for no answer or a reservation
    without words.
    """
    text = lock(text)
    official = text.official()
    if official is None or official.number != number:
        raise Conflict(official, _("The text has changed in the meantime. Read it as it is now, then answer."))
    if answer not in SignOffAnswer.values:
        raise Incomplete({"stand": _("Choose an answer.")})
    if answer == SignOffAnswer.RESERVE and not words.strip():
        raise Incomplete({"words": _("Write the reservation; it appears next to the signature.")})
    signed, _made = SignOff.objects.update_or_create(
        version=official,
        organization=organization,
        defaults={
            "stand": SignOffAnswer(answer),
            "words": words.strip() if answer == SignOffAnswer.RESERVE else "",
            "aloud": aloud,
            "author": journal.key(actor),
            "signed_at": now,
        },
    )
    return signed
