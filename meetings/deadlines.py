"""What is due when: meetings ahead."""

import datetime

from core import clock
from core.deadlines import Due, Recipient
from meetings.models import DatePoll, Invitation, Meeting, PollVoice


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


def polls(since, until):
    """Due of each open poll of dates that closes in the span, for those who were asked and have not answered. Two
    queries."""
    found = list(DatePoll.objects.closing_between(since, until))
    silent = PollVoice.objects.filter(poll__in=found, answered_at=None).order_by("pk")
    waiting = {}
    for row in silent.values_list("poll_id", "address", "language", "zone", "name"):
        waiting.setdefault(row[0], []).append(Recipient(*row[1:]))
    for poll in found:
        yield Due(
            "meetings.poll", poll.meeting.code, poll.closes_at, poll.zone, tuple(waiting.get(poll.pk, ())),
            part=str(poll.pk), about={"meeting": poll.meeting},
        )  # fmt: skip
