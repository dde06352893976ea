"""What the demonstration has where a real meeting has a photograph: a drawing, so that nobody is on it."""

import io

from PIL import Image, ImageDraw

WIDE, HIGH = 1200, 675
WALL, GROUND, INK, WOOD = "#e9e4d8", "#c9c1af", "#13313f", "#8a6f4d"
#: Seven chairs, one for each organisation.
CHAIRS = ("#0b6e6e", "#a8482f", "#3f6b2f", "#6a4c93", "#8a6d1d", "#2f4f8f", "#8f2f5b")


def of_a_meeting():
    """A file: a round arch over a long table with seven chairs."""
    picture = Image.new("RGB", (WIDE, HIGH), WALL)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 470, WIDE, HIGH), fill=GROUND)
    for at, colour in ((0, INK), (34, WALL), (60, "#0b6e6e"), (94, WALL)):
        pen.pieslice((390 + at, 90 + at, 810 - at, 510 - at), 180, 360, fill=colour)
        pen.rectangle((390 + at, 299, 810 - at, 470), fill=colour)
    for place, colour in enumerate(CHAIRS):
        left = 205 + place * 116
        pen.rounded_rectangle((left, 395, left + 80, 540), 14, fill=colour)
    pen.polygon(((150, 520), (1050, 520), (1150, 590), (50, 590)), fill=WOOD)
    pen.rectangle((50, 590, 1150, 612), fill=INK)
    stored = io.BytesIO()
    picture.save(stored, "PNG")
    stored.size = stored.getbuffer().nbytes
    return stored
