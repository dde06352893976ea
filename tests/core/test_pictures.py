"""A photograph keeps what draws it and which way up it is; where it was taken, and what else was packed in, is gone."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError

from core import pictures


def chunk(name, body):
    return struct.pack(">I4s", len(body), name) + body + struct.pack(">I", zlib.crc32(name + body))


def png(width=3, height=2, *more):
    rows = b"".join(b"\x00" + b"\x40\x80\xc0" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(more) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")  # fmt: skip


def segment(mark, body):
    return bytes([0xFF, mark]) + struct.pack(">H", len(body) + 2) + body


def exif(turned, order="<"):
    """An orientation, and a place where somebody stood."""
    sign = b"II*\0" if order == "<" else b"MM\0*"
    entries = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, turned, 0) + struct.pack(f"{order}HHII", 0x8825, 4, 1, 0)
    return b"Exif\0\0" + sign + struct.pack(f"{order}IH", 8, 2) + entries + b"\0\0\0\0GPS -34.9 -56.2"


def jpeg(width=30, height=20, *more, scan=b"\x12\xff\x00\x34\xff\xd0\x56"):
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")
    start = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
    return b"\xff\xd8" + start + b"".join(more) + frame + segment(0xDA, b"\x01\x01\0\0\x3f\0") + scan + b"\xff\xd9"


def read(data):
    upload = io.BytesIO(data)
    upload.size = len(data)
    return pictures.read(upload)


def test_a_png_loses_its_words_and_what_follows_it():
    found = read(png(3, 2, chunk(b"tEXt", b"GPS\0here"), chunk(b"eXIf", b"II*\0")) + b"<script>")
    assert found.content == png(3, 2)
    assert (found.kind.media, found.width, found.height) == ("image/png", 3, 2)


def test_a_jpeg_loses_where_it_was_taken_and_keeps_which_way_up():
    note, xmp = segment(0xFE, b"a note"), segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>Demo</x>")
    found = read(jpeg(30, 20, segment(0xE1, exif(1)), xmp, note) + b"PK\x03\x04")
    assert found.content == jpeg(30, 20)
    assert (found.width, found.height) == (30, 20)
    for order in "<>":
        turned = read(jpeg(30, 20, segment(0xE1, exif(6, order)), note))
        assert (turned.width, turned.height) == (20, 30), "as it is shown"
        assert b"GPS" not in turned.content and b"note" not in turned.content
        again = read(turned.content)
        assert again == turned, "cleaning twice is cleaning once"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "kind"),
        (b"GIF89a<script>", "kind"),
        (b"\xff\xd8\xff", "broken"),
        (b"\xff\xd8\xff<script>alert(1)</script>", "broken"),
        (jpeg()[:-12], "broken"),
        (png()[:-20], "broken"),
        (b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""), "broken"),
        (jpeg(20_000, 20), "sides"),
        (png(0, 2), "sides"),
        (jpeg() + b"\0" * (4 * 1024 * 1024), "large"),
    ],
)
def test_what_is_no_photograph_is_refused_with_its_reason(data, code):
    with pytest.raises(ValidationError) as refused:
        read(data)
    assert refused.value.code == code
