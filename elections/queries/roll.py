"""The roll as it is sealed, and what would be wrong with it."""

import datetime
from collections.abc import Sequence

from django.utils.translation import gettext as _

from elections.counting.core import digest
from elections.models import Election
from organizations.models import Mandate, Organization, Person
from organizations.states import SPEAKING_ROLES

#: Fewer with one weight would be recognised by it.
FEWEST_OF_A_WEIGHT = 3


def roll_rows(election: Election) -> list[list[str | int | None]]:
    """The roll as published: organisation, voter, alternate and, where votes have weights, the weight."""
    rows = []
    for entry in election.roll.in_order():
        row = [entry.organization.slug, entry.voter.name, getattr(entry.alternate, "name", None)]
        rows.append([*row, entry.weight] if election.is_weighted else row)
    return rows


def roll_digest(election: Election) -> str:
    """The digest by which the roll is sealed."""
    return digest(roll_rows(election))


def do_weights_identify(weights: Sequence[int]) -> bool:
    """Whether a weight is held by so few that it would reveal whose a secret vote is."""
    return any(weights.count(weight) < FEWEST_OF_A_WEIGHT for weight in set(weights)) and len(set(weights)) > 1


def elector_errors(
    election: Election, organization: Organization, voter: Person | None, alternate: Person | None, today: datetime.date
) -> dict[str, str]:
    """{field: sentence} of why these people cannot vote for an organisation; empty where they can."""
    errors = {}
    for field, person in (("voter", voter), ("alternate", alternate)):
        if person is None:
            continue
        speaking = Mandate.objects.filter(person=person, organization=organization, role__in=SPEAKING_ROLES)
        elsewhere = election.roll.exclude(organization=organization).of_person(person.pk)
        if not speaking.on(today).exists():
            errors[field] = _("Only those who speak for the organisation can vote for it.")
        elif person.pk == election.officer_id:
            errors[field] = _("The election officer does not vote.")
        elif elsewhere.exists():
            errors[field] = _("This person is on the roll for another organisation.")
    if alternate is not None and alternate == voter:
        errors["alternate"] = _("The alternate must be another person.")
    return errors


def free_speakers(election: Election, organization: Organization, today: datetime.date) -> list[Person]:
    """Who could vote for an organisation: those who speak for it, may sign in, and are neither the officer nor on the
    roll already; in the order of their mandates."""
    mandates = Mandate.objects.on(today).filter(organization=organization, role__in=SPEAKING_ROLES)
    mandates = mandates.exclude(person=election.officer_id).select_related("person__user").order_by("starts_on", "pk")
    people = [mandate.person for mandate in mandates if mandate.person.may_sign_in]
    return [person for person in dict.fromkeys(people) if not election.roll.of_person(person.pk).exists()]
