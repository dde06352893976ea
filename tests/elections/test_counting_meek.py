"""Meek against published counts.

Numbers: the reference dumps of Droop, the program of the author of the Proportional Representation Foundation's rule
(github.com/jklundell/droop, test/ref/dump/*-meek-prf-o6-fixed-p9-d9.txt), of which `AGREEING` and `FIVE_ONE_THREE` are
small elections and `ACCURACY` is the example of Hill and Wichmann, "The computational accuracy using the Meek
algorithm", Voting matters 12 (2000). Only the numbers are taken.
"""

import pytest

from elections.counting import MEEK, LotNeeded, count

AGREEING = {(1, 2): 4, (3,): 2}
FIVE_ONE_THREE = {(1, 2): 5, (2,): 1, (3,): 3}
ACCURACY = {
    (1, 3): 333,
    (1, 4): 333,
    (1, 5): 333,
    (2, 3): 333,
    (2, 4): 333,
    (2, 5): 333,
    (3,): 667,
    (4,): 667,
    (5,): 667,
    (1, 2, 3): 1,
    (1, 2, 4): 1,
    (2, 1, 3): 2,
}


def meek(papers, seats, candidates, lots=()):
    ballots = [{"weight": weight, "preferences": words} for words, weight in papers.items()]
    return count({"method": MEEK, "seats": seats, "candidates": candidates}, ballots, lots)


def totals(stage):
    return list(stage["totals"].values())


def test_two_who_nearly_agree():
    """Quota 6/3 + 10⁻⁹; 1 keeps 0.500000001 and 2 has 1.999999996: below 3, by four units of the last decimal."""
    result = meek(AGREEING, 2, 3)
    first, settled, last = result["stages"]
    assert (first["quota"], totals(first)) == ("2.000000001", ["4.000000000", "0.000000000", "2.000000000"])
    assert totals(settled) == ["2.000000004", "1.999999996", "2.000000000"]
    assert (last["excluded"], last["elected"], last["nontransferable"]) == ([2], [3], "1.999999996")
    assert result["elected"] == [1, 3]


def test_five_one_three():
    result = meek(FIVE_ONE_THREE, 2, 3)
    assert totals(result["stages"][1]) == ["3.000000005", "2.999999995", "3.000000000"]
    assert (result["quota"], result["elected"]) == ("3.000000001", [1, 3])
    assert result["stages"][-1]["nontransferable"] == "2.999999995"


def test_the_example_of_voting_matters():
    """3, 4 and 5 differ by less than the surplus of 0.00000025, which is a tie for defeat: the lot, last 3, decides."""
    result = meek(ACCURACY, 3, 5, lots=[2, 1, 5, 4, 3])
    first, settled, _excluded, last = result["stages"]
    assert (first["elected"], first["quota"], first["lots"]) == ([2, 1], "1000.750000001", [[2, 1]])
    assert totals(settled) == ["1000.750000126", "1000.750000126", "667.166666686", "667.166666562", "667.166666500"]
    assert (result["stages"][2]["excluded"], result["stages"][2]["lots"]) == ([3], [[5, 4, 3]])
    assert totals(last) == ["800.584418564", "800.584418564", "0.000000000", "800.596982770", "800.556768208"]
    assert (result["quota"], last["nontransferable"], last["elected"]) == ("800.580647027", "800.677411894", [4])
    with pytest.raises(LotNeeded) as needed:
        meek(ACCURACY, 3, 5, lots=[2, 1])
    assert (needed.value.stage, needed.value.tied) == (3, [3, 4, 5])


def test_a_single_seat():
    result = meek({(1,): 4, (2,): 3, (3, 2): 2}, 1, 3)
    assert (result["elected"], result["stages"][-1]["excluded"]) == ([2], [3])


def test_papers_of_an_excluded_candidate_join_those_whose_surplus_passes_on_already():
    """2 is excluded when part of every vote for 1 passes on: their papers count for 1, and in part for the next too."""
    result = meek({(1, 3): 10, (2, 1, 4): 2, (3,): 4, (4,): 6}, seats=2, candidates=4)
    assert next(stage["excluded"] for stage in result["stages"] if stage["excluded"]) == [2]
    assert result["elected"] == meek({(1, 3): 10, (1, 4): 2, (3,): 4, (4,): 6}, seats=2, candidates=4)["elected"]
