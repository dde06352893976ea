"""The count by vectors worked out by hand; each says in its lines how the figures come about."""

import pytest

from elections.counting import APPROVAL, MEEK, PLURALITY, SCOTTISH, YES_NO, LotNeeded, count, electable
from elections.counting.core import lot_order_of, lot_seed


def counted(ballots, seats=2, candidates=3, max_marks=2, lots=(), **more):
    rules = {"method": PLURALITY, "seats": seats, "candidates": candidates, "max_marks": max_marks} | more
    return count(rules, [{"marks": marks} for marks in ballots], lots)


def ranked(papers, seats, candidates, lots=(), method=SCOTTISH, **more):
    """Papers as {preferences: weight}."""
    ballots = [{"weight": weight, "preferences": list(words)} for words, weight in papers.items()]
    return count({"method": method, "seats": seats, "candidates": candidates} | more, ballots, lots)


def acts(result):
    return [(stage["action"], stage["candidates"], stage["elected"]) for stage in result["stages"][1:]]


# Plurality at large, approval, yes or no


def test_those_with_most_votes_are_elected():
    result = counted([[1, 3], [3], [3, 1], []])
    assert (result["elected"], result["votes"]) == ([3, 1], {"1": "2", "2": "0", "3": "3"})
    assert (result["valid"], result["blank"], result["invalid"], result["tied"]) == (3, 1, 0, [])


def test_a_tie_for_the_last_seat_waits_for_lots():
    ballots = [[1, 2], [1, 3]]
    with pytest.raises(LotNeeded) as needed:
        counted(ballots)
    assert (needed.value.stage, needed.value.tied) == (1, [2, 3])
    assert (needed.value.result["elected"], needed.value.result["votes"]["1"]) == ([1], "2")
    drawn = counted(ballots, lots=[3, 2])
    assert (drawn["elected"], drawn["lots"], drawn["stages"][0]["lots"]) == ([1, 3], [3, 2], [[3, 2]])


def test_a_tie_among_the_elected_needs_lots_only_where_ranks_matter():
    assert counted([[1, 2], [1, 2]])["elected"] == [1, 2]
    with pytest.raises(LotNeeded):
        counted([[1, 2], [1, 2]], ranks=True)
    assert counted([[1, 2], [1, 2]], ranks=True, lots=[2, 1])["elected"] == [2, 1]


@pytest.mark.parametrize("marks", [[1, 2, 3], [1, 1], [9], [0], [-1]])
def test_what_breaks_the_rules_is_invalid(marks):
    result = counted([marks, [2]], least_votes=1)
    assert (result["invalid"], result["valid"], result["votes"]["1"]) == (1, 1, "0")


def test_exactly_so_many_marks():
    result = counted([[1, 2], [1], [1, 2]], exact_marks=True)
    assert (result["valid"], result["invalid"], result["elected"]) == (2, 1, [1, 2])


@pytest.mark.parametrize(
    ("threshold", "more", "elected"), [([1, 2], False, [1, 2]), ([1, 2], True, [1]), ([3, 4], False, [1])]
)
def test_a_threshold_is_a_share_of_valid_ballots(threshold, more, elected):
    """Four valid, one blank: two votes are a half, and not more than it."""
    ballots = [[1, 2], [1, 2], [1], [3], []]
    result = counted(ballots, threshold=threshold, more_than_threshold=more, lots=[1, 2, 3])
    assert result["elected"] == elected, "a seat may stay unfilled"


def test_approval_takes_any_number_of_marks():
    rules = {"method": APPROVAL, "seats": 1, "candidates": 3}
    result = count(rules, [{"marks": [1, 2, 3]}, {"marks": [2, 3]}, {"marks": [3], "weight": 2}])
    assert (result["elected"], result["votes"]) == ([3], {"1": "1", "2": "2", "3": "4"})


def test_yes_no_abstain():
    """Elected with more yes than no; what is not answered abstains; the threshold is of yes and no together."""
    rules = {"method": YES_NO, "seats": 4, "candidates": 4}
    ballots = [
        {"answers": {"1": "yes", "2": "yes", "3": "no"}},
        {"answers": {"1": "yes", "2": "no"}},
        {"answers": {"1": "no", "4": "abstain"}},
        {"answers": {}},
    ]
    result = count(rules, ballots)
    assert (result["elected"], result["votes"]["1"], result["stages"][0]["against"]["1"]) == ([1], "2", "1")
    assert (result["valid"], result["blank"]) == (3, 1)
    assert count(rules | {"threshold": [3, 4]}, ballots)["elected"] == []
    assert count(rules, [{"answers": {"9": "yes"}}, {"answers": {"1": "perhaps"}}])["invalid"] == 2


