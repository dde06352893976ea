"""Somebody elected leaves before the term ends: the seat is filled as the rules of their election said."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from committees.counting import LotNeeded, count
from committees.models import Election, Term
from committees.services.common import locked, note
from committees.services.result import seat_row
from committees.services.tallying import papers_of
from committees.states import ElectionState, Vacancy
from core import journal
from core.errors import Incomplete, NotNow


@transaction.atomic
def record_vacancy(term, *, last_day, reason, actor, now):
    """End a term early and seat who follows by the rules. Returns the new Term, or None where another election does.

    Raises NotNow where nobody follows without a lot, and Incomplete for a day outside the term.
    """
    election = locked(Election.objects.get(code=term.chosen_in))
    term = Term.objects.select_for_update(of=("self",)).select_related("seat", "person").get(pk=term.pk)
    if election.state != ElectionState.CERTIFIED or term.ended_on is not None:
        raise NotNow(_("This term has ended."))
    if last_day < term.starts_on or (term.planned_end and last_day >= term.planned_end):
        raise Incomplete({"last_day": _("A day of the term, before its planned end.")})
    term.ended_on, term.end_reason = last_day, reason
    term.save(update_fields=["ended_on", "end_reason"])
    journal.record(actor, "term_ended", election.code, now, seat=term.seat.ordinal)
    row = follower(election)
    if row is None:
        return None
    seat_row(election, term.seat, row, (last_day + datetime.timedelta(days=1), term.planned_end), now)
    note(election, "vacancy_filled", actor, now, seat=term.seat.ordinal, candidate=row.number)
    return Term.objects.get(seat=term.seat, ended_on=None)


def follower(election):
    """The Nomination that takes a vacant seat, or None for another election."""
    rows = {row.number: row for row in election.nominations.candidates()}
    terms = Term.objects.filter(chosen_in=election.code)
    had = {n for n, row in rows.items() if terms.filter(person=row.person_id).exists()}
    left = {n for n in had if not terms.filter(person=rows[n].person_id, ended_on=None).exists()}
    if election.vacancy == Vacancy.BY_ELECTION or election.by_acclamation or election.by_consensus:
        return None
    if election.first_round:
        return None
    draw = getattr(election, "draw", None)
    rules = election.counting()
    if election.vacancy == Vacancy.COUNTBACK:
        rules["withdrawn"] = sorted({*rules.get("withdrawn", ()), *left})
    else:  # the next one: as many more seats as have fallen vacant
        rules["seats"] += len(left)
    try:
        result = count(rules, papers_of(election), draw.order if draw else ())
    except LotNeeded as needed:
        raise NotNow(_("Those who follow are tied: the seat is filled by another election.")) from needed
    following = [n for n in result["elected"] if n not in had]
    return rows[following[0]] if following else None
