"""What changed between two texts, word by word, for people to read."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

#: A word, or what is between two words; nothing of the text is lost.
PIECES = re.compile(r"\s+|\w+|[^\w\s]")
#: Longer texts are compared line by line: comparing words takes the square of their number.
MOST_WORDS = 4000


class PieceKind(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is the same in both, added or removed."""

    kind: PieceKind
    text: str


def compare(before: str, after: str) -> list[Piece]:
    """The pieces from one text to the other: all but the added give `before`, all but the removed give `after`."""
    old, new = PIECES.findall(before), PIECES.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece(PieceKind.SAME, "".join(old[i:j])))
            continue
        if i < j:
            found.append(Piece(PieceKind.REMOVED, "".join(old[i:j])))
        if k < m:
            found.append(Piece(PieceKind.ADDED, "".join(new[k:m])))
    return found
