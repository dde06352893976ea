"""How the versions of a text are drawn."""

from __future__ import annotations

from core.states import Look
from core.text import TextStatus

_LOOKS = {TextStatus.OFFICIAL: Look.DONE, TextStatus.CURRENT: Look.DONE, TextStatus.STALE: Look.RISK}


def text_look(status: TextStatus) -> Look:
    """How the state of a language version is drawn."""
    return _LOOKS.get(status, Look.DRAFT)
