"""Acts on organisations and mandates."""

import datetime
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import invite
from core import journal
from core.errors import Incomplete, NotNow
from core.locks import lock
from organizations.models import Mandate, Organization, Person
from organizations.states import PORTAL_ROLES, Role

#: Under which the journal files roles across the portal. Stored in its rows.
PORTAL_CODE = "house"


@dataclass(frozen=True)
class Appointment:
    """Somebody who is given a role from a day on, and how an invitation is written to them."""

    role: str
    name: str
    email: str
    starts_on: datetime.date
    language: str
    zone: str


@transaction.atomic
def name_mandate(
    organization: Organization | None, appointment: Appointment, *, actor: User | None, now: datetime.datetime
) -> Mandate:
    """Give a role in an organisation or, without one, across the portal.

    Somebody without an account is given one and invited by mail. Journals `mandate_named`. Raises Incomplete where the
    role does not belong there, or the same person already holds it.
    """
    if (organization is None) != (appointment.role in PORTAL_ROLES):
        raise Incomplete({"role": _("This role does not belong here.")})
    acronym = organization.acronym if organization else ""
    user = invite(
        appointment.email,
        language=appointment.language,
        zone=appointment.zone,
        actor=actor,
        now=now,
        on_behalf_of=acronym,
    )
    person, _new = Person.objects.get_or_create(user=user, defaults={"name": appointment.name})
    try:
        with transaction.atomic():
            mandate = Mandate.objects.create(
                person=person, organization=organization, role=appointment.role, starts_on=appointment.starts_on
            )
    except IntegrityError as error:
        raise Incomplete({"email": _("This person already has this role.")}) from error
    journal.record(
        actor,
        "mandate_named",
        acronym or PORTAL_CODE,
        now,
        role=appointment.role,
        organization=acronym,
        mandate=mandate.pk,
        starts_on=appointment.starts_on.isoformat(),
    )
    return mandate


@transaction.atomic
def end_mandate(mandate: Mandate, *, last_day: datetime.date, actor: User | None, now: datetime.datetime) -> Mandate:
    """End a role with a last day; the row stays, so that who held it on a past day remains answerable.

    Journals `mandate_ended`. Raises NotNow where it has ended, or nobody else is administrator; Incomplete where it
    would end before it began.
    """
    mandate = lock(mandate, "organization")
    if mandate.ends_on is not None and mandate.ends_on <= last_day:
        raise NotNow(_("This role has already ended."))
    if mandate.role == Role.ADMINISTRATOR and _is_last_administrator(mandate, last_day):
        raise NotNow(_("There must always be an administrator. Name another one first."))
    if last_day + datetime.timedelta(days=1) < mandate.starts_on:
        raise Incomplete({"ends_on": _("It cannot end before it began.")})
    mandate.ends_on = max(last_day, mandate.starts_on)
    mandate.save(update_fields=["ends_on"])
    code = mandate.organization.acronym if mandate.organization else PORTAL_CODE
    journal.record(actor, "mandate_ended", code, now, mandate=mandate.pk, role=mandate.role)
    return mandate


def _is_last_administrator(mandate: Mandate, last_day: datetime.date) -> bool:
    """Whether nobody else with an open account is administrator on the day after."""
    # All the others are locked, so that two cannot leave at once.
    others = Mandate.objects.select_for_update(of=("self",)).filter(role=Role.ADMINISTRATOR).exclude(pk=mandate.pk)
    day = last_day + datetime.timedelta(days=1)
    return not any(other.runs_on(day) and other.person.may_sign_in for other in others.select_related("person__user"))
