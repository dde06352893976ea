"""Who follows where somebody elected leaves before the term ends, as the rules of their election said; or why another
election fills the seat.

*The next one of the result* is whoever the same count would have elected with more seats; the limit of each organisation
has room again for that of the person who left. After a second round it is the next of that round, then of the first.
*Countback* counts the same ballots as if nobody who left had been on them; after a second round those of the first, for
all candidates were on them. Whoever cannot sit now, because their organisation has left or they hold another seat of the
body, is passed over. Without ballots (acclamation, consensus) nobody follows; and where those who follow are tied and no
lot was drawn that orders them, no lot is drawn years later.
"""

import datetime
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from committees.models import Term
from core import clock
from elections.counting import LotNeeded, count
from elections.models import Election, Nomination
from elections.queries.ballots import CountedBallot, counted_ballots, counting_rules, first_round_rules
from elections.queries.candidates import other_seat
from elections.queries.results import lot_order
from elections.states import Vacancy


class Succession(NamedTuple):
    """The nomination that takes a vacant seat; or None, and why another election fills it."""

    nomination: Nomination | None
    why_not: str = ""


@dataclass(frozen=True)
class _Candidates:
    """By ballot number: who has sat since the election, who of them left, and who cannot sit now."""

    seated: set[int]
    left: set[int]
    barred: set[int]


class _Round(NamedTuple):
    rules: dict[str, Any]
    ballots: list[CountedBallot]


def why_no_succession(election: Election) -> str:
    """Why, whoever leaves, another election fills the seat; "" where it depends on the ballots."""
    if election.vacancy == Vacancy.BY_ELECTION:
        return _("The rules say so.")
    if election.by_acclamation:
        return _("They were elected by acclamation: there are no ballots to show who comes next.")
    if election.by_consensus:
        return _("They were elected by consensus: there are no ballots to show who comes next.")
    return ""


def succession(election: Election, day: datetime.date, now: datetime.datetime) -> Succession:
    """Who takes a seat of this election that is vacant from a day on."""
    if why := why_no_succession(election):
        return Succession(None, why)
    rows = {row.number: row for row in election.nominations.candidates()}
    terms = Term.objects.filter(chosen_in=election.code)
    seated = {n for n, row in rows.items() if terms.filter(person=row.person_id).exists()}
    left = {n for n in seated if not terms.filter(person=rows[n].person_id, ended_on=None).exists()}
    today = clock.today(now, election.zone)
    barred = {
        n
        for n, row in rows.items()
        if n not in seated
        and (not row.organization.is_in_on(today) or (row.person and other_seat(election, row.person, day)))
    }
    by_rule = _by_countback if election.vacancy == Vacancy.COUNTBACK else _next_in_result
    try:
        number = by_rule(election, _Candidates(seated, left, barred))
    except LotNeeded:
        return Succession(None, _("Those next in line are tied."))
    return Succession(rows[number]) if number else Succession(None, _("Nobody else had the votes needed."))


def _rounds(election: Election) -> list[_Round]:
    """The counts that were held, the first one first: one, or those of both rounds."""
    rounds = [_Round(counting_rules(election), counted_ballots(election))]
    if election.first_round:
        running = {row.number for row in election.nominations.candidates()}
        rules = first_round_rules(election)
        gone = [n for n in range(1, rules["candidates"] + 1) if n not in running]
        rules |= {"withdrawn": gone} if gone else {}
        rounds.insert(0, _Round(rules, election.first_round["ballots"]))
    return rounds


def _first_not_seated(election: Election, counted: _Round, seated: set[int]) -> int | None:
    """The first who is elected by this count and has not sat yet."""
    elected = count(counted.rules, counted.ballots, lot_order(election))["elected"]
    return next((n for n in elected if n not in seated), None)


def _by_countback(election: Election, known: _Candidates) -> int | None:
    first = _rounds(election)[0]
    withdrawn = sorted({*first.rules.get("withdrawn", ()), *known.left, *known.barred})
    return _first_not_seated(election, _Round(first.rules | {"withdrawn": withdrawn}, first.ballots), known.seated)


def _next_in_result(election: Election, known: _Candidates) -> int | None:
    for held in reversed(_rounds(election)):
        gone = {*held.rules.get("withdrawn", ()), *known.barred}
        rules = held.rules | {"seats": len(known.seated - gone) + 1, "withdrawn": sorted(gone)}
        if held.rules.get("caps"):
            rules["caps"] = _with_room(held.rules["caps"], known.left)
        rules = {name: value for name, value in rules.items() if value is not None}
        if number := _first_not_seated(election, _Round(rules, held.ballots), known.seated):
            return number
    return None


def _with_room(caps: dict[str, Any], left: set[int]) -> dict[str, Any]:
    """The limit with a place more for each who left."""
    sitting = dict(caps.get("sitting", {}))
    for group, members in caps["groups"].items():
        sitting[group] = sitting.get(group, 0) - len(left.intersection(members))
    return caps | {"sitting": sitting}