def test_another_method_and_an_impossible_weight_are_refused():
    with pytest.raises(ValueError, match="borda"):
        count({"method": "borda", "seats": 1, "candidates": 1}, [])
    for weight in (0, -1, 1.5, True, "2"):
        with pytest.raises(ValueError, match="weight"):
            count({"method": PLURALITY, "seats": 1, "candidates": 1}, [{"marks": [1], "weight": weight}])


# Scottish single transferable vote


def test_a_surplus_moves_at_five_decimals_and_what_is_cut_off_is_lost():
    """10 papers, 2 seats: quota 10 // 3 + 1 = 4. Candidate 1 has 7, surplus 3: each paper moves at 3/7 = 0.42857, five
    to 2, who then has the quota, and two to nobody; 7 × 0.42857 = 2.99999."""
    result = ranked({(1, 2): 5, (1,): 2, (2,): 2, (3,): 1}, seats=2, candidates=3)
    (surplus,) = result["stages"][1:]
    assert result["quota"] == "4.00000" and result["elected"] == [1, 2]
    assert surplus["totals"] == {"1": "4.00000", "2": "4.14285", "3": "1.00000"}
    assert (surplus["nontransferable"], surplus["lost"], surplus["elected"]) == ("0.85714", "0.00001", [2])


def test_the_last_in_the_lot_order_leaves():
    """10 papers, 2 seats, quota 4: 3 + 3 + 2 + 2 reach nothing. 4 and 3 tie below, the lot keeps 3; then 4's papers make
    1 five: elected, surplus 1. Three of its five papers go on to 2 at 1/5, which then has 3.6."""
    papers = {(1, 2): 3, (2,): 3, (3,): 2, (4, 1): 2}
    with pytest.raises(LotNeeded) as needed:
        ranked(papers, 2, 4)
    assert (needed.value.stage, needed.value.tied, needed.value.result["elected"]) == (2, [3, 4], [])
    result = ranked(papers, 2, 4, lots=[1, 2, 3, 4])
    assert acts(result) == [("exclude", [4], [1]), ("surplus", [1], []), ("exclude", [3], [2])]
    assert result["stages"][1]["lots"] == [[3, 4]] and result["lots"] == [3, 4]
    assert result["stages"][2]["totals"]["2"] == "3.60000", "three papers at 1/5"
    other = ranked(papers, 2, 4, lots=[4, 3, 2, 1])
    assert acts(other)[0] == ("exclude", [3], []), "the lot decides who leaves: the last in it"


def test_two_reach_the_quota_together_and_the_larger_surplus_goes_first():
    """20 papers, 3 seats, quota 6: 1 has 7, 2 has 8. Elected in the order of votes: 2, 1; the surplus of 2 moves first."""
    result = ranked({(1, 3): 7, (2, 4): 8, (3,): 3, (4,): 2}, 3, 4)
    assert result["stages"][0]["elected"] == [2, 1]
    assert [stage["candidates"] for stage in result["stages"] if stage["action"] == "surplus"] == [[2], [1]]
    assert result["stages"][1]["totals"]["4"] == "4.00000", "8 papers at 2/8"
    assert result["elected"] == [2, 1, 4], "4.0 of 3 is 3 + 7 × 0.14285 = 3.99995"


def test_equal_votes_look_back_to_the_last_stage_at_which_they_differed():
    """14 papers, 2 seats, quota 5. 4 leaves and 3 has 4; 5 leaves; now 1, 2 and 3 have 4 each. Before 4 left, 3 had 3,
    and so it is the lowest at the most recent stage at which they differ."""
    papers = {(1,): 4, (2,): 4, (3,): 3, (4, 3): 1, (5,): 2}
    result = ranked(papers, 2, 5, lots=[3, 2, 1, 4, 5])
    assert acts(result) == [("exclude", [4], []), ("exclude", [5], []), ("exclude", [3], [2, 1])]
    assert result["stages"][3]["lots"] == [[2, 1]], "a lot only for the rank of those who never differed"


