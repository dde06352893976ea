"""Somebody elected leaves before the term ends: the seat is filled as the rules of their election said, where they can
be applied, and else by another election, with a sentence that says why.

*The next one of the result* is whoever the same count would have elected with more seats; the limit of each organisation
has room again for that of who left. After a second round it is the next of that round, then of the first. *Countback*
counts the same ballots as if nobody who left had been on them; after a second round those of the first, for all
candidates were on them. Whoever cannot sit now, for their organisation has left or they hold another seat of the body, is
passed over. Without ballots (acclamation, consensus) nobody follows; and where those who follow are tied and no lot was
drawn that orders them, no lot is drawn years later.
"""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from committees.models import Term
from committees.services import end_term
from core import clock
from core.errors import NotNow
from elections.counting import LotNeeded, count
from elections.models import Election
from elections.services.common import locked, note
from elections.services.eligibility import other_seat
from elections.services.result import seat_row
from elections.services.tallying import first_rules, papers_of
from elections.states import ElectionState, Vacancy


@transaction.atomic
def record_vacancy(term, *, last_day, reason, actor, now):
    """End a term early and seat who follows by the rules. Returns (the new Term or None, why another election fills it).

    Raises NotNow where the term has ended, and Incomplete for a day outside the term.
    """
    election = locked(Election.objects.get(code=term.chosen_in))
    if election.state != ElectionState.CERTIFIED:
        raise NotNow(_("This term has ended."))
    term = end_term(term, last_day=last_day, reason=reason, actor=actor, now=now)
    starts_on = last_day + datetime.timedelta(days=1)
    row, why = follower(election, starts_on, now)
    if row is None:
        return None, why
    seat_row(election, term.seat, row, (starts_on, term.planned_end), now)
    note(election, "vacancy_filled", actor, now, seat=term.seat.ordinal, candidate=row.number)
    return Term.objects.get(seat=term.seat, ended_on=None), ""


def why_by_election(election):
    """Why, whoever leaves, another election fills the seat; "" where it depends on the ballots."""
    if election.vacancy == Vacancy.BY_ELECTION:
        return _("The rules say so.")
    if election.by_acclamation:
        return _("They were elected by acclamation: there are no ballots to show who comes next.")
    if election.by_consensus:
        return _("They were elected by consensus: there are no ballots to show who comes next.")
    return ""


def follower(election, day, now):
    """(the Nomination that takes a vacant seat from a day on, "") or (None, why another election fills it)."""
    if why := why_by_election(election):
        return None, why
    rows = {row.number: row for row in election.nominations.candidates()}
    terms = Term.objects.filter(chosen_in=election.code)
    had = {n for n, row in rows.items() if terms.filter(person=row.person_id).exists()}
    left = {n for n in had if not terms.filter(person=rows[n].person_id, ended_on=None).exists()}
    today = clock.today(now, election.zone)
    passed = {
        n for n, row in rows.items()
        if n not in had
        and (not row.organization.is_in_on(today) or (row.person and other_seat(election, row.person, day)))
    }  # fmt: skip
    counted = _countback if election.vacancy == Vacancy.COUNTBACK else _next
    try:
        found = counted(election, had, left, passed)
    except LotNeeded:
        return None, _("Those next in line are tied.")
    return (rows[found], "") if found else (None, _("Nobody else had the votes needed."))


def _counts(election):
    """[(rules, papers)], the first one first: one count, or those of both rounds."""
    rounds = [(election.counting(), papers_of(election))]
    if election.first_round:
        standing = {row.number for row in election.nominations.candidates()}
        rules = first_rules(election)
        gone = [n for n in range(1, rules["candidates"] + 1) if n not in standing]
        rounds.insert(0, (rules | ({"withdrawn": gone} if gone else {}), election.first_round["ballots"]))
    return rounds


def _follows(election, rules, papers, had):
    """Who is elected by these rules and has not sat yet, the first; or None."""
    draw = getattr(election, "draw", None)
    elected = count(rules, papers, draw.order if draw else ())["elected"]
    return next((n for n in elected if n not in had), None)


def _countback(election, had, left, passed):
    rules, papers = _counts(election)[0]
    return _follows(election, rules | {"withdrawn": sorted({*rules.get("withdrawn", ()), *left, *passed})}, papers, had)


def _next(election, had, left, passed):
    for rules, papers in reversed(_counts(election)):
        gone = {*rules.get("withdrawn", ()), *passed}
        sat = len([n for n in had if n not in gone])
        more = {"seats": sat + 1, "withdrawn": sorted(gone), "max_marks": rules.get("max_marks")}
        if rules.get("caps"):
            more["caps"] = _with_room(rules["caps"], left)
        asked = {name: value for name, value in (rules | more).items() if value is not None}
        if found := _follows(election, asked, papers, had):
            return found
    return None


def _with_room(caps, left):
    """The limit with a place more for each who left."""
    sitting = dict(caps.get("sitting", {}))
    for group, members in caps["groups"].items():
        sitting[group] = sitting.get(group, 0) - len(left.intersection(members))
    return caps | {"sitting": sitting}
