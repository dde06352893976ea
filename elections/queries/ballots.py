"""Ballots as the count reads them, and the rules by which it does."""

from typing import Any

from elections.counting.core import PLURALITY
from elections.models import Ballot, Election
from elections.states import NominationState

#: A ballot as it is counted and published: its choices, whose it is or its tracker, and its weight above 1.
CountedBallot = dict[str, Any]


def counted_ballots(election: Election) -> list[CountedBallot]:
    """The ballots as they are counted: with the organisation where the vote is open, with the tracker, which only its
    voter knows, where it is secret; on paper with neither."""
    if election.on_paper:
        return agreed_paper_ballots(election)
    if election.is_secret:
        return election.opened_ballots or []
    return open_ballots(election)


def open_ballots(election: Election) -> list[CountedBallot]:
    """The ballots of an open vote, each with the organisation that cast it. Two queries."""
    ballots = []
    for ballot in Ballot.objects.filter(entry__election=election).in_order().prefetch_related("marks"):
        choices = ballot.choices
        if choices is None:
            choices = sorted(row.number for row in ballot.marks.all())
        weight = {"weight": ballot.entry.weight} if ballot.entry.weight > 1 else {}
        ballots.append({election.ballot_key: choices, "organization": ballot.entry.organization.slug} | weight)
    return ballots


def agreed_paper_ballots(election: Election) -> list[CountedBallot]:
    """The paper ballots that two officers have read alike; none before."""
    readings: list[list[CountedBallot]] = []
    for entry in election.paper_entries.order_by("entered_at", "pk"):
        if entry.ballots in readings:
            return entry.ballots
        readings.append(entry.ballots)
    return []


def counting_rules(election: Election) -> dict[str, Any]:
    """The rules as the count reads them. One query."""
    rules, method = election.rules, election.ballot_method
    states = {row.number: row.state for row in election.nominations.on_ballot()}
    counted = {
        "method": method,
        "seats": election.seats_now,
        "candidates": len(states),
        "least_votes": rules.get("least_votes", 0),
        "ranks": bool(rules.get("terms_by_rank")),
    }
    if method == PLURALITY:
        counted["max_marks"] = election.most_marks
    withdrawn = [
        number
        for number, state in states.items()
        if state != NominationState.ACCEPTED or number not in (election.runoff or states)
    ]
    if withdrawn:
        counted["withdrawn"] = withdrawn
    if election.caps:
        counted["caps"] = election.caps
    if rules.get("threshold"):
        counted["threshold"] = [rules["threshold"], 100]
    return counted


def first_round_rules(election: Election) -> dict[str, Any]:
    """How the first of two rounds was counted: all its candidates and seats; who withdrew since is in the second only."""
    rules = {name: value for name, value in counting_rules(election).items() if name != "withdrawn"}
    rules["seats"] = election.rules["seats"]
    return rules | ({"max_marks": election.max_marks} if "max_marks" in rules else {})
