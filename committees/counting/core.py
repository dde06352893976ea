"""Plurality at large: each ballot marks up to so many candidates; those with most votes are elected."""

PLURALITY = "plurality-at-large"


def is_valid(rules, marks):
    """Whether the marks of a ballot are known candidates, each once, and not too many. An empty ballot is blank."""
    known = set(range(1, rules["candidates"] + 1))
    return len(set(marks)) == len(marks) <= rules["max_marks"] and set(marks) <= known


def count(rules, ballots, lot_order=()):
    """The result as a dict fit for canonical JSON; votes are decimal strings.

    `rules` has method, seats, max_marks and candidates (how many; they are numbered from 1), and optionally least_votes:
    with fewer nobody is elected, and a seat may stay unfilled. `ballots` are dicts of
    `marks` and, optionally, `weight` (a positive integer). `lot_order` lists candidates, the preferred first; it is
    used only for a tie at the last seat, and `tied` names those for whom it is still missing. Raises ValueError for
    a method that is not known.
    """
    if rules["method"] != PLURALITY:
        raise ValueError(f"unknown method {rules['method']}")
    votes = dict.fromkeys(range(1, rules["candidates"] + 1), 0)
    papers = {"valid": 0, "blank": 0, "invalid": 0}
    for ballot in ballots:
        weight, marks = ballot.get("weight", 1), ballot["marks"]
        kind = "blank" if not marks else "valid" if is_valid(rules, marks) else "invalid"
        papers[kind] += weight
        if kind == "valid":
            for number in marks:
                votes[number] += weight
    able = {number: total for number, total in votes.items() if total >= rules.get("least_votes", 0)}
    elected, tied, lots = _choose(able, rules["seats"], list(lot_order))
    totals = {str(number): str(total) for number, total in votes.items()}
    stage = {"action": "first", "elected": elected, "lots": lots, "totals": totals}
    return {
        "method": PLURALITY, "seats": rules["seats"], "elected": elected, "tied": tied, "lots": lots,
        "votes": totals, "stages": [stage], **papers,
    }  # fmt: skip


def _choose(votes, seats, lot_order):
    """(elected in order of votes, tied for the last seat, lots that were used)."""
    ranked = sorted(votes, key=lambda number: (-votes[number], number))
    if len(ranked) <= seats or votes[ranked[seats - 1]] != votes[ranked[seats]]:
        return ranked[:seats], [], []
    last = votes[ranked[seats]]
    above = [number for number in ranked if votes[number] > last]
    tied = [number for number in ranked if votes[number] == last]
    drawn = [number for number in lot_order if number in tied]
    if sorted(drawn) != tied:
        return above, tied, []
    return above + drawn[: seats - len(above)], [], drawn
