"""In the room: electors check in in the morning, and hold their organisation's vote until the evening."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import NotNow, PermissionDenied
from core.locks import lock
from elections.models import CheckIn, Election, RollEntry
from elections.queries.electors import entry_of
from elections.services.steps import record_event
from organizations.models import Person


@transaction.atomic
def check_in(election: Election, *, actor: User, now: datetime.datetime) -> CheckIn | None:
    """Check in an elector for the day. Raises PermissionDenied, NotNow where the other of the two has checked in."""
    election = lock(election)
    entry = entry_of(election, actor, now)
    if entry is None:
        raise PermissionDenied(_("You are not on the roll of this election."))
    _check_in_the_room(election)
    return hold_vote(election, entry_id=entry.pk, actor=actor, now=now)


@transaction.atomic
def record_presence(
    election: Election, *, entry: RollEntry, person: Person, actor: User, now: datetime.datetime
) -> CheckIn:
    """Check in an elector, voter or alternate, by the officer; whoever was checked in before no longer holds the vote.

    An event of the chain. Raises NotNow.
    """
    election = lock(election)
    _check_in_the_room(election)
    if person.pk not in (entry.voter_id, entry.alternate_id):
        raise NotNow(_("This person is not on the roll for this organisation."))
    row, _is_new = CheckIn.objects.update_or_create(
        entry=entry, day=clock.today(now, election.zone), defaults={"person": person, "checked_in_at": now}
    )
    record_event(election, "present_noted", actor=actor, now=now, organization=entry.organization.slug)
    return row


def hold_vote(election: Election, *, entry_id: int, actor: User, now: datetime.datetime) -> CheckIn | None:
    """Let the actor hold their organisation's vote until the evening, in the room; elsewhere nothing is stored.

    Raises NotNow, naming them, where the other of voter and alternate has checked in today.
    """
    if not election.in_room:
        return None
    row, _is_new = CheckIn.objects.get_or_create(
        entry_id=entry_id, day=clock.today(now, election.zone), defaults={"person": actor.person, "checked_in_at": now}
    )
    _check_is_own(row, actor)
    return row


def check_not_held(election: Election, entry_id: int, actor: User, now: datetime.datetime) -> None:
    """Raise NotNow where the other of the two has checked in today. Stores nothing, which would tell when a secret vote
    was cast."""
    if election.in_room:
        for row in CheckIn.objects.filter(entry=entry_id, day=clock.today(now, election.zone)).select_related("person"):
            _check_is_own(row, actor)


def _check_is_own(row: CheckIn, actor: User) -> None:
    if row.person_id != actor.person.pk:
        text = _("%(name)s checked in for your organisation today. The election officer can check you in instead.")
        raise NotNow(text % {"name": row.person.name})


def _check_in_the_room(election: Election) -> None:
    if not election.in_room or election.is_over or not RollEntry.objects.filter(election=election).exists():
        raise NotNow(_("Check-in is only for an election in the room, from the roll until the end."))
