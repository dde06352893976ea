"""The photograph of a communiqué, with its description and the consent of those it shows."""

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import journal
from core.errors import Incomplete
from core.locks import lock
from core.pictures import Picture
from meetings.models import Communique, Photograph
from meetings.models.translations import set_translations
from meetings.queries.translations import missing_official_text


@dataclass(frozen=True)
class PhotographDetails:
    """The texts of a photograph: `captions` and `alts` are {language: text}; `consent` says who agreed to be
    shown and how that is known."""

    captions: Mapping[str, str]
    alts: Mapping[str, str]
    language: str
    credit: str
    consent: str


@transaction.atomic
def set_photograph(
    communique: Communique,
    *,
    picture: Picture | None,
    details: PhotographDetails,
    actor: User | None,
    now: datetime.datetime,
) -> Photograph:
    """Add or replace the photograph of a communiqué, or (`picture` None) change only its details. Returns it.

    `picture` is what `core.pictures.read` found. A replaced file is deleted once the transaction is committed.
    Raises Incomplete with everything that is missing.
    """
    lock(communique.meeting)
    communique = lock(communique, "meeting")
    row = Photograph.objects.filter(communique=communique).first()
    missing = _missing(details)
    if picture is None and row is None:
        missing["file"] = _("Choose a photograph.")
    if missing:
        raise Incomplete(missing)
    row, replaced = row or Photograph(communique=communique, added_at=now), None
    set_translations(row, details.language, caption=details.captions, alt=details.alts)
    row.credit, row.consent, row.author = details.credit.strip(), details.consent.strip(), journal.key(actor)
    if picture is not None:
        replaced = row.stored.name
        row.media, row.ending = picture.kind.media, picture.kind.ending
        row.width, row.height = picture.width, picture.height
        row.digest, row.added_at = hashlib.sha256(picture.content).hexdigest(), now
        row.stored.save("photograph", ContentFile(picture.content), save=False)
    stored = row.stored
    try:
        with transaction.atomic():
            row.save()
    except BaseException:
        if picture is not None:
            stored.delete(save=False)
        raise
    if replaced:
        transaction.on_commit(partial(stored.storage.delete, replaced))
    journal.record(actor, "photograph_put", communique.meeting.code, now, digest=row.digest)
    return row


def _missing(details: PhotographDetails) -> dict[str, str]:
    message = _("Describe what it shows, for people who cannot see it.")
    missing = missing_official_text(details.language, "alt", details.alts, message)
    if not details.credit.strip():
        missing["credit"] = _("Write who took it.")
    if not details.consent.strip():
        missing["consent"] = _("Write who agreed to be shown, and how that is known.")
    return missing


@transaction.atomic
def remove_photograph(communique: Communique, *, actor: User | None, now: datetime.datetime) -> None:
    """Remove the photograph, for instance because somebody it shows no longer agrees. Twice is once.

    Its stored file is deleted once the transaction is committed.
    """
    lock(communique.meeting)
    communique = lock(communique, "meeting")
    row = Photograph.objects.filter(communique=communique).first()
    if row is None:
        return
    stored = row.stored
    journal.record(actor, "photograph_taken_away", communique.meeting.code, now, digest=row.digest)
    row.delete()
    transaction.on_commit(lambda: stored.delete(save=False))