def test_rank_by_lot_only_where_no_stage_tells_them_apart():
    """9 papers, 2 seats, quota 4: 1 and 2 have 4 each at once. Their rank is drawn; with ranks of no matter it is not."""
    papers = {(1,): 4, (2,): 4, (3,): 1}
    assert ranked(papers, 2, 3, lots=[2, 1])["elected"] == [2, 1]
    with pytest.raises(LotNeeded) as needed:
        ranked(papers, 2, 3)
    assert (needed.value.stage, needed.value.tied) == (1, [1, 2])
    same = ranked(papers, 2, 3, ranks=False)
    assert (same["elected"], same["lots"]) == ([1, 2], [])


def test_those_who_fill_the_last_seats_come_after_those_who_reach_the_quota():
    """7 papers, 3 seats, quota 2: 1 has 5, the others 1 each. 1's surplus of 3 moves at 3/5 to 2: 4. Then 2's surplus
    goes to nobody, 4 leaves by lot and 3 stays without a quota."""
    result = ranked({(1, 2): 5, (3,): 1, (4,): 1}, 3, 4, lots=[3, 4, 1, 2])
    assert result["elected"] == [1, 2, 3]
    assert result["stages"][-1]["totals"]["3"] == "1.00000"


def test_candidates_without_a_vote_leave_without_a_lot_where_all_of_them_must():
    """3 and 4 have nothing to pass on and one seat is left for 2: who of them goes first changes nothing."""
    result = ranked({(1,): 5, (2,): 1}, 2, 4)
    assert acts(result)[:3] == [("surplus", [1], []), ("exclude", [4], []), ("exclude", [3], [2])]
    with pytest.raises(LotNeeded):
        ranked({(1,): 5}, 2, 4)


def test_a_single_seat_is_the_alternative_vote():
    """10 papers, quota 6: 4, 3, 3 → 3 has the lot against it, its papers make 2 six."""
    result = ranked({(1,): 4, (2,): 3, (3, 2): 3}, 1, 3, lots=[1, 2, 3])
    assert (result["quota"], result["elected"], acts(result)) == ("6.00000", [2], [("exclude", [3], [2])])


def test_a_weight_is_so_many_papers_each_cut_off_by_itself():
    """Six papers with a surplus of 2 move at 0.33333 each: 1.99998 for the one ballot of weight 6, not 2."""
    heavy = ranked({(1, 2): 6, (2,): 1, (3,): 2}, 2, 3)
    assert heavy["quota"] == "4.00000" and heavy["stages"][1]["totals"]["2"] == "2.99998"
    light = count(
        {"method": SCOTTISH, "seats": 2, "candidates": 3},
        [{"preferences": words} for words in ([1, 2],) * 6 + ([2], [3], [3])],
    )
    assert light == heavy


def test_withdrawn_candidates_are_read_over():
    """As if 2 were not on any paper; a paper on which nobody else stands is blank."""
    with_two = ranked({(2, 1): 3, (1,): 1, (2,): 1, (3,): 2}, 1, 3, withdrawn=[2])
    assert (with_two["valid"], with_two["blank"], with_two["elected"]) == (6, 1, [1])
    assert with_two["stages"][0]["totals"] == {"1": "4.00000", "2": "0.00000", "3": "2.00000"}


def test_a_ranked_ballot_counts_up_to_its_first_fault():
    result = ranked({(1, 1, 2): 1, (9, 1): 1, (): 2, (2, 9, 1): 1, (1,): 1}, 1, 2)
    assert (result["valid"], result["invalid"], result["blank"], result["elected"]) == (3, 1, 2, [1])
    assert result["votes"] == {"1": "2.00000", "2": "1.00000"}


@pytest.mark.parametrize("method", [SCOTTISH, MEEK])
def test_without_one_valid_ballot_nobody_is_elected(method):
    result = ranked({(): 3}, 1, 2, method=method)
    assert (result["elected"], result["blank"], len(result["stages"])) == ([], 3, 1)


@pytest.mark.parametrize("method", [SCOTTISH, MEEK])
def test_no_more_candidates_than_seats(method):
    result = ranked({(1,): 3, (2,): 1}, 3, 2, method=method)
    assert (result["elected"], len(result["stages"])) == ([1, 2], 1)


# Caps


def capped(papers, seats, candidates, groups, cap=1, sitting=None, method=SCOTTISH, lots=range(1, 10)):
    caps = {"cap": cap, "groups": groups, "sitting": sitting or {}}
    return ranked(papers, seats, candidates, lots=list(lots), method=method, caps=caps)


