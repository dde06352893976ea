"""Cells that no spreadsheet runs, and back again."""

import csv
import datetime
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.tables import FORMULA, as_csv, bare, cell, guarded


@given(st.text())
def test_no_cell_begins_like_a_formula_and_nothing_is_lost(text):
    assert not guarded(text).startswith(FORMULA)
    assert bare(guarded(text)) == text


@given(st.lists(st.lists(st.text(st.characters(exclude_characters="\r\x00", codec="utf-8")), min_size=2, max_size=2)))
def test_what_is_written_is_read_back(rows):
    body = as_csv(["a", "b"], rows)
    assert body.startswith(b"\xef\xbb\xbfa,b\r\n")
    found = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))[1:]
    assert [[bare(value) for value in row] for row in found] == rows


def test_one_form_for_each_kind_of_value():
    zone = datetime.timezone(datetime.timedelta(hours=-3))
    assert cell(datetime.datetime(2024, 1, 22, 18, tzinfo=zone)) == "2024-01-22T21:00:00Z"
    assert [cell(value) for value in (None, True, False, datetime.date(2024, 1, 22), ["a", "b"], 3)] == [
        "",
        "yes",
        "no",
        "2024-01-22",
        "a; b",
        "3",
    ]
    with pytest.raises(ValueError):
        cell(datetime.datetime(2024, 1, 22))
