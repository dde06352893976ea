"""Photographs that people send: read as pictures, made small enough for a page, and freed of all that is not the picture.

A camera writes where it stood and when, and a file may carry whatever else. The picture is decoded and written anew, so
that nothing but what is seen remains of it, the right way up.
"""

import io
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from core.files import MOST_BYTES, Kind

#: On its longer side, in pixels: sharp on a wide page and some 300 kB.
LONGER_SIDE = 1600
#: More is no photograph but a trap: it would fill the memory before it is made small.
MOST_PIXELS = 80_000_000
JPEG, PNG = Kind("image/jpeg", "jpg"), Kind("image/png", "png")


@dataclass(frozen=True)
class Picture:
    """The bytes to store, what they are, and how wide and high they are, in pixels."""

    content: bytes
    kind: Kind
    width: int
    height: int


def read(upload: UploadedFile) -> Picture:
    """The Picture in an uploaded file.

    Raises ValidationError, with a sentence, where it is none, broken or too large.
    """
    if (upload.size or 0) > MOST_BYTES:
        raise ValidationError(_("The file is larger than 20 MB."), code="large")
    try:
        upload.seek(0)
        _check_whole(upload.read())
        upload.seek(0)
        with Image.open(upload, formats=["JPEG", "PNG"]) as found:
            if found.width * found.height > MOST_PIXELS:
                raise Image.DecompressionBombError
            if found.format == "JPEG":
                found.draft("RGB", (LONGER_SIDE, LONGER_SIDE))
            picture = ImageOps.exif_transpose(found)
            picture.thumbnail((LONGER_SIDE, LONGER_SIDE))
            kind = JPEG if found.format == "JPEG" else PNG
            return Picture(_written(picture, kind), kind, picture.width, picture.height)
    except Image.DecompressionBombError as error:
        raise ValidationError(_("The photograph has more than 80 million pixels."), code="pixels") from error
    except UnidentifiedImageError as error:
        raise ValidationError(_("Send a photograph as JPEG or PNG."), code="kind") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise ValidationError(_("This picture is damaged or incomplete. Send it again."), code="broken") from error


def _check_whole(data: bytes) -> None:
    """Raise OSError where the end is missing. A decoder may be configured, for a whole process, to ignore that."""
    if data.startswith(b"\xff\xd8\xff"):
        whole = data.rfind(b"\xff\xd9") > data.rfind(b"\xff\xda") > 0
    else:
        whole = b"IEND" in data or not data.startswith(b"\x89PNG")
    if not whole:
        raise OSError("cut off")


def _written(picture: Image.Image, kind: Kind) -> bytes:
    plain = picture.convert("RGB" if kind is JPEG else "RGBA" if picture.has_transparency_data else "RGB")
    plain.info = {}
    made = io.BytesIO()
    if kind is JPEG:
        plain.save(made, "JPEG", quality=82, optimize=True, progressive=True)
    else:
        plain.save(made, "PNG", optimize=True)
    return made.getvalue()
