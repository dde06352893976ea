"""From ballots to a result as plain data, and what settles a tie."""

from collections.abc import Mapping, Sequence
from typing import Any

from elections.counting import RANKED, LotNeeded, count
from elections.counting.core import second_round
from elections.models import Election
from elections.queries.ballots import counted_ballots, counting_rules
from elections.states import ElectionState


def lot_order(election: Election) -> Sequence[int]:
    """The order in which lots were drawn; empty where none were."""
    draw = getattr(election, "draw", None)
    return draw.order if draw else ()


def tally(election: Election, lots: Sequence[int] = ()) -> dict[str, Any]:
    """The counted result, with who could vote and who did, as plain data. A tie that waits for a lot is in `tied`.

    `entitled`, `voted` and the quorum count organisations; what the count itself says counts votes by their weight.
    """
    ballots = counted_ballots(election)
    facts = {"entitled": election.roll.count(), "voted": len(ballots)}
    if election.quorum:
        facts |= {"quorum_needed": election.quorum, "quorum_met": len(ballots) >= election.quorum}
    try:
        result = count(counting_rules(election), ballots, lots) | facts
    except LotNeeded as needed:
        result = needed.result | facts
    return second_round(election.first_round["result"], result) if election.first_round else result


def can_ties_follow(rules: Mapping[str, Any]) -> bool:
    """Whether one tie may follow another, so that the lot orders all candidates."""
    return rules["method"] in RANKED or rules["ranks"] or "caps" in rules


def may_hold_second_round(election: Election) -> bool:
    """Whether a tie waits that a second round may settle: once, and where one tie is all there is."""
    tied = election.state == ElectionState.CLOSED and not election.first_round
    return tied and not can_ties_follow(counting_rules(election))


def numbers_to_draw(election: Election) -> list[int]:
    """Whose names go into the hat: those who are tied; all candidates where another tie could follow from the first."""
    if can_ties_follow(counting_rules(election)):
        return [row.number for row in election.nominations.candidates()]
    return election.result["tied"]
