"""Rows as CSV (RFC 4180), out and in.

Out: UTF-8 with a byte-order mark, so that spreadsheets read accents; CRLF; always with a header. A cell that a
spreadsheet would take for a formula gets a leading apostrophe (OWASP: CSV injection); `bare` takes it away. In: whatever
spreadsheets write.
"""

import csv
import datetime
import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
GUARD = "'"


def guarded(text: str) -> str:
    """The text as a spreadsheet shows it and never runs it."""
    is_formula = text.startswith(FORMULA) or (text.startswith(GUARD) and text[1:].startswith(FORMULA))
    return GUARD + text if is_formula else text


def bare(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith(GUARD) and text[1:].lstrip(GUARD).startswith(FORMULA) else text


def cell(value: Any) -> str:
    """A value in the one form in which it is exported: ISO dates, instants in UTC, `yes`/`no`, lists with `; `."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        if not is_aware(value):
            raise ValueError("an instant without a zone is not exported")
        return value.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return guarded("; ".join(str(one) for one in value))
    if isinstance(value, int | float):
        return str(value)
    return guarded(str(value))


def as_csv(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """Bytes of a header and of rows, each an iterable of values in the order of `columns`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(value) for value in row])
    return ("\ufeff" + out.getvalue()).encode()


def csv_answer(name: str, columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """The same as a download called `name`. What it holds depends on the reader: no shared cache stores it."""
    response = HttpResponse(as_csv(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    patch_cache_control(response, private=True, max_age=0)
    patch_vary_headers(response, ["Cookie"])
    return response


#: A larger one is the wrong file.
MOST_BYTES = 400_000
DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True)
class Sheet:
    """What a file holds: rows as (line number, {column: text}), and columns that are ignored because nobody knows them."""

    rows: list[tuple[int, dict[str, str]]]
    unknown: list[str]


def decoded(data: bytes) -> str:
    """The text of a file as people's spreadsheets write it: UTF-8 or UTF-16 with its mark, else Windows-1252.

    Raises ValueError, with a sentence for people, where it is no text or too large.
    """
    if len(data) > MOST_BYTES:
        raise ValueError(_("The file is larger than %(n)s kB.") % {"n": MOST_BYTES // 1000})
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ValueError(_("This is not a text file. Save the spreadsheet as CSV and choose that file."))


def read_csv(text: str, known: Collection[str], needed: Collection[str], most: int) -> Sheet:
    """The Sheet of a CSV text whose first line names its columns, with commas, semicolons or tabulators between them.

    Cells lose the guard against formulas. Lines without any word are passed over. Raises ValueError, with a sentence,
    where columns are missing or named twice, or where there are more than `most` rows.
    """
    lines = text.lstrip("\ufeff").splitlines()
    head = next((line for line in lines if line.strip()), "")
    delimiter = max(DELIMITERS, key=lambda mark: len(set(known) & {name.strip().lower() for name in head.split(mark)}))
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, dict[str, str]]] = []
    columns: list[str] | None = None
    try:
        for cells in reader:
            if not any(one.strip() for one in cells):
                continue
            if columns is None:
                columns = [one.strip().strip('"').lower() for one in cells]
                _check_columns(columns, needed)
                continue
            if len(rows) >= most:
                raise ValueError(_("The file has more than %(n)s rows.") % {"n": most})
            values = {name: bare(one.strip()) for name, one in zip(columns, cells, strict=False) if name in known}
            rows.append((reader.line_num, values))
    except csv.Error as error:
        raise ValueError(_("Line %(n)s could not be read as CSV.") % {"n": reader.line_num}) from error
    if columns is None:
        raise ValueError(_("The file is empty."))
    return Sheet(rows, [name for name in columns if name and name not in known])


def _check_columns(columns: list[str], needed: Iterable[str]) -> None:
    missing = [name for name in needed if name not in columns]
    if missing:
        raise ValueError(_("These columns are missing: %(names)s.") % {"names": ", ".join(missing)})
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise ValueError(_("These columns appear twice: %(names)s.") % {"names": ", ".join(twice)})
