"""Preparing an election, fixing its rules by the call, changing its officer, annulling it."""

import dataclasses
import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, journal
from core.errors import Incomplete, NotNow
from core.locks import lock
from core.records import services as records
from core.states import move
from elections.counting.core import digest
from elections.emails import notify_called
from elections.models import Election
from elections.queries.plans import ElectionPlan, contradictions, plan_errors, plan_of, rules_of
from elections.services.keys import destroy_key
from elections.services.steps import record_event
from elections.states import ELECTION_MOVES, ElectionState, NominationState

#: Of a plan, what is not a field of the election's own row under the same name.
_NOT_COLUMNS = ("places", "titles", "language", "lot_source", "term_ends_by_rank")


@transaction.atomic
def create_election(plan: ElectionPlan, *, actor: User, now: datetime.datetime) -> Election:
    """Create an election in preparation, with the actor, of the coordination team, as its officer.

    A row of the journal. Raises Incomplete with everything that is missing or wrong.
    """
    if errors := plan_errors(plan, clock.today(now, settings.CASA_ZONE)):
        raise Incomplete(errors)
    places = sorted(plan.places, key=lambda seat: seat.ordinal)
    columns = {f.name: getattr(plan, f.name) for f in dataclasses.fields(plan) if f.name not in _NOT_COLUMNS}
    election = Election(
        year=clock.today(plan.opens_at, plan.zone).year,
        sector=places[0].sector,
        officer=actor.person,
        source_language=plan.language,
        lot_source=plan.lot_source.strip(),
        term_ends_by_rank=list(plan.term_ends_by_rank),
        **columns,
    )
    for code in settings.CONTENT_LANGUAGES:
        setattr(election, f"title_{code}", plan.titles.get(code, "").strip())
    for code in settings.CONTENT_LANGUAGES:
        if code != plan.language and getattr(election, f"title_{code}"):
            election.mark_translation("title", code, reviewed=False)
    records.create("ELE", election.year, election)
    election.places.set(places)
    journal.record(actor, "election_prepared", election.code, now)
    return election


@transaction.atomic
def call_election(election: Election, *, actor: User, now: datetime.datetime) -> Election:
    """Fix the rules, seal them, and call the organisations to nominate.

    An event of the chain; a mail to everybody who speaks for a member organisation. Raises NotNow where the days for
    nominating are over, Incomplete where rules contradict each other.
    """
    election = lock(election)
    move(election, ElectionState.CALLED, ELECTION_MOVES)
    if now >= election.nominations_close:
        raise NotNow(_("The days for nominating have passed. Prepare another election."))
    if errors := contradictions(plan_of(election), clock.today(now, settings.CASA_ZONE)):
        raise Incomplete(errors)
    election.rules = rules_of(election)
    election.rules_hash = digest(election.rules)
    election.save(update_fields=["state", "rules", "rules_hash"])
    record_event(election, "called", actor=actor, now=now, rules=election.rules_hash)
    notify_called(election, now)
    return election


@transaction.atomic
def take_over_office(election: Election, *, actor: User, now: datetime.datetime) -> Election:
    """Make the actor, of the coordination team, the officer.

    An event of the chain. Raises NotNow for a nominee, a scrutineer or an elector, and once the election is over.
    """
    election = lock(election)
    if election.is_over:
        raise NotNow(_("This election is over."))
    person = actor.person
    own = election.nominations.filter(person=person) | election.nominations.filter(address__iexact=actor.email)
    if own.exclude(state=NominationState.DECLINED).exists():
        raise NotNow(_("A candidate cannot be the election officer."))
    if election.scrutineers.filter(person=person).exists():
        raise NotNow(_("A scrutineer cannot be the election officer."))
    if election.roll.of_person(person.pk).exists():
        raise NotNow(_("Whoever votes in this election cannot be its officer."))
    if election.officer_id != person.pk:
        election.officer = person
        election.save(update_fields=["officer"])
        record_event(election, "officer_changed", actor=actor, now=now)
    return election


@transaction.atomic
def annul_election(election: Election, *, reason: str, actor: User, now: datetime.datetime) -> Election:
    """End an election without a result, with a reason that everybody reads.

    The key of its ballot box is destroyed; an event of the chain. Raises NotNow once it is certified, Incomplete
    without a reason.
    """
    election = lock(election)
    if not reason.strip():
        raise Incomplete({"reason": _("Say why; everybody will see it.")})
    move(election, ElectionState.ANNULLED, ELECTION_MOVES)
    election.annulled_because = reason.strip()
    election.save(update_fields=["state", "annulled_because"])
    destroy_key(election, actor=actor, now=now)
    record_event(election, "annulled", actor=actor, now=now)
    return election
