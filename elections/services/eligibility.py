"""Who may stand: nobody in two seats of a body, whatever the address, and nobody whose organisation has left."""

from django.utils.translation import gettext as _

from committees.models import Term
from core import clock
from core.errors import NotNow
from core.records.words import fold
from core.states import move
from elections.services.common import note
from elections.states import NOMINATION_MOVES, NominationState
from organizations.models import Organization, Person

#: Nominations that no longer stand.
OVER = (NominationState.DECLINED, NominationState.WITHDRAWN, NominationState.INELIGIBLE)


def called(name):
    """A name without what only accents, capitals and spaces tell apart."""
    return " ".join(fold(name).split())


def other_seat(election, person, day):
    """The term by which a person holds, on a day or later, a seat of the body that is not being filled now; or None."""
    held = Term.objects.filter(seat__committee=election.committee, person=person, ended_on=None)
    held = held.exclude(planned_end__lt=day).exclude(seat__in=election.places.all())
    return held.select_related("seat").first()


def check_seat(election, person, day):
    """Raise NotNow where this person holds another seat of the same body."""
    if other := other_seat(election, person, day):
        words = _("%(name)s already holds seat %(number)s on this body: nobody can hold two. That term must end first.")
        raise NotNow(words % {"name": person.name, "number": other.seat.ordinal})


def known_by_name(election, name, day):
    """Whoever sits or sat in this body under a name, for a nominee who is known by no account; or None.

    Within one body a name is taken for the person: a second row for the same holder would let them hold two seats.
    Raises NotNow where it is somebody with an account: they are nominated at its address.
    """
    people = Person.objects.filter(terms__seat__committee=election.committee).distinct()
    same = [person for person in people if called(person.name) == called(name)]
    for person in same:
        check_seat(election, person, day)
    if any(person.user_id for person in same):
        raise NotNow(
            _(
                "Somebody with this name is or was a member of this body: nominate them with the address of their "
                "account."
            )
        )
    return same[0] if same else None


def is_nominated(election, organization, name):
    """Whether a nomination of this name and organisation stands already."""
    standing = election.nominations.filter(organization=organization).exclude(state__in=OVER)
    return called(name) in {called(other) for other in standing.values_list("name", flat=True)}


def drop_those_who_left(election, actor, now):
    """Candidates whose organisation is no member any more are none; the caller holds the election and numbers anew.
    Returns how many."""
    members = Organization.objects.members_on(clock.today(now, election.zone)).values("pk")
    gone = list(election.nominations.candidates().exclude(organization__in=members))
    for row in gone:
        move(row, NominationState.INELIGIBLE, NOMINATION_MOVES)
        row.number = None
        row.save(update_fields=["state", "number"])
        note(election, "ineligible", actor, now, organization=row.organization.slug)
    return len(gone)


def number_candidates(election):
    """Ballot numbers in alphabetical order."""
    election.nominations.update(number=None)
    found = sorted(election.nominations.candidates(), key=lambda row: (row.name.casefold(), row.pk))
    for number, row in enumerate(found, 1):
        row.number = number
        row.save(update_fields=["number"])
    return found
