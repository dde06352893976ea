"""Files that people send: known by their content, never by their name or by what the browser says they are.

Only kinds that do nothing by themselves are accepted. They are stored under a name nobody chose, and served as a download
from an address at which nothing may run.
"""

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.db.models.fields.files import FieldFile
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 20 * 1024 * 1024
TOO_LARGE = "casa.upload_too_large"


@dataclass(frozen=True)
class Kind:
    """What a file is: its media type and the ending it is given."""

    media: str
    ending: str


PDF = Kind("application/pdf", "pdf")
BY_FIRST_BYTES = (
    (b"%PDF-1.", PDF),
    (b"%PDF-2.", PDF),
    (b"\x89PNG\r\n\x1a\n", Kind("image/png", "png")),
    (b"\xff\xd8\xff", Kind("image/jpeg", "jpg")),
)
OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
OFFICE = {
    "word/document.xml": ("wordprocessingml.document", "docx"),
    "ppt/presentation.xml": ("presentationml.presentation", "pptx"),
    "xl/workbook.xml": ("spreadsheetml.sheet", "xlsx"),
}
#: A text that a careless program would take for a page or a script.
_LOOKS_ACTIVE = re.compile(r"<\s*(?:!doctype|html|script|svg|iframe|body|head|\?xml|\?php)|^#!|^\s*%!PS", re.IGNORECASE)
REFUSED = _(
    "This kind of file is not accepted. Send a PDF, an image (PNG, JPEG), a text file, or an office "
    "document without macros."
)


def kind_of(upload: UploadedFile) -> Kind:
    """The Kind of an uploaded file.

    Raises ValidationError, with a sentence, where it is too large, empty or of no kind that is accepted.
    """
    size = upload.size or 0
    if size > MOST_BYTES:
        raise ValidationError(_("The file is larger than 20 MB."), code="large")
    if not size:
        raise ValidationError(_("The file is empty."), code="empty")
    upload.seek(0)
    first = upload.read(8)
    for beginning, kind in BY_FIRST_BYTES:
        if first.startswith(beginning):
            return kind
    found = _archive(upload) if first.startswith(b"PK\x03\x04") else _text(upload)
    if found is None:
        raise ValidationError(REFUSED, code="kind")
    return found


def _archive(upload: UploadedFile) -> Kind | None:
    """An office document by its table of contents; one that carries macros is none."""
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as archive:
            names = {name.lower() for name in archive.namelist()}
            if any("vbaproject" in name or name.startswith(("basic/", "scripts/")) for name in names):
                return None
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                media = archive.read("mimetype").strip()
                return Kind(media.decode(), OPEN_DOCUMENT[media]) if media in OPEN_DOCUMENT else None
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, OSError, ValueError):
        return None
    if "[content_types].xml" in names:
        for name, (subtype, ending) in OFFICE.items():
            if name in names:
                return Kind(f"application/vnd.openxmlformats-officedocument.{subtype}", ending)
    return None


def _text(upload: UploadedFile) -> Kind | None:
    upload.seek(0)
    try:
        text = upload.read().decode("utf-8")
    except UnicodeDecodeError:
        return None
    has_controls = any(unicodedata.category(sign) == "Cc" and sign not in "\t\r\n\f" for sign in text)
    return None if has_controls or _LOOKS_ACTIVE.search(text) else Kind("text/plain", "txt")


def download_name(title: str, kind: Kind | str) -> str:
    """A plain name for a download, made from a title and from a Kind or its ending."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower()[:80] or "file"
    return f"{stem}.{kind.ending if isinstance(kind, Kind) else kind}"


def serve(stored: FieldFile, media: str, name: str, public: bool) -> FileResponse:
    """A file as a download that no browser shows, sniffs or runs."""
    charset = "; charset=utf-8" if media.startswith("text/") else ""
    response = FileResponse(stored.open("rb"), as_attachment=True, filename=name, content_type=media + charset)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "public, max-age=300" if public else "private, no-store"
    return response


class LimitedUploadHandler(FileUploadHandler):
    """Drops a file that is larger than anything accepted here, while it arrives: of 60 MB a third is ever stored, and
    not for long."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > MOST_BYTES:
            if self.request is not None:
                self.request.META[TOO_LARGE] = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
