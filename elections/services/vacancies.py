"""Somebody elected leaves before the term ends."""

import datetime

from django.db import transaction

from accounts.models import User
from committees.models import Term
from committees.services import end_term
from committees.states import EndReason
from core.locks import lock
from elections.models import Election
from elections.queries.vacancies import Succession, succession
from elections.services.results import seat_candidate
from elections.services.steps import record_event


@transaction.atomic
def record_vacancy(
    term: Term, *, last_day: datetime.date, reason: EndReason, actor: User, now: datetime.datetime
) -> Succession:
    """End a term early and seat who follows by the rules of its election, if anybody does.

    A row of the journal; where somebody follows, an event of the chain. Raises NotNow where the term has ended, and
    Incomplete for a day outside the term.
    """
    election = lock(Election.objects.get(code=term.chosen_in))
    term = end_term(term, last_day=last_day, reason=reason, actor=actor, now=now)
    starts_on = last_day + datetime.timedelta(days=1)
    follows = succession(election, starts_on, now)
    if row := follows.nomination:
        seat_candidate(election, row, seat=term.seat, starts_on=starts_on, ends_on=term.planned_end, now=now)
        facts = {"seat": term.seat.ordinal, "candidate": row.number}
        record_event(election, "vacancy_filled", actor=actor, now=now, **facts)
    return follows
