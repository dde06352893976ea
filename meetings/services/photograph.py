"""The photograph of a communiqué: kept with its words and the consent of those it shows, replaced, taken away."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from core import journal
from core.errors import Incomplete
from meetings.models import Photograph
from meetings.services.common import needs_words, write_words
from meetings.services.outcome import held


@transaction.atomic
def put_photograph(communique, picture, *, captions, alts, language, credit, consent, actor, now):
    """Put a photograph beside a communiqué, or change the words of the one there (`picture` None).

    `picture` is what `core.pictures.read` found; `consent` says who agreed to be shown and how that is known. Raises
    Incomplete, all at once. Returns the Photograph.
    """
    communique = held(communique)
    row = Photograph.objects.filter(communique=communique).first()
    wrong = needs_words(language, "alt", alts, _("Describe what it shows, for people who cannot see it."))
    if picture is None and row is None:
        wrong["file"] = _("Choose a photograph.")
    if not credit.strip():
        wrong["credit"] = _("Write who took it.")
    if not consent.strip():
        wrong["consent"] = _("Write who agreed to be shown, and how that is known.")
    if wrong:
        raise Incomplete(wrong)
    row, replaced = row or Photograph(communique=communique, added_at=now), None
    write_words(row, language, caption=captions, alt=alts)
    row.credit, row.consent, row.author = credit.strip(), consent.strip(), journal.key(actor)
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
            stored.storage.delete(stored.name)
        raise
    if replaced:
        transaction.on_commit(lambda: stored.storage.delete(replaced))
    journal.record(actor, "photograph_put", communique.meeting.code, now, digest=row.digest)
    return row


@transaction.atomic
def take_photograph_away(communique, actor, now):
    """Show it no more, for instance because somebody on it does not agree any longer; its bytes go too. Twice is once."""
    communique = held(communique)
    row = Photograph.objects.filter(communique=communique).first()
    if row is None:
        return
    stored = row.stored
    journal.record(actor, "photograph_taken_away", communique.meeting.code, now, digest=row.digest)
    row.delete()
    transaction.on_commit(lambda: stored.storage.delete(stored.name))
