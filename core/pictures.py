"""Photographs that people send: told by their bytes, measured, and freed of everything that is not the picture.

A camera writes where it stood and when, and a file may carry whatever else; only what draws the picture is kept (and
which way up it is). Sources: ISO/IEC 10918-1 annex B (JPEG), W3C PNG 5 (PNG), CIPA DC-008 (Exif orientation).
"""

import struct
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.files import Kind

MOST_BYTES = 4 * 1024 * 1024
LARGEST_SIDE = 10_000
JPEG, PNG = Kind("image/jpeg", "jpg"), Kind("image/png", "png")
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs"}
#: APP0 (JFIF), APP2 (colour profile), APP14 (colour transform): without them colours would change.
_JPEG_KEPT = {0xE0, 0xE2, 0xEE}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True)
class Picture:
    """The bytes to keep, what they are, and how wide and high it is shown, in pixels."""

    content: bytes
    kind: Kind
    width: int
    height: int


def read(upload):
    """The Picture in an uploaded file. Raises ValidationError, with a sentence, where it is none, broken or too heavy."""
    if upload.size > MOST_BYTES:
        raise ValidationError(_("The photograph is larger than 4 MB. Send a smaller copy."), code="large")
    upload.seek(0)
    data = upload.read()
    try:
        if data.startswith(b"\xff\xd8\xff"):
            found = _jpeg(data)
        elif data.startswith(_PNG_HEAD):
            found = _png(data)
        else:
            raise ValidationError(_("Send a photograph as JPEG or PNG."), code="kind")
    except (struct.error, IndexError, ValueError) as error:
        raise ValidationError(_("This picture is broken or not whole. Send it again."), code="broken") from error
    if not (0 < found.width <= LARGEST_SIDE and 0 < found.height <= LARGEST_SIDE):
        raise ValidationError(_("The photograph is larger than 10,000 pixels on a side."), code="sides")
    return found


def _png(data):
    kept, place, sides, name = [_PNG_HEAD], len(_PNG_HEAD), None, b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", data, place)
        end = place + 12 + length
        if end > len(data):
            raise ValueError("cut off")
        if name == b"IHDR":
            sides = struct.unpack_from(">II", data, place + 8)
        if name in _PNG_KEPT:
            kept.append(data[place:end])
        place = end
    if sides is None:
        raise ValueError("no header")
    return Picture(b"".join(kept), PNG, *sides)


def _jpeg(data):
    kept, place, sides, turned = [], 2, None, 1
    while True:
        if data[place] != 0xFF:
            raise ValueError("no marker")
        mark = data[place + 1]
        if mark == 0xFF:  # padding
            place += 1
        elif mark == 0xD9:
            break
        else:
            end = place + 2 + struct.unpack_from(">H", data, place + 2)[0]
            if end > len(data):
                raise ValueError("cut off")
            if mark == 0xE1:
                turned = _orientation(data[place + 4 : end]) or turned
            elif mark in _FRAMES:
                sides = struct.unpack_from(">HH", data, place + 5)[::-1]
            if mark not in {*range(0xE0, 0xF0), 0xFE} or mark in _JPEG_KEPT:
                kept.append(data[place:end])
            place = end
            if mark == 0xDA:
                place = _end_of_scan(data, end)
                kept.append(data[end:place])
    if sides is None:
        raise ValueError("no frame")
    head = b"\xff\xd8" + (_only_orientation(turned) if turned != 1 else b"")
    return Picture(head + b"".join(kept) + b"\xff\xd9", JPEG, *(sides[::-1] if turned >= 5 else sides))


def _end_of_scan(data, place):
    """Where the next marker stands after compressed data, in which FF 00 and restart marks are no markers."""
    while True:
        place = data.index(b"\xff", place)
        following = data[place + 1]
        if following == 0 or 0xD0 <= following <= 0xD7:
            place += 2
        elif following == 0xFF:
            place += 1
        else:
            return place


def _orientation(segment):
    """1 to 8 as Exif says, 0 where it says nothing that is understood."""
    if not segment.startswith(b"Exif\0\0"):
        return 0
    tiff = segment[6:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 0
    try:
        first = struct.unpack_from(f"{order}I", tiff, 4)[0]
        for n in range(struct.unpack_from(f"{order}H", tiff, first)[0]):
            tag, kind, _count, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * n)
            if (tag, kind) == (0x0112, 3) and 1 <= value <= 8:
                return value
    except struct.error:
        return 0
    return 0


def _only_orientation(turned):
    """An Exif segment that says which way up, and nothing else."""
    tiff = b"MM\x00\x2a" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, turned, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
