"""Scrutineers: appointed, removed, asked whether the result conforms."""

import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import Incomplete, NotNow, PermissionDenied
from core.locks import lock
from elections.emails import notify_conformity, notify_scrutineer
from elections.models import Election, Scrutineer
from elections.queries.candidates import OVER
from elections.services.steps import record_event
from elections.states import ElectionState
from organizations.models import Organization, Person
from organizations.standing import standing_of


@transaction.atomic
def appoint_scrutineer(
    election: Election, *, person: Person, organization: Organization, actor: User, now: datetime.datetime
) -> Scrutineer:
    """Appoint somebody of a member organisation, never a candidate or the officer, to watch over the election.

    An event of the chain; a mail to the scrutineer. Raises NotNow, Incomplete.
    """
    election = lock(election)
    if election.is_over:
        raise NotNow(_("This election is over."))
    today = clock.today(now, settings.CASA_ZONE)
    if person.pk == election.officer_id:
        raise Incomplete({"person": _("The election officer cannot be a scrutineer.")})
    if election.nominations.filter(person=person).exclude(state__in=OVER).exists():
        raise Incomplete({"person": _("A candidate cannot be a scrutineer.")})
    if not person.may_sign_in or not person.mandates.on(today).filter(organization=organization).exists():
        raise Incomplete({"person": _("A scrutineer must have an account and be from the organisation.")})
    try:
        with transaction.atomic():
            row = Scrutineer.objects.create(election=election, person=person, organization=organization)
    except IntegrityError as error:
        raise Incomplete({"person": _("Scrutineers must be from different organisations.")}) from error
    record_event(election, "scrutineer_named", actor=actor, now=now, organization=organization.slug)
    notify_scrutineer(row, now)
    return row


@transaction.atomic
def remove_scrutineer(row: Scrutineer, *, actor: User, now: datetime.datetime) -> None:
    """Remove a scrutineer who cannot serve. An event of the chain. Raises NotNow once they have answered."""
    election, row = lock(row.election), lock(row, "organization")
    if row.conforms is not None or election.is_over:
        raise NotNow(_("They have already answered about the result and cannot be removed."))
    row.delete()
    record_event(election, "scrutineer_removed", actor=actor, now=now, organization=row.organization.slug)


@transaction.atomic
def record_conformity(
    election: Election, *, conforms: bool, remark: str, actor: User, now: datetime.datetime
) -> Scrutineer:
    """Record whether the provisional result conforms, in the scrutineer's word; they may change it until it is certified.

    An event of the chain. Raises PermissionDenied, NotNow, Incomplete for a refusal without a remark.
    """
    election = lock(election)
    row = election.scrutineers.filter(person=standing_of(actor, now).person_id).select_related("organization").first()
    if row is None:
        raise PermissionDenied(_("Only the scrutineers of this election can do this."))
    if election.state != ElectionState.PROVISIONAL:
        raise NotNow(_("Scrutineers answer once there is a provisional result."))
    if not conforms and not remark.strip():
        raise Incomplete({"remark": _("Say why you do not confirm it.")})
    row.conforms, row.remark, row.answered_at = conforms, remark.strip(), now
    row.save()
    verb = "conformity" if conforms else "no_conformity"
    record_event(election, verb, actor=actor, now=now, organization=row.organization.slug)
    return row


def check_conformity(election: Election) -> None:
    """Raise NotNow while a scrutineer has not said that the result conforms."""
    for row in election.scrutineers.select_related("person"):
        if row.conforms is None:
            raise NotNow(
                _("%(name)s, scrutineer, has not yet said whether they confirm the result.") % {"name": row.person.name}
            )
        if not row.conforms:
            text = _("%(name)s, scrutineer, does not confirm the result: %(remark)s")
            raise NotNow(text % {"name": row.person.name, "remark": row.remark})


def ask_scrutineers(election: Election, *, now: datetime.datetime) -> None:
    """Forget what the scrutineers answered about an earlier result and ask each about the present one.

    A mail to each. The caller holds the lock on the election and has recorded the event.
    """
    election.scrutineers.update(conforms=None, remark="", answered_at=None)
    notify_conformity(election, now)
