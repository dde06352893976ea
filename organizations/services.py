"""Acts on organisations and mandates."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.services import invite
from core import journal
from core.errors import Incomplete, NotNow
from organizations.models import Mandate, Person
from organizations.states import PORTAL_ROLES, Role


def person_of(user, name):
    """The Person behind a user, made on first need."""
    person, _new = Person.objects.get_or_create(user=user, defaults={"name": name})
    return person


@transaction.atomic
def name_mandate(*, organization, role, name, email, starts_on, language, zone, actor, now):
    """Give a role from a day on; somebody without an account is invited by mail. Returns the Mandate.

    Raises Incomplete where the same person already holds the same role.
    """
    if (organization is None) != (role in PORTAL_ROLES):
        raise Incomplete({"role": _("This role does not belong here.")})
    whom = organization.acronym if organization else ""
    person = person_of(invite(email, language=language, zone=zone, actor=actor, now=now, on_behalf_of=whom), name)
    try:
        with transaction.atomic():
            mandate = Mandate.objects.create(person=person, organization=organization, role=role, starts_on=starts_on)
    except IntegrityError as error:
        raise Incomplete({"email": _("This person already has this role.")}) from error
    facts = {"role": role, "organization": whom, "mandate": mandate.pk, "starts_on": starts_on.isoformat()}
    journal.record(actor, "mandate_named", whom or "house", now, **facts)
    return mandate


def _is_last_administrator(mandate, last_day):
    """Whether nobody else with an open account is administrator the day after; rows locked, so two cannot leave at once."""
    others = Mandate.objects.select_for_update(of=("self",)).filter(role=Role.ADMINISTRATOR).exclude(pk=mandate.pk)
    day = last_day + datetime.timedelta(days=1)
    return not [m for m in others.select_related("person__user") if m.runs_on(day) and m.person.may_sign_in]


@transaction.atomic
def end_mandate(mandate, last_day, actor, now):
    """End a role with a last day; the row stays, so that who held it on a past day remains answerable."""
    mandate = Mandate.objects.select_for_update(of=("self",)).select_related("organization").get(pk=mandate.pk)
    if mandate.ends_on is not None and mandate.ends_on <= last_day:
        raise NotNow(_("This role has already ended."))
    if mandate.role == Role.ADMINISTRATOR and _is_last_administrator(mandate, last_day):
        raise NotNow(_("There must always be an administrator. Name another one first."))
    if last_day + datetime.timedelta(days=1) < mandate.starts_on:
        raise Incomplete({"ends_on": _("It cannot end before it began.")})
    mandate.ends_on = max(last_day, mandate.starts_on)
    mandate.save(update_fields=["ends_on"])
    whom = mandate.organization.acronym if mandate.organization else "house"
    journal.record(actor, "mandate_ended", whom, now, mandate=mandate.pk, role=mandate.role)
    return mandate
