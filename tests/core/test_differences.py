"""What changed between two texts: nothing lost, nothing invented."""

from hypothesis import given
from hypothesis import strategies as st

from core.differences import MOST_WORDS, Piece, compare


def both(pieces):
    before = "".join(piece.text for piece in pieces if piece.kind != "added")
    return before, "".join(piece.text for piece in pieces if piece.kind != "removed")


@given(st.text(), st.text())
def test_the_pieces_give_back_both_texts(before, after):
    assert both(compare(before, after)) == (before, after)


def test_whole_words_change_never_halves_of_them():
    assert compare("un taller en mayo", "un taller en junio") == [
        Piece("same", "un taller en "),
        Piece("removed", "mayo"),
        Piece("added", "junio"),
    ]
    assert compare("igual", "igual") == [Piece("same", "igual")]
    assert compare("", "") == []


def test_a_very_long_text_is_compared_by_lines():
    before = "\n".join(f"línea {n} con palabras" for n in range(MOST_WORDS))
    after = before.replace("línea 7 con", "línea 7 sin")
    pieces = compare(before, after)
    assert both(pieces) == (before, after)
    assert Piece("added", "línea 7 sin palabras\n") in pieces
