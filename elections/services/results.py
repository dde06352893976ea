"""Acclamation, consensus, certification: from candidates and votes to terms."""

import datetime
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from committees.models import Seat
from committees.services import open_term
from core import clock
from core.errors import Incomplete, NotNow
from core.locks import lock
from core.states import move
from elections.counting import electable
from elections.counting.core import digest
from elections.emails import notify_result
from elections.models import Election, Nomination
from elections.queries.candidates import members_named
from elections.queries.seats import caps_of, fillable_seats, planned_ends
from elections.services.claims import check_claims
from elections.services.eligibility import check_no_other_seat, check_same_name, mark_ineligible
from elections.services.keys import destroy_key
from elections.services.scrutiny import ask_scrutineers, check_conformity
from elections.services.steps import advance, record_event
from elections.states import ELECTION_MOVES, ClaimStage, ElectionState, IfFew
from organizations.models import Person


@transaction.atomic
def record_acclamation(election: Election, *, actor: User, now: datetime.datetime) -> Election:
    """Elect all candidates without a vote, where they are no more than the seats.

    An event of the chain; the scrutineers are asked. Raises NotNow where a vote is needed.
    """
    election = lock(election)
    check_claims(election, ClaimStage.CANDIDATES, now)
    mark_ineligible(election, actor=actor, now=now)
    candidates = list(election.nominations.candidates())
    advance(election, ElectionState.CANDIDATES, ElectionState.PROVISIONAL)
    if not candidates:
        raise NotNow(_("There is no candidate left. Annul the election, with the reason."))
    if len(candidates) > election.places.count():
        raise NotNow(_("There are more candidates than seats: a vote is needed."))
    if election.if_few == IfFew.YES_NO:
        raise NotNow(_("The rules say that each candidate is voted on: open the vote."))
    if election.cap and fillable_seats(election, now) < len(candidates):
        text = _(
            "They cannot all sit on the body under the limit for each organisation. Annul the election, with the reason."
        )
        raise NotNow(text)
    election.by_acclamation = True
    _elect_without_vote(election, "acclamation", [row.number for row in candidates])
    election.save(update_fields=["state", "by_acclamation", "result"])
    record_event(election, "acclaimed", actor=actor, now=now, result=digest(election.result))
    ask_scrutineers(election, now=now)
    return election


@transaction.atomic
def record_consensus(election: Election, *, numbers: Sequence[int], actor: User, now: datetime.datetime) -> Election:
    """Elect without a vote those (by ballot number, one for each seat) on whom the organisations present agree without
    objection; each elector may still claim against it.

    An event of the chain; the scrutineers are asked. Raises NotNow, Incomplete for more or fewer, or where the cap
    forbids it.
    """
    election = lock(election)
    advance(election, ElectionState.CANDIDATES, ElectionState.PROVISIONAL)
    check_claims(election, ClaimStage.CANDIDATES, now)
    mark_ineligible(election, actor=actor, now=now)
    known = {row.number for row in election.nominations.candidates()}
    seats = min(election.places.count(), len(known))
    if len(set(numbers)) != seats or len(numbers) != seats or not known.issuperset(numbers):
        text = ngettext("Choose %(n)s candidate.", "Choose %(n)s candidates, each once.", seats)
        raise Incomplete({"who": text % {"n": seats}})
    if electable(numbers, caps_of(election, now)) < len(numbers):
        raise Incomplete({"who": _("They cannot all sit on the body under the limit for each organisation.")})
    election.by_consensus = True
    _elect_without_vote(election, "consensus", numbers)
    election.save(update_fields=["state", "by_consensus", "result"])
    record_event(election, "consensus", actor=actor, now=now, result=digest(election.result))
    ask_scrutineers(election, now=now)
    return election


def _elect_without_vote(election: Election, method: str, numbers: Sequence[int]) -> None:
    seats = election.places.count()
    election.result = {"method": method, "seats": seats, "elected": list(numbers), "tied": [], "lots": []}


@transaction.atomic
def certify_election(election: Election, *, actor: User, now: datetime.datetime) -> Election:
    """Make the result official: earlier terms of the seats end, new ones open for the organisations of now.

    The key of the ballot box is destroyed; an event of the chain; a mail to everybody who speaks for a member
    organisation. Raises NotNow where somebody elected holds another seat of the body, or their organisation has left:
    such an election is annulled, with the reason.
    """
    election = lock(election)
    move(election, ElectionState.CERTIFIED, ELECTION_MOVES)
    if election.result.get("quorum_met") is False:
        raise NotNow(_("The quorum was not reached. Annul the election, with the reason."))
    check_claims(election, ClaimStage.RESULT, now)
    check_conformity(election)
    starts_on = election.term_starts_on or clock.today(now, settings.CASA_ZONE)
    by_number = {row.number: row for row in election.nominations.candidates()}
    elected = [by_number[number] for number in election.result["elected"]]
    if not elected and (election.by_acclamation or election.by_consensus):
        raise NotNow(_("There is no candidate left. Annul the election, with the reason."))
    seats = election.places.order_by("ordinal")
    for seat, row, ends_on in zip(seats, elected, planned_ends(election), strict=False):
        seat_candidate(election, row, seat=seat, starts_on=starts_on, ends_on=ends_on, now=now)
    election.save(update_fields=["state"])
    destroy_key(election, actor=actor, now=now)
    record_event(election, "certified", actor=actor, now=now, elected=[row.name for row in elected])
    notify_result(election, elected, now)
    return election


def seat_candidate(
    election: Election,
    row: Nomination,
    *,
    seat: Seat,
    starts_on: datetime.date,
    ends_on: datetime.date | None,
    now: datetime.datetime,
) -> None:
    """Open a term for somebody elected; whoever held the seat has completed theirs. The caller holds the lock.

    Raises NotNow where their organisation has left or they hold another seat of the body.
    """
    if not row.organization.is_in_on(clock.today(now, election.zone)):
        text = _("The organisation of %(name)s is no longer a member. Annul the election, with the reason.")
        raise NotNow(text % {"name": row.name})
    if row.person is None:
        same_name = members_named(election, row.name)
        check_same_name(election, same_name, starts_on)
        if same_name:
            row.person = same_name[0]
        else:
            row.person = Person.objects.create(name=row.name, is_public=True, is_demo=election.is_demo)
        row.save(update_fields=["person"])
    check_no_other_seat(election, row.person, starts_on)
    open_term(
        seat,
        person=row.person,
        organization=row.organization,
        starts_on=starts_on,
        planned_end=ends_on,
        chosen_in=election.code,
        is_demo=election.is_demo,
    )
