"""How the versions of a text are drawn."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from commons.models import TextVersion
from core.states import Look
from core.text import TextStatus, language_in_words
from meetings.queries.communique import LanguageColumn

_LOOKS = {TextStatus.OFFICIAL: Look.DONE, TextStatus.CURRENT: Look.DONE, TextStatus.STALE: Look.RISK}


def text_look(status: TextStatus) -> Look:
    """How the state of a language version is drawn."""
    return _LOOKS.get(status, Look.DRAFT)


def reviewed_by(version: TextVersion | None) -> str:
    """`reviewed by Ana (NIC.br)`; empty where nobody reviewed it."""
    reviewer = version.reviewer if version else ""
    return _("reviewed by %(reviewer)s") % {"reviewer": reviewer} if reviewer else ""


@dataclass(frozen=True)
class ShownLanguage:
    """A language of a text as pages head it: its name, how its version stands, who reviewed it."""

    column: LanguageColumn

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
