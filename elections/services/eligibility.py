"""Who may stand: nobody in two seats of a body, whatever the address, and nobody whose organisation has left."""

import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import NotNow
from core.states import move
from elections.models import Election, Nomination
from elections.queries.candidates import other_seat
from elections.services.steps import record_event
from elections.states import NOMINATION_MOVES, NominationState
from organizations.models import Organization, Person


def check_no_other_seat(election: Election, person: Person, day: datetime.date) -> None:
    """Raise NotNow where this person holds another seat of the same body."""
    if other := other_seat(election, person, day):
        text = _("%(name)s already holds seat %(number)s on this body: nobody can hold two. That term must end first.")
        raise NotNow(text % {"name": person.name, "number": other.seat.ordinal})


def check_same_name(election: Election, people: list[Person], day: datetime.date) -> None:
    """Raise NotNow where a nominee without an account has the name of a member of the body who holds another seat, or
    who has an account and is to be nominated with its address."""
    for person in people:
        check_no_other_seat(election, person, day)
    if any(person.user_id for person in people):
        text = _(
            "Somebody with this name is or was a member of this body: nominate them with the address of their account."
        )
        raise NotNow(text)


def mark_ineligible(election: Election, *, actor: User | None, now: datetime.datetime) -> None:
    """End the candidacies whose organisation is no longer a member, and number the others anew.

    An event of the chain for each. The caller holds the lock on the election.
    """
    members = Organization.objects.members_on(clock.today(now, election.zone)).values("pk")
    gone = list(election.nominations.candidates().exclude(organization__in=members))
    for row in gone:
        move(row, NominationState.INELIGIBLE, NOMINATION_MOVES)
        row.number = None
        row.save(update_fields=["state", "number"])
        record_event(election, "ineligible", actor=actor, now=now, organization=row.organization.slug)
    if gone:
        number_candidates(election)


def number_candidates(election: Election) -> list[Nomination]:
    """Give the candidates ballot numbers in alphabetical order; returns them in that order."""
    election.nominations.update(number=None)
    candidates = sorted(election.nominations.candidates(), key=lambda row: (row.name.casefold(), row.pk))
    for number, row in enumerate(candidates, 1):
        row.number = number
        row.save(update_fields=["number"])
    return candidates
