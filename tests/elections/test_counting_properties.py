"""What holds for any ballots: votes are conserved at each stage, and order, grouping and repetition change nothing."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elections.counting import MEEK, PLURALITY, SCOTTISH, count

CANDIDATES = 5
words = st.permutations(range(1, CANDIDATES + 1)).flatmap(
    lambda order: st.integers(0, CANDIDATES).map(lambda length: order[:length])
)
papers = st.lists(st.tuples(words, st.integers(1, 9)), max_size=25)
lots = st.permutations(range(1, CANDIDATES + 1))
seats = st.integers(1, 4)
CAPS = {"cap": 1, "groups": {"A": [1, 2], "B": [3, 4]}, "sitting": {}}
bodies = st.sampled_from([None, CAPS, CAPS | {"sitting": {"A": 1}}, CAPS | {"cap": 2}])


def counted(method, found, number, order, caps=None):
    key = "marks" if method == PLURALITY else "preferences"
    rules = {"method": method, "seats": number, "candidates": CANDIDATES, "max_marks": CANDIDATES}
    ballots = [{key: list(preferences), "weight": weight} for preferences, weight in found]
    return count(rules | ({"caps": caps} if caps else {}), ballots, order)


@pytest.mark.parametrize("method", [SCOTTISH, MEEK])
@given(papers, seats, lots, bodies)
@settings(max_examples=150, deadline=None)
def test_votes_are_conserved_and_the_seats_are_filled(method, found, number, order, caps):
    result = counted(method, found, number, order, caps)
    for stage in result["stages"]:
        held = sum(map(Decimal, stage["totals"].values())) + Decimal(stage["nontransferable"]) + Decimal(stage["lost"])
        assert held == result["valid"]
        assert all(Decimal(stage["totals"][str(n)]) == 0 for n in stage["excluded"])
    assert result["valid"] + result["blank"] == sum(weight for _preferences, weight in found)
    assert len(set(result["elected"])) == len(result["elected"])
    if result["valid"]:
        room = (
            {None: CANDIDATES} if caps is None else {g: max(caps["cap"] - caps["sitting"].get(g, 0), 0) for g in "AB"}
        )
        able = CANDIDATES if caps is None else 1 + sum(min(2, room[g]) for g in "AB")
        assert len(result["elected"]) == min(number, able)
        for group, members in (caps or {"groups": {}})["groups"].items():
            assert len(set(members) & set(result["elected"])) <= room[group]
    else:
        assert result["elected"] == []


@pytest.mark.parametrize("method", [SCOTTISH, MEEK, PLURALITY])
@given(papers, seats, lots, bodies, st.randoms())
@settings(max_examples=100, deadline=None)
def test_order_grouping_and_repetition_change_nothing(method, found, number, order, caps, chance):
    result = counted(method, found, number, order, caps)
    one_by_one = [(preferences, 1) for preferences, weight in found for _again in range(weight)]
    chance.shuffle(one_by_one)
    assert counted(method, one_by_one, number, order, caps) == result
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert counted(method, shuffled, number, order, caps) == result
