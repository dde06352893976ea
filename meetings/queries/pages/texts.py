"""How the versions of a text are drawn."""

from __future__ import annotations

from django.utils.translation import gettext as _

from commons.models import TextVersion
from core.states import Look
from core.text import TextStatus

_LOOKS = {TextStatus.OFFICIAL: Look.DONE, TextStatus.CURRENT: Look.DONE, TextStatus.STALE: Look.RISK}


def text_look(status: TextStatus) -> Look:
    """How the state of a language version is drawn."""
    return _LOOKS.get(status, Look.DRAFT)


def reviewed_by(version: TextVersion | None) -> str:
    """`reviewed by Ana (NIC.br)`; empty where nobody reviewed it."""
    reviewer = version.reviewer if version else ""
    return _("reviewed by %(reviewer)s") % {"reviewer": reviewer} if reviewer else ""
