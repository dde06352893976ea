"""Fingerprints of what a form showed: whether somebody changed the same fields meanwhile."""

from collections.abc import Sequence

from django.conf import settings
from django.db.models import Model

from core.text import fingerprint

WHEN_AND_WHERE = ("starts_on", "ends_on", "starts_at", "ends_at", "zone", "place", "mode", "link")
ARRANGEMENTS = ("room_id", "additional_room_names", "interpretation", "proposal_minutes")
AGENDA_ITEM = (
    *(f"title_{code}" for code in settings.CONTENT_LANGUAGES),
    "source_language",
    "kind",
    "minutes",
    "day",
    "begins_at",
    "presenter_id",
    "room_id",
    "note",
    "visibility",
    "subject",
)


def fingerprint_of(row: Model, names: Sequence[str]) -> str:
    """A short fingerprint of the values of these attributes."""
    return fingerprint("\x1f".join(str(getattr(row, name)) for name in names))
