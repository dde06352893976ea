"""Invitations: whose a personal link is, what can be answered."""

import datetime

from accounts.queries import find_link
from meetings.emails import INVITATION_LINK
from meetings.models import Invitation, Meeting
from meetings.states import Presence

#: What somebody who is invited may answer.
ANSWERS = (Presence.IN_PERSON, Presence.REMOTE, Presence.APOLOGIES)


def invitation_by_link(meeting: Meeting, token: str, now: datetime.datetime) -> Invitation | None:
    """The invitation to which a valid link belongs, or None. The link is valid until the meeting is over."""
    link = find_link(token, INVITATION_LINK, now)
    if link is None or link.code != meeting.code:
        return None
    return meeting.invitations.filter(address=link.address).first()
