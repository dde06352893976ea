"""The roll in preparation: one organisation, one vote; its voter and their alternate."""

import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, journal
from core.errors import Incomplete, NotNow
from core.locks import lock
from core.states import move
from elections.models import Election, RollEntry
from elections.queries.roll import do_weights_identify, elector_errors, free_speakers, roll_digest
from elections.services.steps import record_event
from elections.states import ELECTION_MOVES, ElectionState
from organizations.models import Organization, Person


def _check_in_preparation(election: Election) -> None:
    if election.state not in (ElectionState.DRAFT, ElectionState.CALLED):
        raise NotNow(_("The roll is published and can no longer change."))


def check_roll(election: Election) -> None:
    """Raise NotNow where no election can be held with its roll. The quorum counts organisations, however many votes
    each has."""
    weights = list(election.roll.values_list("weight", flat=True))
    if not weights:
        raise NotNow(_("Nobody is on the roll yet."))
    if election.quorum and election.quorum > len(weights):
        raise NotNow(_("The quorum is higher than the number of organisations on the roll."))
    if election.is_secret and do_weights_identify(weights):
        raise NotNow(_("Fewer than three organisations have the same weight: it would reveal whose vote is whose."))


@transaction.atomic
def add_to_roll(
    election: Election,
    *,
    organization: Organization,
    voter: Person,
    alternate: Person | None,
    weight: int = 1,
    actor: User,
    now: datetime.datetime,
) -> RollEntry:
    """Add an organisation to the roll, with people who speak for it today, or replace its entry.

    `weight`, as how many votes its vote counts, is other than 1 only where the rules say that votes have weights.
    A row of the journal. Raises Incomplete, NotNow.
    """
    election = lock(election)
    _check_in_preparation(election)
    today, errors = clock.today(now, settings.CASA_ZONE), {}
    if weight != 1 and not election.is_weighted:
        errors["weight"] = _("Under the rules, each organisation has one vote.")
    if weight < 1:
        errors["weight"] = _("A weight must be at least 1.")
    if not Organization.objects.members_on(today).filter(pk=organization.pk).exists():
        errors["organization"] = _("This is not a member organisation today.")
    errors |= elector_errors(election, organization, voter, alternate, today)
    if errors:
        raise Incomplete(errors)
    people = {"voter": voter, "alternate": alternate, "weight": weight}
    entry, _is_new = RollEntry.objects.update_or_create(election=election, organization=organization, defaults=people)
    journal.record(actor, "election_roll_entry", election.code, now, organization=organization.slug)
    return entry


@transaction.atomic
def fill_roll(election: Election, *, actor: User, now: datetime.datetime) -> int:
    """Add to the roll each member organisation that is not on it, by who speaks for it: the first named votes, and the
    second is the alternate. Returns how many were added.

    A row of the journal for each. Raises NotNow once the roll is published.
    """
    election = lock(election)
    _check_in_preparation(election)
    today, added = clock.today(now, settings.CASA_ZONE), 0
    listed = set(election.roll.values_list("organization_id", flat=True))
    for organization in Organization.objects.members_on(today).exclude(pk__in=listed):
        voter, alternate = (*free_speakers(election, organization, today), None, None)[:2]
        if voter is not None:
            add_to_roll(election, organization=organization, voter=voter, alternate=alternate, actor=actor, now=now)
            added += 1
    return added


@transaction.atomic
def remove_from_roll(election: Election, *, organization: Organization, actor: User, now: datetime.datetime) -> None:
    """Remove an organisation from the roll. A row of the journal. Raises NotNow once the roll is published."""
    election = lock(election)
    _check_in_preparation(election)
    election.roll.filter(organization=organization).delete()
    journal.record(actor, "election_roll_removed", election.code, now, organization=organization.slug)


@transaction.atomic
def publish_roll(election: Election, *, actor: User, now: datetime.datetime) -> Election:
    """Publish the roll and seal it. An event of the chain. Raises NotNow where no election can be held with it."""
    election = lock(election)
    move(election, ElectionState.ROLL, ELECTION_MOVES)
    check_roll(election)
    if election.roll.of_person(election.officer_id).exists():
        raise NotNow(_("The election officer does not vote."))
    election.roll_hash = roll_digest(election)
    election.save(update_fields=["state", "roll_hash"])
    facts = {"roll": election.roll_hash, "organizations": election.roll.count()}
    record_event(election, "roll_published", actor=actor, now=now, **facts)
    return election
