"""Acts that change who holds a seat."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from committees.models import Seat, Term
from committees.states import EndReason
from core import journal
from core.errors import Incomplete, NotNow
from core.locks import lock
from organizations.models import Organization, Person


@transaction.atomic
def open_term(
    seat: Seat,
    *,
    person: Person,
    organization: Organization,
    starts_on: datetime.date,
    planned_end: datetime.date | None,
    chosen_in: str,
    is_demo: bool = False,
) -> Term:
    """Open a term from a day on; whoever held the seat has completed theirs the day before, or at its planned end.

    `chosen_in` is the code of the meeting or election that chose.
    """
    for earlier in seat.terms.filter(ended_on=None):
        last_day = starts_on - datetime.timedelta(days=1)
        last_day = min(last_day, earlier.planned_end) if earlier.planned_end else last_day
        earlier.ended_on, earlier.end_reason = max(last_day, earlier.starts_on), EndReason.COMPLETED
        earlier.save(update_fields=["ended_on", "end_reason"])
    return Term.objects.create(
        seat=seat,
        person=person,
        organization=organization,
        starts_on=starts_on,
        planned_end=planned_end,
        chosen_in=chosen_in,
        is_demo=is_demo,
    )


@transaction.atomic
def end_term(term: Term, *, last_day: datetime.date, reason: EndReason, actor: User, now: datetime.datetime) -> Term:
    """End a term before its planned end, with the reason; the seat is vacant from the day after.

    A row of the journal. Raises NotNow where the term has ended, Incomplete for a day outside it.
    """
    term = lock(term, "seat", "person")
    if term.ended_on is not None:
        raise NotNow(_("This term has ended."))
    if last_day < term.starts_on or (term.planned_end and last_day >= term.planned_end):
        raise Incomplete({"last_day": _("Enter a day within the term, before its planned end.")})
    term.ended_on, term.end_reason = last_day, reason
    term.save(update_fields=["ended_on", "end_reason"])
    journal.record(actor, "term_ended", term.chosen_in, now, seat=term.seat.ordinal)
    return term