@pytest.mark.parametrize("method", [SCOTTISH, MEEK])
@pytest.mark.parametrize(
    ("groups", "sitting", "elected"),
    [
        # Only 5 can give the third group: without the rule the lowest, 5, leaves and a seat stays empty.
        ({"A": [1, 2], "B": [3, 4], "C": [5]}, {}, [1, 3, 5]),
        # A has two places, one of them held: of 1 and 2 one fits; 4 and 5 are needed whatever their votes.
        ({"A": [1, 2, 3], "B": [4], "C": [5]}, {"B": 0}, [1, 4, 5]),
        # C sits already: its candidates leave at once, and A and B and who has no group fill the seats.
        ({"A": [1, 2], "C": [3]}, {"C": 1}, [1, 4, 5]),
    ],
)
def test_caps_keep_a_slate_that_fills_the_seats(method, groups, sitting, elected):
    """24 papers, 3 seats, one of a group at most; 5 is always the lowest."""
    papers = {(1, 2): 8, (2, 1): 6, (3, 4): 5, (4, 3): 3, (5,): 2}
    result = capped(papers, 3, 5, groups, sitting=sitting, method=method)
    assert sorted(result["elected"]) == elected
    assert sorted(result["unconstrained"]) != elected, "the caps change who is elected"


def test_a_full_group_leaves_together_before_any_surplus():
    """24 papers, quota 7: 1 has 8 and fills A; 2 leaves in a stage of its own before 1's surplus moves."""
    papers = {(1, 2): 8, (2, 1, 3): 6, (3, 4): 5, (4, 3): 3, (5,): 2}
    result = capped(papers, 3, 5, {"A": [1, 2], "B": [3, 4], "C": [5]})
    assert acts(result)[0] == ("cap", [2], [3]), "6 papers of 2 go to 3, who has 11"
    assert acts(result)[1][0] == "cap" and result["stages"][2]["excluded"] == [4]
    assert result["elected"] == [1, 3, 5]


def test_who_is_kept_for_the_slate_is_told():
    """12 papers, 2 seats, quota 5: 4, 4, 3, 1; 4 is the lowest but the only one outside A, so 3 leaves."""
    result = capped({(1,): 4, (2,): 4, (3,): 3, (4,): 1}, 2, 4, {"A": [1, 2, 3]})
    first = result["stages"][1]
    assert (first["excluded"], first["kept"]) == ([3], [4])
    assert result["elected"] == [1, 4] and result["lots"][:2] == [1, 2]


def test_caps_in_plurality_pass_over_a_full_group():
    ballots = [[1, 2]] * 3 + [[3, 4]] * 2 + [[3]]
    caps = {"cap": 1, "groups": {"A": [1, 3]}, "sitting": {}}
    result = counted(ballots, candidates=4, caps=caps, lots=[3, 1, 2, 4])
    assert (result["elected"], result["lots"], result["unconstrained"]) == ([2, 3], [3, 1], [3, 1])


def test_a_lot_is_asked_only_of_those_whose_seat_hangs_on_it():
    """1, 2 and 3 have two votes each for two seats; 1 and 2 share a group of one place, so 3 is sure of a seat."""
    caps = {"cap": 1, "groups": {"A": [1, 2]}, "sitting": {}}
    with pytest.raises(LotNeeded) as needed:
        counted([[1, 2], [1, 3], [2, 3]], caps=caps)
    assert needed.value.tied == [1, 2]
    assert counted([[1, 2], [1, 3], [2, 3]], caps=caps, lots=[2, 1])["elected"] == [3, 2]


def test_feasibility_is_the_sum_of_places():
    caps = {"cap": 2, "groups": {"A": [1, 2, 3], "B": [4]}, "sitting": {"A": 1}}
    assert electable([1, 2, 3, 4, 5], caps) == 3, "one of A, one of B, and who has no group"


# Lots


def test_the_lot_order_follows_from_a_seed():
    """The digests of 1 to 4, of which these are the heads, are what `printf 'casa-lot-1\\nab\\n1' | sha256sum` says."""
    heads = {1: "d3ab1a6a", 2: "832f54fb", 3: "33286501", 4: "93976e82"}
    assert lot_order_of("ab", [1, 2, 3, 4]) == sorted(heads, key=heads.get)
    assert lot_order_of("AB", [1, 2, 3]) == lot_order_of("ab", [3, 2, 1])
    assert lot_seed("AB", "12 7 31") == lot_seed("ab", "12 7 31")
