"""Nominating, answering, withdrawing, publishing the candidates."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.queries import find_link
from accounts.services import issue_link, use_link
from core import clock, permissions
from core.errors import Incomplete, NotNow, PermissionDenied
from core.states import move
from elections.emails import tell_nominated
from elections.models import Election, Nomination
from elections.services.common import locked, note, sha256
from elections.services.eligibility import (
    check_seat,
    drop_those_who_left,
    is_nominated,
    known_by_name,
    number_candidates,
)
from elections.services.procedure import check_claims
from elections.services.scrutiny import ask_scrutineers
from elections.services.tallying import tally
from elections.states import ELECTION_MOVES, NOMINATION_MOVES, ClaimStage, ElectionState, NominationState
from organizations.models import Organization
from organizations.standing import standing_of

NOMINATION = "nomination"


def _nominates(election, now):
    if not election.nominates(now):
        raise NotNow(_("This election is not accepting nominations now."))


@transaction.atomic
def nominate(
    election, *, organization, actor, now, name="", address="", language="es", proposed_by=None, statement="",
    statement_language="es",
):  # fmt: skip
    """Propose somebody by name and e-mail for an organisation (`proposed_by`), or oneself (`proposed_by` None).

    Who proposes themselves has accepted by it; anybody else is written to with a personal link. Returns the Nomination.
    """
    election = locked(election)
    _nominates(election, now)
    standing = standing_of(actor, now)
    if proposed_by is None:
        if organization.pk not in standing.member_of:
            raise PermissionDenied(_("You can nominate yourself only as a person of your own member organisation."))
        name, address, language = actor.person.name, actor.email, actor.language
        if not statement.strip():
            raise Incomplete({"statement": _("Say in a few lines why you are standing.")})
    elif proposed_by.pk not in standing.speaks_for & standing.member_of:
        raise PermissionDenied(_("Only those who speak for a member organisation can nominate in its name."))
    user = User.objects.filter(email__iexact=address, is_active=True).select_related("person").first()
    person = getattr(user, "person", None)
    if person is None:
        person = known_by_name(election, name, clock.today(now, settings.CASA_ZONE))
    if is_nominated(election, organization, person.name if person else name):
        raise NotNow(_("This person has already been nominated in this election."))
    _check(election, organization, name, address, person, now)
    row = Nomination(
        election=election, person=person, name=person.name if person else name.strip(),
        address=address.strip().lower(), language=user.language if user else language, organization=organization,
        proposed_by=proposed_by, statement=statement.strip(), statement_language=statement_language, proposed_at=now,
    )  # fmt: skip
    if proposed_by is None:
        move(row, NominationState.ACCEPTED, NOMINATION_MOVES)
        row.answered_at = now
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise NotNow(_("This person has already been nominated in this election.")) from error
    note(election, "nominated", actor, now, organization=organization.slug, by_themselves=proposed_by is None)
    if proposed_by is not None:
        days = max(1, (election.nominations_close - now).days + 1)
        token = issue_link(NOMINATION, f"{election.code}:{row.pk}", row.address, now, days)
        tell_nominated(row, token, now)
    return row


def _check(election, organization, name, address, person, now):
    today = clock.today(now, settings.CASA_ZONE)
    wrong = {}
    if not name.strip():
        wrong["name"] = _("Say who it is.")
    if not address.strip():
        wrong["address"] = _("Enter an address to write to them.")
    if not Organization.objects.members_on(today).filter(pk=organization.pk).exists():
        wrong["organization"] = _("This is not a member organisation today.")
    if wrong:
        raise Incomplete(wrong)
    officer = election.officer
    if person and election.scrutineers.filter(person=person).exists():
        raise NotNow(_("A scrutineer of this election cannot be a candidate."))
    if (person and person.pk == officer.pk) or (officer.user and officer.user.email.lower() == address.lower()):
        raise NotNow(_("The election officer cannot be a candidate."))
    if person:
        check_seat(election, person, today)


def _answer(row, *, accept, statement, statement_language, actor, now):
    election = Election.objects.select_for_update().get(pk=row.election_id)
    row = Nomination.objects.select_for_update(of=("self",)).get(pk=row.pk)
    _nominates(election, now)
    if accept and not (statement.strip() or row.statement):
        raise Incomplete({"statement": _("Say in a few lines why you are standing.")})
    move(row, NominationState.ACCEPTED if accept else NominationState.DECLINED, NOMINATION_MOVES)
    if accept and statement.strip():
        row.statement, row.statement_language = statement.strip(), statement_language
    row.answered_at = now
    row.save()
    note(election, "accepted" if accept else "declined", actor, now, organization=row.organization.slug)
    return row


@transaction.atomic
def answer_nomination(row, *, accept, actor, now, statement="", statement_language="es"):
    """The nominee, signed in, accepts or declines. Raises Refused for anybody else."""
    if row.person_id is None or row.person_id != standing_of(actor, now).person_id:
        raise PermissionDenied(_("Only the person who was nominated can answer."))
    return _answer(row, accept=accept, statement=statement, statement_language=statement_language, actor=actor, now=now)


def nomination_of(token, now):
    """The Nomination of a living personal link, or None; looking uses nothing up."""
    link = find_link(token, NOMINATION, now)
    return _of_link(link) if link else None


def _of_link(link):
    code, _colon, pk = link.code.partition(":")
    found = Nomination.objects.select_related("election__committee", "organization", "proposed_by")
    return found.filter(pk=pk, election__code=code, address__iexact=link.address).first()


@transaction.atomic
def answer_by_link(token, *, accept, now, statement="", statement_language="es"):
    """The nominee answers by their personal link, once. A refusal of the answer leaves the link alive."""
    row = _of_link(use_link(token, NOMINATION, now))
    if row is None:
        raise NotNow(_("This nomination is no longer valid."))
    return _answer(row, accept=accept, statement=statement, statement_language=statement_language, actor=None, now=now)


@transaction.atomic
def withdraw(row, actor, now):
    """A candidate steps back, until the result is certified; for one without an account the officer notes it at their
    request. Before the list is out nobody else ever reads of it; once voting has begun the number stays on the ballots
    and is read over, and after the vote it is counted again."""
    election = Election.objects.select_for_update().get(pk=row.election_id)
    row = Nomination.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.person_id is None or row.person_id != standing_of(actor, now).person_id:
        if not permissions.has_perm(actor, "elections.run_election", election):
            raise PermissionDenied(
                _("Only the candidate can withdraw; for a candidate without an account, the election officer does it.")
            )
        if row.person and row.person.user_id:
            raise NotNow(_("This candidate has an account and must withdraw personally."))
    if election.state == ElectionState.DRAFT or election.is_over:
        raise NotNow(_("This election is over."))
    move(row, NominationState.WITHDRAWN, NOMINATION_MOVES)
    row.save(update_fields=["state"])
    if election.state == ElectionState.CANDIDATES:
        number_candidates(election)
    facts = {"organization": row.organization.slug}
    if election.state in (ElectionState.CLOSED, ElectionState.PROVISIONAL):
        facts["result"] = sha256(count_without(election, row.number))
    note(election, "withdrawn", actor, now, **facts)
    if election.result_known:
        ask_scrutineers(election, now)
    return row


def count_without(election, number):
    """The result once a candidate has withdrawn after the vote: counted again as if they were on no ballot."""
    if election.by_acclamation or election.by_consensus:
        election.result["elected"] = [n for n in election.result["elected"] if n != number]
    else:
        draw = getattr(election, "draw", None)
        election.result = tally(election, draw.order if draw else ())
        if election.result["tied"] and election.state == ElectionState.PROVISIONAL:
            move(election, ElectionState.CLOSED, ELECTION_MOVES)
        elif not election.result["tied"] and election.state == ElectionState.CLOSED:
            move(election, ElectionState.PROVISIONAL, ELECTION_MOVES)
    election.save(update_fields=["result", "state"])
    return election.result


@transaction.atomic
def publish_candidates(election, actor, now):
    """Everybody reads who accepted, in alphabetical order. Raises NotNow while nominations are open."""
    election = locked(election)
    move(election, ElectionState.CANDIDATES, ELECTION_MOVES)
    if now < election.nominations_close:
        if not election.in_room or now <= election.nominations_open:
            raise NotNow(_("Nominations are still open."))
        if election.nominations.filter(state=NominationState.PROPOSED).exists():
            raise NotNow(_("Somebody has not answered their nomination yet."))
        election.nominations_close = now
    check_claims(election, ClaimStage.ROLL, now)
    drop_those_who_left(election, actor, now)
    found = number_candidates(election)
    if not found:
        raise NotNow(_("Nobody has accepted a nomination. Annul this election and prepare another."))
    election.save(update_fields=["state", "nominations_close"])
    note(election, "candidates_published", actor, now, candidates=[row.name for row in found])
    return election
