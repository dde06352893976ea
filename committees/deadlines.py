"""What is due when: terms that end."""

import datetime
from collections.abc import Iterator
from typing import cast

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from committees.models import Term
from core import clock
from core.deadlines import Due, ReminderKind
from organizations.standing.addressees import coordination_team


def deadlines(since: datetime.datetime, until: datetime.datetime) -> Iterator[Due]:
    """Dues of the kind TERM_END, to the coordination team: the end of the last day of a planned term, in
    Montevideo. The code is that of what chose the holder, else the committee and seat. Two queries at most."""
    zone = settings.CASA_ZONE
    first, last = (clock.today(x, zone) for x in (since - datetime.timedelta(days=1), until))
    ending = Term.objects.filter(ended_on=None, planned_end__gte=first, planned_end__lte=last)
    team = None
    for term in ending.select_related("seat__committee").order_by("planned_end", "pk"):
        at = clock.end_of(cast(datetime.date, term.planned_end), zone)
        if since <= at < until:
            team = coordination_team(clock.today(since, zone)) if team is None else team
            code = term.chosen_in or f"{term.seat.committee.slug}:{term.seat.ordinal}"
            yield Due(TERM_END.name, code, at, zone, team, part=str(term.seat_id))


TERM_END = ReminderKind(
    name="committees.term",
    label=_("Terms ending"),
    template="mail/reminders/term",
    days_before=(60, 14),
    ahead=deadlines,
)
