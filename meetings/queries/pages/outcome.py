"""The outcome of a meeting as its reader can see it: its official text, translations, corrections, signatures."""

from __future__ import annotations

import datetime
import itertools
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from commons.models import Text, TextVersion
from core.states import Look
from core.text import Shown, TextStatus, language_in_words
from meetings.models import Communique, Meeting
from meetings.queries.communique import Signatures, signatures
from meetings.queries.pages.texts import reviewed_by, text_look


@dataclass(frozen=True)
class OutcomeLanguage:
    """The outcome in one language: its newest version, None where it is not translated."""

    code: str
    status: TextStatus
    version: TextVersion | None
    is_published: bool

    @property
    def name(self) -> str:
        return language_in_words(self.code)

    @property
    def look(self) -> Look:
        return text_look(self.status)

    @property
    def reviewed_by(self) -> str:
        return reviewed_by(self.version)

    @property
    def writing_verb(self) -> str:
        if self.version is None:
            return _("Translate")
        is_correction = self.status == TextStatus.OFFICIAL and self.is_published
        return _("Correct") if is_correction else _("Write")


@dataclass(frozen=True)
class Correction:
    """A version of the official text written after its publication, and the one it corrects."""

    later: TextVersion
    earlier: TextVersion


@dataclass(frozen=True)
class Outcome:
    """The outcome in the reader's language where there is one, else in its official language."""

    text: Text
    shown: Shown
    status: TextStatus
    version: TextVersion | None
    #: The official one first.
    languages: list[OutcomeLanguage]
    is_draft: bool
    communique: Communique | None
    signatures: Signatures | None
    #: Newest first.
    corrections: list[Correction]

    @property
    def wanted_missing(self) -> bool:
        return self.shown.is_other_language

    @property
    def other_languages(self) -> list[OutcomeLanguage]:
        return [row for row in self.languages if row.version and row.code != self.shown.language]


def visible_outcome(meeting: Meeting, is_community: bool, now: datetime.datetime) -> Outcome | None:
    """The outcome for this reader; None where there is none yet.

    The public reads it once published, which at the time of a signed communiqué it is; the organisations read the
    draft too.
    """
    communique = getattr(meeting, "communique", None)
    is_published = meeting.is_published_at(now)
    text = meeting.outcome
    if text is None or not (is_published or is_community):
        return None
    latest, shown = text.latest(), text.shown()
    languages = [
        OutcomeLanguage(code, TextStatus(text.status(code)), latest.get(code), meeting.is_published)
        for code in settings.CONTENT_LANGUAGES
    ]
    languages.sort(key=lambda row: row.status != TextStatus.OFFICIAL)
    return Outcome(
        text=text,
        shown=shown,
        status=TextStatus(text.status(shown.language)),
        version=latest.get(shown.language),
        languages=languages,
        is_draft=not is_published,
        communique=communique,
        signatures=signatures(communique, now) if communique is not None and is_published else None,
        corrections=_corrections(meeting, text),
    )


def _corrections(meeting: Meeting, text: Text) -> list[Correction]:
    if not meeting.published_at:
        return []
    versions = getattr(text, "all_versions", ())
    official = [version for version in versions if version.language == text.authoritative_language]
    pairs = itertools.pairwise(official)
    return [Correction(later, earlier) for earlier, later in pairs if later.written_at > meeting.published_at][::-1]
