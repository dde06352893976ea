"""A photograph is written anew, small and the right way up; where it was taken, and what else was packed in, is gone."""

import io

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from core import pictures


def photograph(width=60, height=40, kind="JPEG", turned=1, mode="RGB"):
    """The bytes of a picture, red above and blue below, with a place, a note and an orientation."""
    picture = Image.new(mode, (width, height), "blue")
    picture.paste("red", (0, 0, width, height // 2))
    exif, made = Image.Exif(), io.BytesIO()
    exif[0x0112], exif[0x010E] = turned, "Demo: where somebody lives"
    picture.save(made, kind, exif=exif, **({"comment": b"a note"} if kind == "JPEG" else {}))
    return made.getvalue()


def read(data):
    upload = io.BytesIO(data)
    upload.size = len(data)
    return pictures.read(upload)


@pytest.mark.parametrize(("kind", "media"), [("JPEG", "image/jpeg"), ("PNG", "image/png")])
def test_only_what_is_seen_remains(kind, media):
    sent = photograph(kind=kind)
    assert b"somebody lives" in sent
    found = read(sent + b"<script>alert(1)</script>PK\x03\x04")
    assert b"somebody lives" not in found.content and b"note" not in found.content and b"script" not in found.content
    assert (found.kind.media, found.width, found.height) == (media, 60, 40)
    with Image.open(io.BytesIO(found.content)) as stored:
        assert not stored.getexif() and stored.size == (60, 40)
        assert stored.convert("RGB").getpixel((30, 5))[0] > 200


def test_it_stands_the_right_way_up():
    found = read(photograph(turned=6))
    assert (found.width, found.height) == (40, 60)
    with Image.open(io.BytesIO(found.content)) as stored:
        assert stored.getpixel((38, 30))[0] > 200, "what was above is now at the right"


def test_it_is_made_small_enough_for_a_page():
    found = read(photograph(4000, 3000))
    assert (found.width, found.height) == (1600, 1200) and len(found.content) < 400_000


def test_a_picture_with_a_clear_ground_keeps_it():
    found = read(photograph(kind="PNG", mode="RGBA"))
    with Image.open(io.BytesIO(found.content)) as stored:
        assert stored.mode == "RGBA"


def too_many_pixels():
    made = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(made, "PNG")
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "kind"),
        (b"GIF89a<script>", "kind"),
        (b"%PDF-1.7", "kind"),
        (photograph()[:-40], "broken"),
        (photograph(kind="PNG")[:60], "broken"),
        (too_many_pixels(), "pixels"),
        (photograph() + b"\0" * (20 * 1024 * 1024), "large"),
    ],
)
def test_what_is_no_photograph_is_refused_with_its_reason(data, code):
    with pytest.raises(ValidationError) as refused:
        read(data)
    assert refused.value.code == code


def test_a_small_picture_cut_off_is_broken():
    """So small that a decoder would pass over what is missing."""
    with pytest.raises(ValidationError) as refused:
        read(photograph(6, 4, kind="PNG")[:-20])
    assert refused.value.code == "broken"
