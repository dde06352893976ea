"""What spreadsheets write is read: their encodings, delimiters, guards; what is no table is refused with a sentence."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.tables import MOST_BYTES, as_csv, decoded, read_csv

KNOWN = ("title", "why")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_what_spreadsheets_write_is_read(encoding, mark):
    text = decoded(f'Title{mark}Why\r\n"Años; uno, dos"{mark}ção\r\n\r\n'.encode(encoding))
    [(line, row)] = read_csv(text, KNOWN, ("title",), 9).rows
    assert (line, row) == (2, {"title": "Años; uno, dos", "why": "ção"})


WORDS = st.text(st.characters(exclude_categories=("C", "Z")), max_size=20)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=5))
@example([("=1", "'=1"), ("''", '"'), ("a;b", "c,d")])
def test_what_was_exported_comes_back(pairs):
    sheet = read_csv(decoded(as_csv(KNOWN, pairs)), KNOWN, ("title",), 99)
    assert [(row["title"], row["why"]) for _line, row in sheet.rows] == [pair for pair in pairs if any(pair)]


def test_formulas_come_back_as_they_were():
    wild = ["=1+1", "+54 9", "-x", "@y", "'=z"]
    sheet = read_csv(decoded(as_csv(("title",), [[one] for one in wild])), ("title",), ("title",), 9)
    assert [row["title"] for _line, row in sheet.rows] == wild


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "vacío"),
        ("why\nx", "title"),
        ("title,title\nx,y", "dos veces"),
        ("title\n" + "x\n" * 10, "más de 9"),
        ('title\n"sin cerrar', "línea 2"),
    ],
)
def test_what_is_no_table_says_why(text, words):
    with pytest.raises(ValueError, match=f"(?i){words}"):
        read_csv(text, KNOWN, ("title",), 9)


def test_no_text_and_too_much_of_it():
    with pytest.raises(ValueError, match="CSV"):
        decoded(b"PK\x03\x04\x00\x00")
    with pytest.raises(ValueError, match="kB"):
        decoded(b"x" * (MOST_BYTES + 1))


def test_unknown_columns_are_told_and_not_taken():
    sheet = read_csv("title,owner,\nx,y,z", KNOWN, ("title",), 9)
    assert (sheet.rows, sheet.unknown) == ([(2, {"title": "x"})], ["owner"])
