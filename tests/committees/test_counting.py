"""Plurality at large by hand-made vectors."""

import pytest

from committees.counting import PLURALITY, count


def counted(ballots, seats=2, candidates=3, max_marks=2, lots=()):
    rules = {"method": PLURALITY, "seats": seats, "candidates": candidates, "max_marks": max_marks}
    return count(rules, [{"marks": marks} for marks in ballots], lots)


def test_those_with_most_votes_are_elected():
    result = counted([[1, 3], [3], [3, 1], []])
    assert (result["elected"], result["votes"]) == ([3, 1], {"1": "2", "2": "0", "3": "3"})
    assert (result["valid"], result["blank"], result["invalid"], result["tied"]) == (3, 1, 0, [])


def test_a_tie_for_the_last_seat_waits_for_lots():
    ballots = [[1, 2], [1, 3]]
    assert (counted(ballots)["elected"], counted(ballots)["tied"]) == ([1], [2, 3])
    drawn = counted(ballots, lots=[3, 2])
    assert (drawn["elected"], drawn["lots"], drawn["tied"]) == ([1, 3], [3, 2], [])


def test_a_tie_among_the_elected_needs_no_lots():
    assert counted([[1, 2], [1, 2]])["elected"] == [1, 2]


@pytest.mark.parametrize("marks", [[1, 2, 3], [1, 1], [9], [0], [-1]])
def test_what_breaks_the_rules_is_invalid(marks):
    result = counted([marks, [2]])
    assert (result["invalid"], result["valid"], result["votes"]["1"]) == (1, 1, "0")


def test_another_method_is_refused():
    with pytest.raises(ValueError, match="stv"):
        count({"method": "stv", "seats": 1, "candidates": 1, "max_marks": 1}, [])
