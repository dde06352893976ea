"""Who is written to for an organisation on a day. An organisation may be one volunteer, or have nobody just now."""

from core.deadlines import Recipient
from organizations.models import Mandate
from organizations.states import SPEAKING_ROLES, Role


def recipient(person):
    """Somebody with an account, as whom one writes to."""
    user = person.user
    return Recipient(user.email, user.language, user.zone, person.name)


def _people(mandates, day):
    found = mandates.on(day).filter(person__user__is_active=True).select_related("person__user")
    return found.order_by("person__name", "pk")


def _unique(recipients):
    return tuple({one.address: one for one in recipients}.values())


def coordination_team(day):
    """The coordination team's Recipients. One query."""
    return _unique(recipient(m.person) for m in _people(Mandate.objects.filter(role=Role.COORDINATION), day))


def who_speaks_for(organizations, day):
    """{organisation id: Recipients} of leads, delegates and alternates; empty where nobody speaks. One query."""
    found = {organization.pk: [] for organization in organizations}
    mandates = Mandate.objects.filter(organization__in=list(found), role__in=SPEAKING_ROLES)
    for mandate in _people(mandates, day):
        found[mandate.organization_id].append(recipient(mandate.person))
    return {key: _unique(people) for key, people in found.items()}


def whom_to_ask(organizations, day):
    """{organisation id: Recipients}: delegates and alternates; where there are none, the lead; where there is no lead
    either, the coordination team. Two queries."""
    found = {organization.pk: {} for organization in organizations}
    mandates = Mandate.objects.filter(organization__in=list(found), role__in=SPEAKING_ROLES)
    for mandate in _people(mandates, day):
        found[mandate.organization_id].setdefault(mandate.role == Role.LEAD, []).append(recipient(mandate.person))
    team = coordination_team(day)
    return {key: _unique(people.get(False) or people.get(True) or team) for key, people in found.items()}


def belonging(organizations, day):
    """{(person id, organisation id)} of those who hold any role in these organisations on a day. One query."""
    held = Mandate.objects.filter(organization__in=organizations).on(day)
    return set(held.values_list("person_id", "organization_id"))
