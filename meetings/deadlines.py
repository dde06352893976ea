"""What is due when: meetings ahead."""

import datetime

from core import clock
from core.deadlines import Due, Recipient
from meetings.models import Invitation, Meeting


def deadlines(since, until):
    """Due of each convened meeting that begins in the span, for those who were called. Two queries."""
    meetings = list(Meeting.objects.beginning_between(since, until))
    called = {}
    invitations = Invitation.objects.filter(meeting__in=meetings).order_by("pk")
    for row in invitations.values_list("meeting_id", "address", "language", "zone", "name"):
        called.setdefault(row[0], []).append(Recipient(*row[1:]))
    for meeting in meetings:
        at = begins_at(meeting)
        if since <= at < until:
            yield Due(
                "meetings.meeting",
                meeting.code,
                at,
                meeting.zone,
                tuple(called.get(meeting.pk, ())),
                about={"meeting": meeting},
            )


def begins_at(meeting):
    """The instant of its hour or, where only its days are known, of that midnight there."""
    if meeting.has_hours:
        return meeting.starts_at
    midnight = datetime.datetime.combine(meeting.starts_on, datetime.time())
    return midnight.replace(tzinfo=clock.zone(meeting.zone)).astimezone(clock.UTC)
