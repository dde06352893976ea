"""Guards against two writers: whether a row changed since its form was opened."""

from collections.abc import Sequence

from django.db.models import Model

from core.errors import Conflict
from core.records.models import Citable, Record
from meetings.queries.fingerprints import fingerprint_of


def check_version(row: Citable, base_version: int | None) -> None:
    """Raise Conflict, carrying the row, where its record is no longer at `base_version` (None: any)."""
    if base_version is not None and base_version != Record.objects.get(code=row.code).version:
        raise Conflict(row)


def check_fingerprint(row: Model, names: Sequence[str], seen: str | None) -> None:
    """Raise Conflict, carrying the row, where these attributes are not those of the fingerprint `seen` (None: any)."""
    if seen is not None and seen != fingerprint_of(row, names):
        raise Conflict(row)
