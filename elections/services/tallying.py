"""From ballots to a result as plain data."""

from elections.counting import RANKED, LotNeeded, count
from elections.counting.core import second_round
from elections.models import Ballot
from elections.states import ElectionState


def papers_of(election):
    """The ballots as the count reads them; the organisation is named where the vote is open; in a secret one the
    tracker is, which only its voter knows."""
    if election.on_paper:
        return election.agreed_papers()
    if election.is_secret:
        return election.opened or []
    return Ballot.objects.filter(entry__election=election).papers(election.ballot_key)


def tally(election, lot_order=()):
    """The counted result, with who could vote and who did, as plain data. A tie that waits for a lot is in `tied`.

    `entitled`, `voted` and the quorum count organisations; what the count itself says counts votes by their weight.
    """
    papers = papers_of(election)
    facts = {"entitled": election.roll.count(), "voted": len(papers)}
    if election.quorum:
        facts |= {"quorum_needed": election.quorum, "quorum_met": len(papers) >= election.quorum}
    try:
        result = count(election.counting(), papers, lot_order) | facts
    except LotNeeded as needed:
        result = needed.result | facts
    return second_round(election.first_round["result"], result) if election.first_round else result


def first_rules(election):
    """How the first of two rounds was counted: all its candidates and seats; who withdrew since is in the second only."""
    rules = {name: value for name, value in election.counting().items() if name != "withdrawn"}
    rules["seats"] = election.rules["seats"]
    return rules | ({"max_marks": election.max_marks} if "max_marks" in rules else {})


def is_by_order(rules):
    """Whether one tie may follow another, so that the lot orders all candidates."""
    return rules["method"] in RANKED or rules["ranks"] or "caps" in rules


def may_run_off(election):
    """Whether a tie waits that a second round may settle: once, and where one tie is all there is."""
    tied = election.state == ElectionState.CLOSED and not election.first_round
    return tied and not is_by_order(election.counting())


def to_draw(election):
    """Whose names go into the hat: those who are tied; all candidates where another tie could follow from the first."""
    rules = election.counting()
    if is_by_order(rules):
        return [row.number for row in election.nominations.candidates()]
    return election.result["tied"]
