"""Seats to fill: who stays on the body, how many seats the candidates could fill, when terms end."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

from committees.models import Committee, Seat, Term
from core import clock
from elections.counting import electable
from elections.counting.core import YES_NO
from elections.models import Election, Nomination
from elections.states import IfFew


def staying_members(committee: Committee, places: Iterable[Seat], day: datetime.date) -> dict[str, int]:
    """{organisation's slug: members of the body who sit on a day in seats that are not being filled}."""
    staying = Term.objects.on(day).filter(seat__committee=committee).exclude(seat__in=places)
    counts: dict[str, int] = {}
    for slug in staying.values_list("organization__slug", flat=True):
        counts[slug] = counts.get(slug, 0) + 1
    return counts


def caps_of(election: Election, now: datetime.datetime) -> dict[str, Any] | None:
    """The groups under the cap as the count reads them, by ballot numbers."""
    return _caps(election, now, election.nominations.candidates(), lambda row: row.number or 0)


def _caps(
    election: Election,
    now: datetime.datetime,
    candidates: Iterable[Nomination],
    identifier: Callable[[Nomination], int],
) -> dict[str, Any] | None:
    if not election.cap:
        return None
    groups: dict[str, list[int]] = {}
    for row in candidates:
        groups.setdefault(row.organization.slug, []).append(identifier(row))
    day = election.term_starts_on or clock.today(now, settings.CASA_ZONE)
    staying = staying_members(election.committee, election.places.all(), day)
    return {"cap": election.cap, "groups": groups, "sitting": {g: n for g, n in staying.items() if g in groups}}


def method_for(election: Election, candidates: int) -> str | None:
    """How the ballots of so many candidates are given; None where there is nothing to vote on: an acclamation."""
    if candidates > election.places.count():
        return election.method
    return YES_NO if election.if_few == IfFew.YES_NO and candidates else None


def fillable_seats(election: Election, now: datetime.datetime) -> int:
    """How many seats these candidates could fill under the cap; before they have numbers too."""
    candidates = list(election.nominations.candidates())
    caps = _caps(election, now, candidates, lambda row: row.pk)
    return min(electable([row.pk for row in candidates], caps), election.places.count())


def planned_ends(election: Election) -> list[datetime.date | None]:
    """The planned end of each elected person's term, in order of election."""
    if election.term_ends_by_rank:
        return [datetime.date.fromisoformat(day) for day in election.term_ends_by_rank]
    return [election.term_ends_on] * election.places.count()
