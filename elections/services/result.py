"""Acclamation, consensus, certifying: from votes to terms."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.services import open_term
from core import clock
from core.errors import Incomplete, NotNow
from core.states import move
from elections.counting import electable
from elections.emails import tell_result
from elections.services.common import advance, locked, note, sha256
from elections.services.eligibility import check_seat, drop_those_who_left, known_by_name, number_candidates
from elections.services.methods import caps_of, ends_of_terms, fillable
from elections.services.procedure import check_claims
from elections.services.scrutiny import ask_scrutineers, check_conformity
from elections.services.secret import destroy_key
from elections.states import ELECTION_MOVES, ClaimStage, ElectionState, IfFew
from organizations.models import Person


@transaction.atomic
def note_acclamation(election, actor, now):
    """No more candidates than seats: all are elected without a vote. Raises NotNow where a vote is needed."""
    election = locked(election)
    check_claims(election, ClaimStage.CANDIDATES, now)
    if drop_those_who_left(election, actor, now):
        number_candidates(election)
    candidates = list(election.nominations.candidates())
    advance(election, ElectionState.CANDIDATES, ElectionState.PROVISIONAL)
    if not candidates:
        raise NotNow(_("There is no candidate left. Annul the election, with the reason."))
    if len(candidates) > election.places.count():
        raise NotNow(_("There are more candidates than seats: a vote is needed."))
    if election.if_few == IfFew.YES_NO:
        raise NotNow(_("The rules say that each candidate is voted on: open the vote."))
    if election.cap and fillable(election, now) < len(candidates):
        raise NotNow(
            _(
                "They cannot all sit on the body under the limit for each organisation. Annul the election, with "
                "the reason."
            )
        )
    election.by_acclamation = True
    election.result = {
        "method": "acclamation", "seats": election.places.count(), "elected": [row.number for row in candidates],
        "tied": [], "lots": [],
    }  # fmt: skip
    election.save(update_fields=["state", "by_acclamation", "result"])
    note(election, "acclaimed", actor, now, result=sha256(election.result))
    ask_scrutineers(election, now)
    return election


@transaction.atomic
def note_consensus(election, numbers, actor, now):
    """Those present agree, without objection, who is elected: no vote. Each elector may still claim against it.

    `numbers` are ballot numbers, one for each seat. Raises Incomplete for more or fewer, or where the cap forbids it.
    """
    election = locked(election)
    advance(election, ElectionState.CANDIDATES, ElectionState.PROVISIONAL)
    if election.runoff is not None or election.events.filter(verb="voting_opened").exists():
        raise NotNow(_("Voting has been opened: the vote decides."))
    check_claims(election, ClaimStage.CANDIDATES, now)
    if drop_those_who_left(election, actor, now):
        number_candidates(election)
    known = {row.number for row in election.nominations.candidates()}
    seats = min(election.places.count(), len(known))
    if len(set(numbers)) != seats or len(numbers) != seats or not known.issuperset(numbers):
        words = ngettext("Choose %(n)s candidate.", "Choose %(n)s candidates, each once.", seats)
        raise Incomplete({"who": words % {"n": seats}})
    if electable(numbers, caps_of(election, now)) < len(numbers):
        raise Incomplete({"who": _("They cannot all sit on the body under the limit for each organisation.")})
    election.by_consensus = True
    election.result = {
        "method": "consensus", "seats": election.places.count(), "elected": list(numbers), "tied": [], "lots": [],
    }  # fmt: skip
    election.save(update_fields=["state", "by_consensus", "result"])
    note(election, "consensus", actor, now, result=sha256(election.result))
    ask_scrutineers(election, now)
    return election


@transaction.atomic
def certify(election, actor, now):
    """The result is official: earlier terms of the seats end, new ones open with each organisation at that time.

    Returns the Election. Raises NotNow where somebody elected holds another seat of the body, or their organisation
    has left since: such an election is annulled, with the reason.
    """
    election = locked(election)
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
    terms = zip(election.places.order_by("ordinal"), elected, ends_of_terms(election), strict=False)
    for seat, row, ends_on in terms:
        seat_row(election, seat, row, (starts_on, ends_on), now)
    election.save(update_fields=["state"])
    destroy_key(election, actor, now)
    note(election, "certified", actor, now, elected=[row.name for row in elected])
    tell_result(election, elected, now)
    return election


def seat_row(election, seat, row, term, now):
    """Somebody elected takes a seat for a term (start, planned end); whoever held it has completed theirs."""
    starts_on, ends_on = term
    if not row.organization.is_in_on(clock.today(now, election.zone)):
        words = _("The organisation of %(name)s is no longer a member. Annul the election, with the reason.")
        raise NotNow(words % {"name": row.name})
    if row.person is None:
        row.person = known_by_name(election, row.name, starts_on) or Person.objects.create(
            name=row.name, is_public=True, is_demo=election.is_demo
        )
        row.save(update_fields=["person"])
    check_seat(election, row.person, starts_on)
    open_term(
        seat, person=row.person, organization=row.organization, starts_on=starts_on, planned_end=ends_on,
        chosen_in=election.code, is_demo=election.is_demo,
    )  # fmt: skip
