"""Who is written to for an organisation on a day. An organisation may be one volunteer, or have nobody just now."""

import datetime
from collections.abc import Iterable

from django.db.models import QuerySet

from core.deadlines import Recipient
from organizations.models import Mandate, Organization, Person
from organizations.querysets import held_on
from organizations.states import SPEAKING_ROLES, Role

#: Recipients by the id of their organisation.
ByOrganization = dict[int | None, tuple[Recipient, ...]]


def recipient(person: Person) -> Recipient:
    """A person with an account, as somebody who is written to."""
    user = person.user
    if user is None:
        raise ValueError(f"{person} has no account to write to")
    return Recipient(user.email, user.language, user.zone, person.name)


def coordination_team(day: datetime.date) -> tuple[Recipient, ...]:
    """The coordination team. One query."""
    mandates = _mandates_of_accounts(Mandate.objects.filter(role=Role.COORDINATION), day)
    return _unique(recipient(mandate.person) for mandate in mandates)


def who_speaks_for(organizations: Iterable[Organization], day: datetime.date) -> ByOrganization:
    """Leads, delegates and alternates of each organisation; empty where nobody speaks for it. One query."""
    found: dict[int | None, list[Recipient]] = {organization.pk: [] for organization in organizations}
    mandates = Mandate.objects.filter(organization__in=list(found), role__in=SPEAKING_ROLES)
    for mandate in _mandates_of_accounts(mandates, day):
        found[mandate.organization_id].append(recipient(mandate.person))
    return {key: _unique(people) for key, people in found.items()}


def whom_to_ask(organizations: Iterable[Organization], day: datetime.date) -> ByOrganization:
    """Delegates and alternates of each organisation; where there are none, the lead; where there is no lead either, the
    coordination team. Two queries."""
    delegates: dict[int | None, list[Recipient]] = {organization.pk: [] for organization in organizations}
    leads: dict[int | None, list[Recipient]] = {key: [] for key in delegates}
    mandates = Mandate.objects.filter(organization__in=list(delegates), role__in=SPEAKING_ROLES)
    for mandate in _mandates_of_accounts(mandates, day):
        group = leads if mandate.role == Role.LEAD else delegates
        group[mandate.organization_id].append(recipient(mandate.person))
    team = coordination_team(day)
    return {key: _unique(people or leads[key] or team) for key, people in delegates.items()}


def belonging(organizations: Iterable[Organization], day: datetime.date) -> set[tuple[int, int]]:
    """(person id, organisation id) of everybody who holds any role in these organisations on a day. One query."""
    mandates = Mandate.objects.filter(organization__in=organizations).on(day)
    return set(mandates.values_list("person_id", "organization_id"))


def _mandates_of_accounts(mandates: QuerySet[Mandate], day: datetime.date) -> QuerySet[Mandate]:
    """Those held on a day by people whose account is open, in order of their names."""
    held = mandates.filter(held_on(day), person__user__is_active=True)
    return held.select_related("person__user").order_by("person__name", "pk")


def _unique(recipients: Iterable[Recipient]) -> tuple[Recipient, ...]:
    return tuple({person.address: person for person in recipients}.values())
