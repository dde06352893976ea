"""What changed between two texts, word by word, for people to read."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

#: A word, or what stands between two words; nothing of the text is lost.
PIECES = re.compile(r"\s+|\w+|[^\w\s]")
#: Longer texts are compared line by line: comparing words takes the square of their number.
MOST_WORDS = 4000


@dataclass(frozen=True)
class Piece:
    """A stretch of text and whether it was kept, added or removed (`kind`, which is also a CSS class)."""

    kind: str
    text: str


def compare(before: str, after: str) -> list[Piece]:
    """The pieces from one text to the other: all but the added give `before`, all but the removed give `after`."""
    old, new = PIECES.findall(before), PIECES.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("kept", "".join(old[i:j])))
            continue
        if i < j:
            found.append(Piece("removed", "".join(old[i:j])))
        if k < m:
            found.append(Piece("added", "".join(new[k:m])))
    return found
