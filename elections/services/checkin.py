"""In the room: electors sign in at the morning check-in, and hold their organisation's vote until the evening."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotNow, PermissionDenied
from elections.models import CheckIn, RollEntry
from elections.services.common import entry_of, locked, note, shared


def here_today(election, now):
    """{roll entry's id: CheckIn} of those who signed in today, where the election is. One query."""
    rows = CheckIn.objects.filter(entry__election=election, day=clock.today(now, election.zone))
    return {row.entry_id: row for row in rows.select_related("person")}


@transaction.atomic
def check_in(election, actor, now):
    """An elector signs in for the day. Returns the CheckIn; raises NotNow where the other of the two has."""
    election = shared(election)
    entry = entry_of(election, actor, now)
    if entry is None:
        raise PermissionDenied(_("You are not on the roll of this election."))
    _in_the_room(election)
    return hold_vote(election, entry, actor, now)


@transaction.atomic
def note_present(election, entry, person, actor, now):
    """The officer notes that an elector, voter or alternate, is in the room; who was noted before holds it no more."""
    election = locked(election)
    _in_the_room(election)
    if person.pk not in (entry.voter_id, entry.alternate_id):
        raise NotNow(_("This person is not on the roll for this organisation."))
    row, _made = CheckIn.objects.update_or_create(
        entry=entry, day=clock.today(now, election.zone), defaults={"person": person, "signed_in_at": now}
    )
    note(election, "present_noted", actor, now, organization=entry.organization.slug)
    return row


def hold_vote(election, entry, actor, now):
    """Let the actor hold their organisation's vote until the evening, in the room; elsewhere nothing is asked.

    Raises NotNow, naming them, where the other of voter and alternate signed in today.
    """
    if not election.in_room:
        return None
    row, _made = CheckIn.objects.get_or_create(
        entry=entry, day=clock.today(now, election.zone), defaults={"person": actor.person, "signed_in_at": now}
    )
    _check_theirs(row, actor)
    return row


def check_held(election, entry, actor, now):
    """Raise NotNow where the other of the two signed in today. Writes nothing: it would keep when a secret vote came."""
    if election.in_room:
        for row in CheckIn.objects.filter(entry=entry, day=clock.today(now, election.zone)).select_related("person"):
            _check_theirs(row, actor)


def _check_theirs(row, actor):
    if row.person_id != actor.person.pk:
        words = _("%(name)s checked in for your organisation today. The election officer can check you in instead.")
        raise NotNow(words % {"name": row.person.name})


def _in_the_room(election):
    if not election.in_room or election.is_over or not RollEntry.objects.filter(election=election).exists():
        raise NotNow(_("Check-in is only for an election in the room, from the roll until the end."))
