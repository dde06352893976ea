"""Rows of many kinds in one query: a UNION over what each model shows to this reader.

Each part is what the model's own `visible_to(user, now)` gives, so a thread, a search result or a feed can
never show what its page would refuse.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils.functional import Promise

from core.records.registry import Kind, kind_of, kinds
from core.text import Shown, content_language
from core.visibility import Reader

COLUMNS = (
    "row_kind",
    "row_code",
    "row_state",
    "row_date",
    "row_language",
    *(f"row_{x}" for x in settings.CONTENT_LANGUAGES),
)


@dataclass(frozen=True)
class Row:
    """One record as a line: enough to list it, link to it and show its state."""

    kind: Kind
    code: str
    state: str
    date: datetime.date | None
    language: str
    titles: dict[str, str]

    @property
    def title(self) -> Shown:
        """core.text.Shown, in the reader's language or the record's own."""
        wanted = content_language()
        for code in (wanted, self.language, *settings.CONTENT_LANGUAGES):
            if self.titles.get(code):
                return Shown(self.titles[code], code, wanted)
        return Shown(self.code, wanted, wanted)

    @property
    def address(self) -> str:
        return self.kind.address(self.code)

    @property
    def state_label(self) -> str | Promise:
        return self.kind.state_label(self.state)

    @property
    def status(self) -> str:
        """fulfilled, underway, dropped, or empty where the record is no commitment."""
        return self.kind.status.get(self.state, "")


def _text(expression: Combinable) -> Cast:
    return Cast(expression, CharField(max_length=400))


def _select(kind: Kind, codes: list[str], user: Reader, now: datetime.datetime) -> QuerySet[Any, tuple[Any, ...]]:
    columns: dict[str, Combinable] = {"row_kind": Value(kind.code), "row_code": F("code")}
    columns["row_state"] = _text(F(kind.state)) if kind.state else Value("")
    columns["row_date"] = Cast(F(kind.date), DateField()) if kind.date else Cast(Value(None), DateField())
    columns["row_language"] = F("source_language") if kind.translated else Value("")
    for code in settings.CONTENT_LANGUAGES:
        if kind.translated:
            columns[f"row_{code}"] = _text(F(f"{kind.title}_{code}"))
        else:
            columns[f"row_{code}"] = _text(F(kind.title)) if code == settings.CONTENT_LANGUAGES[0] else Value("")
    columns["row_kind"] = _text(columns["row_kind"])
    for name in ("row_code", "row_state", "row_language"):
        columns[name] = _text(columns[name])
    for code in settings.CONTENT_LANGUAGES:
        columns[f"row_{code}"] = _text(columns[f"row_{code}"])
    rows: Any = kind.model()._default_manager
    visible = rows.visible_to(user, now).filter(code__in=codes)
    return visible.order_by().annotate(**columns).values_list(*COLUMNS)


def rows(codes: Iterable[str], user: Reader, now: datetime.datetime) -> dict[str, Row]:
    """{code: Row} of those of `codes` that this reader may see. One query, however many kinds."""
    by_kind: dict[str, list[str]] = {}
    for code in set(codes):
        if kind := kind_of(code):
            by_kind.setdefault(kind.code, []).append(code)
    parts = [_select(kinds()[letters], sorted(group), user, now) for letters, group in sorted(by_kind.items())]
    if not parts:
        return {}
    query = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    found = {}
    for letters, code, state, date, language, *titles in query:
        by_language = dict(zip(settings.CONTENT_LANGUAGES, titles, strict=True))
        found[code] = Row(kinds()[letters], code, state, date, language, by_language)
    return found
