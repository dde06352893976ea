"""Lots: names from a hat before two witnesses, or an order that follows from a public value, which anybody reckons again.

The count asks for a lot only where it changes who is elected, or the order of election where terms differ by it; in
single transferable votes also which of two equal surpluses passes on first and who of equal candidates leaves first,
even where both orders happen to end alike, for to know that would be to count both. Each lot that was used is recorded
in its stage; the rest of the order is not.
"""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import Incomplete, NotNow
from core.states import move
from elections.counting.core import lot_order_of, lot_seed
from elections.models import Draw
from elections.services.common import locked, note, sha256
from elections.services.scrutiny import ask_scrutineers
from elections.services.tallying import tally, to_draw
from elections.states import ELECTION_MOVES, ElectionState, TieBreak


def _tied(election, tie_break):
    """Raise NotNow where there is no tie, or where the rules take lots from elsewhere."""
    if election.state != ElectionState.CLOSED or not election.result["tied"]:
        raise NotNow(_("There is no tie to settle."))
    if election.tie_break != tie_break:
        by_value = _("Under the rules of this election, the draw uses a public value, not names from a hat.")
        from_hat = _("Under the rules of this election, names are drawn from a hat before two witnesses.")
        raise NotNow(by_value if election.tie_break == TieBreak.SEED else from_hat)


@transaction.atomic
def record_draw(election, *, order, witnesses, actor, now):
    """Names came out of the hat in this order (ballot numbers), before two witnesses of different organisations.

    Raises Incomplete where somebody tied is missing or the witnesses do not fit, NotNow where there is no tie.
    """
    election = locked(election)
    _tied(election, TieBreak.DRAW)
    if sorted(order) != sorted(to_draw(election)):
        raise Incomplete({"order": _("Enter each name from the hat once, in the order drawn.")})
    first, second = witnesses
    _check_witnesses(election, first, second, now)
    return _settle(election, {"order": order, "first_witness": first, "second_witness": second}, {}, actor, now)


@transaction.atomic
def record_value(election, *, value, again, actor, now):
    """The public value that the rules name, exactly as printed, entered twice: all candidates are put in order by it.

    The seed is of the seal of the closing too, so that whoever knew the value before could not choose by it, nor
    whoever closes the vote. Raises Incomplete for no value or two that differ, NotNow where there is no tie.
    """
    election = locked(election)
    _tied(election, TieBreak.SEED)
    value, again = value.strip(), again.strip()
    if not value:
        raise Incomplete({"value": _("Enter the public value named in the rules.")})
    if value != again:
        raise Incomplete({"again": _("The two values are not the same. Enter the value exactly as it is printed.")})
    closing = election.events.filter(verb="closed").last()
    seed = lot_seed(closing.digest, value)
    order = lot_order_of(seed, range(1, election.counting()["candidates"] + 1))
    facts = {"value": value, "seed": seed}
    return _settle(election, {"order": order} | facts, facts, actor, now)


def _settle(election, drawn, facts, actor, now):
    """Count with this order, and seal it."""
    Draw.objects.update_or_create(election=election, defaults=drawn | {"drawn_at": now})
    election.result = tally(election, drawn["order"])
    move(election, ElectionState.PROVISIONAL, ELECTION_MOVES)
    election.save(update_fields=["state", "result"])
    note(election, "drawn", actor, now, order=drawn["order"], result=sha256(election.result), **facts)
    ask_scrutineers(election, now)
    return election


def organizations_of(person, now):
    """The organisations somebody is of today."""
    today = clock.today(now, settings.CASA_ZONE)
    held = person.mandates.on(today).exclude(organization=None)
    return set(held.values_list("organization_id", flat=True))


def _check_witnesses(election, first, second, now):
    of_first, of_second = organizations_of(first, now), organizations_of(second, now)
    names = {first.pk, second.pk}
    if len(names) < 2 or not of_first or not of_second or of_first & of_second:
        raise Incomplete({"second_witness": _("The two witnesses must be from different organisations.")})
    tied = election.nominations.filter(number__in=election.result["tied"], person__in=names)
    if election.officer_id in names or tied.exists():
        raise Incomplete({"second_witness": _("Neither the election officer nor a tied candidate can be a witness.")})
