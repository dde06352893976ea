"""The page of a published communiqué for the press: its text to copy in each language."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from core.states import Look
from core.text import TextStatus, language_in_words
from meetings.models import Communique
from meetings.queries.communique import LanguageColumn, Signatures, language_columns, press_text, signatures
from meetings.queries.pages.texts import reviewed_by, text_look


@dataclass(frozen=True)
class PressText:
    """One language of a published communiqué, as text to copy."""

    column: LanguageColumn
    text: str

    @property
    def code(self) -> str:
        return self.column.code

    @property
    def name(self) -> str:
        return language_in_words(self.code)

    @property
    def status(self) -> TextStatus:
        return self.column.status

    @property
    def look(self) -> Look:
        return text_look(self.status)

    @property
    def reviewed_by(self) -> str:
        return reviewed_by(self.column.version)


@dataclass(frozen=True)
class PressPage:
    """A published communiqué in its languages, with those who signed it."""

    signatures: Signatures
    texts: list[PressText]


def press_page(communique: Communique, now: datetime.datetime) -> PressPage:
    """The page for everybody."""
    meeting, signed = communique.meeting, signatures(communique, now)
    written = [column for column in language_columns(meeting.outcome) if column.version]
    return PressPage(signed, [PressText(column, press_text(meeting, column, signed)) for column in written])
