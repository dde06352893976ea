"""Nominating, answering, withdrawing, publishing the candidates."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import issue_link, use_link
from core import clock, permissions
from core.errors import Incomplete, NotNow, PermissionDenied
from core.locks import lock
from core.states import move
from elections.counting.core import digest
from elections.emails import notify_nominated
from elections.models import Election, Nomination
from elections.queries.candidates import is_nominated, members_named, numbers_on_ballot
from elections.queries.nominations import NOMINATION_LINK, nomination_of_link
from elections.queries.results import lot_order, tally
from elections.services.claims import check_claims
from elections.services.eligibility import check_no_other_seat, check_same_name, mark_ineligible, number_candidates
from elections.services.scrutiny import ask_scrutineers
from elections.services.steps import record_event
from elections.states import ELECTION_MOVES, NOMINATION_MOVES, ClaimStage, ElectionState, NominationState
from organizations.models import Organization, Person
from organizations.standing import standing_of


@dataclass(frozen=True)
class Nominee:
    """Who is nominated by an organisation: a name, where to write to them, and in which language."""

    name: str
    address: str
    language: str


@dataclass(frozen=True)
class Statement:
    """What a candidate says of themselves, and in which language."""

    text: str = ""
    language: str = "es"


def _check_nominating(election: Election, now: datetime.datetime) -> None:
    if not election.accepts_nominations(now):
        raise NotNow(_("This election is not accepting nominations now."))


@transaction.atomic
def nominate(
    election: Election,
    *,
    nominee: Nominee,
    organization: Organization,
    proposed_by: Organization,
    statement: Statement = Statement(),
    actor: User,
    now: datetime.datetime,
) -> Nomination:
    """Nominate somebody as a candidate of an organisation, in the name of one; they may accept with this statement.

    A mail to the nominee with a personal link; an event of the chain. Raises PermissionDenied, Incomplete, NotNow.
    """
    election = lock(election)
    _check_nominating(election, now)
    standing = standing_of(actor, now)
    if proposed_by.pk not in standing.speaks_for & standing.member_of:
        raise PermissionDenied(_("Only those who speak for a member organisation can nominate in its name."))
    row = _new_nomination(election, nominee, organization, now)
    row.proposed_by = proposed_by
    row.statement, row.statement_language = statement.text.strip(), statement.language
    _save_once(row)
    record_event(election, "nominated", actor=actor, now=now, organization=organization.slug, by_themselves=False)
    days = max(1, (election.nominations_close - now).days + 1)
    token = issue_link(NOMINATION_LINK, f"{election.code}:{row.pk}", row.address, now, days)
    notify_nominated(row, token, now)
    return row


@transaction.atomic
def nominate_oneself(
    election: Election, *, organization: Organization, statement: Statement, actor: User, now: datetime.datetime
) -> Nomination:
    """Nominate the actor for their own organisation; by it they have accepted.

    An event of the chain. Raises PermissionDenied, Incomplete, NotNow.
    """
    election = lock(election)
    _check_nominating(election, now)
    if organization.pk not in standing_of(actor, now).member_of:
        raise PermissionDenied(_("You can nominate yourself only as a person of your own member organisation."))
    if not statement.text.strip():
        raise Incomplete({"statement": _("Say in a few lines why you are standing.")})
    row = _new_nomination(election, Nominee(actor.person.name, actor.email, actor.language), organization, now)
    row.statement, row.statement_language = statement.text.strip(), statement.language
    move(row, NominationState.ACCEPTED, NOMINATION_MOVES)
    row.answered_at = now
    _save_once(row)
    record_event(election, "nominated", actor=actor, now=now, organization=organization.slug, by_themselves=True)
    return row


def _new_nomination(
    election: Election, nominee: Nominee, organization: Organization, now: datetime.datetime
) -> Nomination:
    """A nomination that is not saved yet. Raises Incomplete, NotNow."""
    today = clock.today(now, settings.CASA_ZONE)
    user = User.objects.filter(email__iexact=nominee.address, is_active=True).select_related("person").first()
    person = getattr(user, "person", None)
    if person is None:
        same_name = members_named(election, nominee.name)
        check_same_name(election, same_name, today)
        person = same_name[0] if same_name else None
    name = person.name if person else nominee.name.strip()
    if is_nominated(election, organization, name):
        raise NotNow(_("This person has already been nominated in this election."))
    _check_nominee(election, nominee, organization, person, today)
    return Nomination(
        election=election,
        person=person,
        name=name,
        address=nominee.address.strip().lower(),
        language=user.language if user else nominee.language,
        organization=organization,
        proposed_at=now,
    )


def _check_nominee(
    election: Election, nominee: Nominee, organization: Organization, person: Person | None, today: datetime.date
) -> None:
    errors = {}
    if not nominee.name.strip():
        errors["name"] = _("Say who it is.")
    if not nominee.address.strip():
        errors["address"] = _("Enter an address to write to them.")
    if not Organization.objects.members_on(today).filter(pk=organization.pk).exists():
        errors["organization"] = _("This is not a member organisation today.")
    if errors:
        raise Incomplete(errors)
    officer = election.officer
    if person and election.scrutineers.filter(person=person).exists():
        raise NotNow(_("A scrutineer of this election cannot be a candidate."))
    is_officer = person is not None and person.pk == officer.pk
    if is_officer or (officer.user and officer.user.email.lower() == nominee.address.lower()):
        raise NotNow(_("The election officer cannot be a candidate."))
    if person:
        check_no_other_seat(election, person, today)


def _save_once(row: Nomination) -> None:
    """Insert a nomination; of two at the same time, and of two for one person, the database takes one."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise NotNow(_("This person has already been nominated in this election.")) from error


