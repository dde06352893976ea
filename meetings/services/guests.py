"""Guests: invited by name, for no member organisation, with a personal link instead of an account."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import revoke_links
from core import journal
from core.errors import Incomplete, NotNow
from core.locks import lock
from meetings.deadlines import begins_at
from meetings.emails import INVITATION_LINK, notify_invited, notify_released
from meetings.models import Invitation, Meeting
from meetings.states import MeetingState

MOST_GUESTS = 100


@transaction.atomic
def invite_guest(
    meeting: Meeting,
    *,
    name: str,
    address: str,
    language: str,
    zone: str,
    actor: User | None,
    now: datetime.datetime,
) -> Invitation:
    """Invite somebody who belongs to no member organisation. Returns the Invitation.

    Writes to them, with a calendar entry and a link to answer.
    Raises NotNow where the meeting is not convened or has begun, Incomplete where they are invited already.
    """
    meeting = lock(meeting)
    if meeting.state != MeetingState.CONVENED:
        raise NotNow(_("The meeting must be convened first."))
    if begins_at(meeting) <= now:
        raise NotNow(_("The meeting has begun."))
    missing = {} if name.strip() else {"name": _("Enter their name.")}
    if meeting.invitations.filter(address__iexact=address).exists():
        missing["address"] = _("This address has already been invited.")
    elif meeting.invitations.filter(organization=None).count() >= MOST_GUESTS:
        missing["address"] = _("At most 100 guests can be invited.")
    if missing:
        raise Incomplete(missing)
    invitation = Invitation.objects.create(
        meeting=meeting, name=name.strip(), address=address.lower(), language=language, zone=zone, invited_at=now
    )
    notify_invited(meeting, [invitation], "called", now)
    journal.record(actor, "guest_called", meeting.code, now, invitation=invitation.pk)
    return invitation


@transaction.atomic
def release_guest(invitation: Invitation, *, actor: User | None, now: datetime.datetime) -> None:
    """Withdraw the invitation of a guest, and their link with it.

    Writes to the guest, whose calendar removes the meeting; nobody else is notified.
    Raises NotNow for anybody else than a guest, and where the meeting is not convened.
    """
    meeting = lock(invitation.meeting)
    if not invitation.is_guest or meeting.state != MeetingState.CONVENED:
        raise NotNow(_("The invitation of a guest can be withdrawn only while the meeting is convened."))
    notify_released(meeting, invitation, now)
    revoke_links(INVITATION_LINK, meeting.code, invitation.address, now)
    journal.record(actor, "guest_released", meeting.code, now, invitation=invitation.pk)
    invitation.delete()
