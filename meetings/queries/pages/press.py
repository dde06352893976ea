"""The page of a published communiqué for the press: its text to copy in each language."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from meetings.models import Communique
from meetings.queries.communique import Signatures, language_columns, press_text, signatures
from meetings.queries.pages.texts import ShownLanguage


@dataclass(frozen=True)
class PressText(ShownLanguage):
    """One language of a published communiqué, as text to copy."""

    text: str


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