@transaction.atomic
def answer_nomination(
    row: Nomination, *, accept: bool, statement: Statement, actor: User, now: datetime.datetime
) -> Nomination:
    """Accept or decline a nomination, by the nominee, signed in.

    An event of the chain. Raises PermissionDenied for anybody else, NotNow, Incomplete for an acceptance without a
    statement.
    """
    if row.person_id is None or row.person_id != standing_of(actor, now).person_id:
        raise PermissionDenied(_("Only the person who was nominated can answer."))
    return _answer(row, accept, statement, actor, now)


@transaction.atomic
def answer_by_link(token: str, *, accept: bool, statement: Statement, now: datetime.datetime) -> Nomination:
    """Accept or decline a nomination, by the nominee's personal link, once; a refused answer leaves the link alive.

    An event of the chain. Raises NotNow, Incomplete.
    """
    row = nomination_of_link(use_link(token, NOMINATION_LINK, now))
    if row is None:
        raise NotNow(_("This nomination is no longer valid."))
    return _answer(row, accept, statement, None, now)


def _answer(
    row: Nomination, accept: bool, statement: Statement, actor: User | None, now: datetime.datetime
) -> Nomination:
    election, row = lock(row.election), lock(row, "organization")
    _check_nominating(election, now)
    if accept and not (statement.text.strip() or row.statement):
        raise Incomplete({"statement": _("Say in a few lines why you are standing.")})
    move(row, NominationState.ACCEPTED if accept else NominationState.DECLINED, NOMINATION_MOVES)
    if accept and statement.text.strip():
        row.statement, row.statement_language = statement.text.strip(), statement.language
    row.answered_at = now
    row.save()
    verb = "accepted" if accept else "declined"
    record_event(election, verb, actor=actor, now=now, organization=row.organization.slug)
    return row


@transaction.atomic
def withdraw(row: Nomination, *, actor: User, now: datetime.datetime) -> Nomination:
    """End a candidacy at the candidate's will, until the result is certified; for a candidate without an account the
    officer does it at their request.

    Once voting has begun the number stays on the ballots and is passed over; after the vote it is counted again and
    the scrutineers are asked again. An event of the chain. Raises PermissionDenied, NotNow.
    """
    election, row = lock(row.election), lock(row, "organization", "person")
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
    elif election.state == ElectionState.VOTING:
        election.ballot_numbers = numbers_on_ballot(election)
        election.save(update_fields=["ballot_numbers"])
    facts = {"organization": row.organization.slug}
    if election.state in (ElectionState.CLOSED, ElectionState.PROVISIONAL):
        _count_without(election, row)
        facts["result"] = digest(election.result)
    record_event(election, "withdrawn", actor=actor, now=now, **facts)
    if election.result_known:
        ask_scrutineers(election, now=now)
    return row


def _count_without(election: Election, row: Nomination) -> None:
    """Count again as if a candidate were on no ballot."""
    if election.by_acclamation or election.by_consensus:
        election.result["elected"] = [n for n in election.result["elected"] if n != row.number]
    else:
        election.result = tally(election, lot_order(election))
        if election.result["tied"] and election.state == ElectionState.PROVISIONAL:
            move(election, ElectionState.CLOSED, ELECTION_MOVES)
        elif not election.result["tied"] and election.state == ElectionState.CLOSED:
            move(election, ElectionState.PROVISIONAL, ELECTION_MOVES)
    election.save(update_fields=["result", "state"])


@transaction.atomic
def publish_candidates(election: Election, *, actor: User, now: datetime.datetime) -> Election:
    """Publish who accepted, in alphabetical order.

    In the room nominations end by it. An event of the chain. Raises NotNow while nominations are open or a claim waits,
    and where nobody has accepted.
    """
    election = lock(election)
    move(election, ElectionState.CANDIDATES, ELECTION_MOVES)
    if now < election.nominations_close:
        if not election.in_room or now <= election.nominations_open:
            raise NotNow(_("Nominations are still open."))
        if election.nominations.filter(state=NominationState.PROPOSED).exists():
            raise NotNow(_("Somebody has not answered their nomination yet."))
        election.nominations_close = now
    check_claims(election, ClaimStage.ROLL, now)
    mark_ineligible(election, actor=actor, now=now)
    candidates = number_candidates(election)
    if not candidates:
        raise NotNow(_("Nobody has accepted a nomination. Annul this election and prepare another."))
    election.save(update_fields=["state", "nominations_close"])
    names = [row.name for row in candidates]
    record_event(election, "candidates_published", actor=actor, now=now, candidates=names)
    return election
