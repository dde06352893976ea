"""Lots: names from a hat before two witnesses, or an order that follows from a public value, which anybody can calculate
again.

The count asks for a lot only where it changes who is elected, or the order of election where terms differ by it; in
single transferable votes also which of two equal surpluses passes on first and who of equal candidates leaves first,
even where both orders happen to end alike, for to know that would be to count both. Each lot that was used is recorded
in its stage; the rest of the order is not.
"""

import datetime
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import Incomplete, NotNow
from core.locks import lock
from core.states import move
from elections.counting.core import digest, lot_order_of, lot_seed
from elections.models import Draw, Election
from elections.queries.ballots import counting_rules
from elections.queries.results import numbers_to_draw, tally
from elections.services.scrutiny import ask_scrutineers
from elections.services.steps import record_event
from elections.states import ELECTION_MOVES, ElectionState, TieBreak
from organizations.models import Person


class Witnesses(NamedTuple):
    """Who saw the names being drawn, of different organisations."""

    first: Person
    second: Person


@transaction.atomic
def record_draw(
    election: Election, *, order: Sequence[int], witnesses: Witnesses, actor: User, now: datetime.datetime
) -> Election:
    """Record in which order names (ballot numbers) came out of the hat, before two witnesses, and count by it.

    An event of the chain; the scrutineers are asked. Raises Incomplete where somebody tied is missing or the witnesses
    do not fit, NotNow where there is no tie.
    """
    election = lock(election)
    _check_tied(election, TieBreak.DRAW)
    if sorted(order) != sorted(numbers_to_draw(election)):
        raise Incomplete({"order": _("Enter each name from the hat once, in the order drawn.")})
    _check_witnesses(election, witnesses, now)
    first, second = witnesses
    draw = {"order": order, "first_witness": first, "second_witness": second}
    _settle(election, draw, {}, actor, now)
    return election


@transaction.atomic
def record_public_value(election: Election, *, value: str, again: str, actor: User, now: datetime.datetime) -> Election:
    """Record the public value that the rules name, exactly as printed, entered twice, and count by the order of all
    candidates that follows from it.

    The seed depends on the seal of the closing too, so that nobody who knew the value before could choose by it, nor
    whoever closes the vote. An event of the chain; the scrutineers are asked. Raises Incomplete for no value or two
    that differ, NotNow where there is no tie.
    """
    election = lock(election)
    _check_tied(election, TieBreak.SEED)
    value, again = value.strip(), again.strip()
    if not value:
        raise Incomplete({"value": _("Enter the public value named in the rules.")})
    if value != again:
        raise Incomplete({"again": _("The two values are not the same. Enter the value exactly as it is printed.")})
    closing = election.events.filter(verb="closed").latest("number")
    seed = lot_seed(closing.digest, value)
    order = lot_order_of(seed, range(1, counting_rules(election)["candidates"] + 1))
    facts = {"value": value, "seed": seed}
    _settle(election, {"order": order} | facts, facts, actor, now)
    return election


def _check_tied(election: Election, tie_break: TieBreak) -> None:
    """Raise NotNow where there is no tie, or where the rules take lots from elsewhere."""
    if election.state != ElectionState.CLOSED or not election.result["tied"]:
        raise NotNow(_("There is no tie to settle."))
    if election.tie_break != tie_break:
        by_value = _("Under the rules of this election, the draw uses a public value, not names from a hat.")
        from_hat = _("Under the rules of this election, names are drawn from a hat before two witnesses.")
        raise NotNow(by_value if election.tie_break == TieBreak.SEED else from_hat)


def _settle(
    election: Election, draw: dict[str, Any], facts: dict[str, str], actor: User, now: datetime.datetime
) -> None:
    """Count with this order, and seal it."""
    Draw.objects.update_or_create(election=election, defaults=draw | {"drawn_at": now})
    election.result = tally(election, draw["order"])
    move(election, ElectionState.PROVISIONAL, ELECTION_MOVES)
    election.save(update_fields=["state", "result"])
    result = digest(election.result)
    record_event(election, "drawn", actor=actor, now=now, order=draw["order"], result=result, **facts)
    ask_scrutineers(election, now=now)


def _check_witnesses(election: Election, witnesses: Witnesses, now: datetime.datetime) -> None:
    first, second = (_organizations_of(person, now) for person in witnesses)
    people = {person.pk for person in witnesses}
    if len(people) < 2 or not first or not second or first & second:
        raise Incomplete({"second_witness": _("The two witnesses must be from different organisations.")})
    tied = election.nominations.filter(number__in=election.result["tied"], person__in=people)
    if election.officer_id in people or tied.exists():
        raise Incomplete({"second_witness": _("Neither the election officer nor a tied candidate can be a witness.")})


def _organizations_of(person: Person, now: datetime.datetime) -> set[int]:
    mandates = person.mandates.on(clock.today(now, settings.CASA_ZONE)).exclude(organization=None)
    return set(mandates.values_list("organization_id", flat=True))
