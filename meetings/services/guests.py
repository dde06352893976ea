"""Guests: called by name, for no member organisation; a link of their own takes the place of an account."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.services import revoke_links
from core import journal
from core.errors import Incomplete, NotNow
from meetings.deadlines import begins_at
from meetings.emails import INVITATION_LINK, tell_invited, tell_released
from meetings.models import Invitation
from meetings.services.common import locked
from meetings.states import MeetingState

MOST_GUESTS = 100


@transaction.atomic
def invite_guest(meeting, *, name, address, language, zone, actor, now):
    """Call somebody who belongs to no member organisation. Returns the Invitation.

    Raises NotNow where the meeting is not convened or has begun, Incomplete where they are called already.
    """
    meeting = locked(meeting)
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
    tell_invited(meeting, [invitation], "called", now)
    journal.record(actor, "guest_called", meeting.code, now, invitation=invitation.pk)
    return invitation


@transaction.atomic
def release_guest(invitation, *, actor, now):
    """Call a guest no more: their link acts no longer, and their calendar takes the meeting out; nobody else hears."""
    meeting = locked(invitation.meeting)
    if not invitation.is_guest or meeting.state != MeetingState.CONVENED:
        raise NotNow(_("The invitation of a guest can be withdrawn only while the meeting is convened."))
    tell_released(meeting, invitation, now)
    revoke_links(INVITATION_LINK, meeting.code, invitation.address, now)
    journal.record(actor, "guest_released", meeting.code, now, invitation=invitation.pk)
    invitation.delete()
