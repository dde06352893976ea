"""What is due when: meetings ahead, dates to answer, communiqués to sign."""

import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commons.models import SignOff
from core import clock
from core.deadlines import Due, Recipient, ReminderKind
from meetings.models import Communique, DatePoll, Invitation, Meeting, PollVoice
from organizations.models import Organization
from organizations.standing.addressees import whom_to_ask


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
                MEETING.name,
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
            POLL.name, poll.meeting.code, poll.closes_at, poll.zone, tuple(waiting.get(poll.pk, ())),
            part=str(poll.pk), about={"meeting": poll.meeting},
        )  # fmt: skip


def sign_offs(since, until):
    """Due of each communiqué that goes out in the span, for those who are asked for the organisations that have not
    answered. Five queries."""
    found = list(Communique.objects.asked(since).filter(publishes_at__lt=until))
    if not found:
        return
    today = clock.today(since, settings.CASA_ZONE)
    members = list(Organization.objects.members_on(today))
    answered = SignOff.objects.answered([one.version_id for one in found])
    asked = whom_to_ask(members, today)
    for one in found:
        silent = [org.pk for org in members if (one.version_id, org.pk) not in answered]
        recipients = {person.address: person for pk in silent for person in asked[pk]}
        yield Due(
            SIGN_OFF.name, one.meeting.code, one.publishes_at, one.meeting.zone, tuple(recipients.values()),
            about={"meeting": one.meeting},
        )  # fmt: skip


MEETING = ReminderKind(
    name="meetings.meeting",
    label=_("Upcoming meetings"),
    template="mail/reminders/meeting",
    days_before=(7, 1),
    ahead=deadlines,
    is_beginning=True,
)
POLL = ReminderKind(
    name="meetings.poll",
    label=_("Dates of meetings to answer"),
    template="mail/reminders/poll",
    days_before=(3, 1),
    ahead=polls,
    page=lambda due, token: reverse("meetings:poll", args=[due.code]),
)
SIGN_OFF = ReminderKind(
    name="meetings.sign_off",
    label=_("Communiqués to sign"),
    template="mail/reminders/sign_off",
    days_before=(1, 0),
    ahead=sign_offs,
    is_beginning=True,  # the moment it is published
    page=lambda due, token: reverse("meetings:communique", args=[due.code]),
)
