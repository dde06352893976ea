"""Acts on who takes part in a common project. Nobody is named before its own delegate confirmed."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import journal, permissions
from core.errors import Incomplete, NotNow
from core.locks import lock
from core.records import services as records
from organizations.models import Organization
from priorities import emails
from priorities.models import CommonProject, Participant
from priorities.queries.members import current_members
from priorities.queries.projects import has_lead
from priorities.services.projects import agree_if_ready, check_is_live
from priorities.states import TAKING_PART_STATES, ParticipantRole, ParticipantState


def _lock_place(place: Participant, actor: User) -> Participant:
    """The place, locked after its project, which the place then carries.

    Raises PermissionDenied for whoever does not speak for its organisation, NotNow where the project is over.
    """
    project = lock(place.project)
    place = lock(place)
    place.project = project
    permissions.check_perm(actor, "priorities.answer_project", place)
    check_is_live(project)
    return place


@transaction.atomic
def answer_invitation(place: Participant, *, accept: bool, actor: User, now: datetime.datetime) -> Participant:
    """Confirm or decline an organisation's part in a project.

    With the second confirmation the project may become agreed.
    Raises PermissionDenied, NotNow.
    """
    place = _lock_place(place, actor)
    if place.state != ParticipantState.INVITED:
        raise NotNow(_("Your organisation has already answered."))
    place.state = ParticipantState.CONFIRMED if accept else ParticipantState.DECLINED
    place.answered_at = now
    place.save(update_fields=["state", "answered_at"])
    records.touch(place.project.code)
    acronym = place.organization.acronym
    journal.record(actor, "project_answered", place.project.code, now, organization=acronym, yes=accept)
    agree_if_ready(place.project, now)
    return place


@transaction.atomic
def invite_organization(
    project: CommonProject, *, organization: Organization, role: str, actor: User, now: datetime.datetime
) -> Participant:
    """Invite one more organisation to a project, or again one that declined or left.

    Writes to its delegates.
    Raises NotNow where the project is over, Incomplete where it takes part already or another one leads.
    """
    project = lock(project)
    check_is_live(project)
    if not current_members(now).filter(pk=organization.pk).exists():
        raise Incomplete({"organization": _("Only member organisations can take part.")})
    earlier = project.participants.filter(organization=organization).first()
    if earlier and earlier.state in TAKING_PART_STATES:
        raise Incomplete({"organization": _("It already takes part, or has already been invited.")})
    place = earlier or Participant(project=project, organization=organization)
    place.role, place.state, place.invited_at, place.answered_at = role, ParticipantState.INVITED, now, None
    try:
        with transaction.atomic():
            place.save()
    except IntegrityError as error:
        raise Incomplete({"role": _("Another organisation leads it.")}) from error
    journal.record(actor, "project_invited", project.code, now, organization=organization.acronym)
    emails.send_project_invitations(project, [organization], now)
    return place


@transaction.atomic
def leave_project(place: Participant, *, actor: User, now: datetime.datetime) -> Participant:
    """End an organisation's part in a project. Where the lead leaves, another confirmed partner can take the lead.

    Raises PermissionDenied, NotNow.
    """
    place = _lock_place(place, actor)
    if place.state != ParticipantState.CONFIRMED:
        raise NotNow(_("Your organisation does not take part."))
    _leave(place, actor, now)
    records.touch(place.project.code)
    return place


def _leave(place: Participant, actor: User, now: datetime.datetime) -> None:
    place.state, place.answered_at = ParticipantState.LEFT, now
    place.save(update_fields=["state", "answered_at"])
    journal.record(actor, "project_left", place.project.code, now, organization=place.organization.acronym)


@transaction.atomic
def take_lead(place: Participant, *, actor: User, now: datetime.datetime) -> Participant:
    """Let a confirmed partner lead a project that has no lead.

    A lead that has left the community leaves the project too.
    Raises PermissionDenied, and NotNow where another organisation leads.
    """
    place = _lock_place(place, actor)
    project = place.project
    if place.state != ParticipantState.CONFIRMED or place.role != ParticipantRole.PARTNER:
        raise NotNow(_("Only a partner that has confirmed can take the lead."))
    if has_lead(project, now):
        raise NotNow(_("Another organisation leads it."))
    others = project.participants.exclude(pk=place.pk)
    for former in others.filter(role=ParticipantRole.LEAD, state__in=TAKING_PART_STATES):
        _leave(former, actor, now)
    place.role = ParticipantRole.LEAD
    place.save(update_fields=["role"])
    records.touch(project.code)
    journal.record(actor, "project_led", project.code, now, organization=place.organization.acronym)
    agree_if_ready(project, now)
    return place
