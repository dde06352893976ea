"""What is due when: meetings ahead, dates to answer, communiqués to sign."""

import datetime
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commons.models import SignOff
from core import clock
from core.deadlines import Due, Recipient, ReminderKind
from meetings.models import Communique, DatePoll, Invitation, Meeting, PollRespondent
from organizations.models import Organization
from organizations.standing.addressees import whom_to_ask


def meetings_ahead(since: datetime.datetime, until: datetime.datetime) -> Iterator[Due]:
    """What is due for each convened meeting that begins in the span, for those who are invited. Two queries."""
    meetings = list(Meeting.objects.beginning_between(since, until))
    invited: dict[int, list[Recipient]] = {}
    invitations = Invitation.objects.filter(meeting__in=meetings).order_by("pk")
    for meeting_id, *fields in invitations.values_list("meeting_id", "address", "language", "zone", "name"):
        invited.setdefault(meeting_id, []).append(Recipient(*fields))
    for meeting in meetings:
        at = begins_at(meeting)
        if since <= at < until:
            recipients = tuple(invited.get(meeting.pk, ()))
            yield Due(MEETING.name, meeting.code, at, meeting.zone, recipients, about={"meeting": meeting})


def begins_at(meeting: Meeting) -> datetime.datetime:
    """When a meeting begins or, where only its days are known, the midnight at which its first day begins there."""
    if meeting.starts_at is not None:
        return meeting.starts_at
    if meeting.starts_on is None:
        raise ValueError(f"{meeting.code} has no days yet")
    midnight = datetime.datetime.combine(meeting.starts_on, datetime.time())
    return midnight.replace(tzinfo=clock.zone(meeting.zone)).astimezone(clock.UTC)


def polls_to_answer(since: datetime.datetime, until: datetime.datetime) -> Iterator[Due]:
    """What is due for each open date poll that closes in the span, for those who have not answered. Two queries."""
    polls = list(DatePoll.objects.closing_between(since, until))
    silent = PollRespondent.objects.filter(poll__in=polls, answered_at=None).order_by("pk")
    waiting: dict[int, list[Recipient]] = {}
    for poll_id, *fields in silent.values_list("poll_id", "address", "language", "zone", "name"):
        waiting.setdefault(poll_id, []).append(Recipient(*fields))
    for poll in polls:
        yield Due(
            POLL.name,
            poll.meeting.code,
            poll.closes_at,
            poll.zone,
            tuple(waiting.get(poll.pk, ())),
            part=str(poll.pk),
            about={"meeting": poll.meeting},
        )


def communiques_to_sign(since: datetime.datetime, until: datetime.datetime) -> Iterator[Due]:
    """What is due for each communiqué to be published in the span, for the organisations that have not answered.

    Five queries.
    """
    communiques = list(Communique.objects.open_for_signing(since).filter(publishes_at__lt=until))
    if not communiques:
        return
    today = clock.today(since, settings.CASA_ZONE)
    members = list(Organization.objects.members_on(today))
    answered = SignOff.objects.answered([communique.version_id for communique in communiques])
    addressees = whom_to_ask(members, today)
    for communique in communiques:
        silent = [member.pk for member in members if (communique.version_id, member.pk) not in answered]
        recipients = {person.address: person for pk in silent for person in addressees[pk]}
        yield Due(
            SIGN_OFF.name,
            communique.meeting.code,
            communique.publishes_at,
            communique.meeting.zone,
            tuple(recipients.values()),
            about={"meeting": communique.meeting},
        )


MEETING = ReminderKind(
    name="meetings.meeting",
    label=_("Upcoming meetings"),
    template="mail/reminders/meeting",
    days_before=(7, 1),
    ahead=meetings_ahead,
    is_beginning=True,
)
POLL = ReminderKind(
    name="meetings.poll",
    label=_("Dates of meetings to answer"),
    template="mail/reminders/poll",
    days_before=(3, 1),
    ahead=polls_to_answer,
    page=lambda due, token: reverse("meetings:poll", args=[due.code]),
)
SIGN_OFF = ReminderKind(
    name="meetings.sign_off",
    label=_("Communiqués to sign"),
    template="mail/reminders/sign_off",
    days_before=(1, 0),
    ahead=communiques_to_sign,
    is_beginning=True,  # the moment it is published
    page=lambda due, token: reverse("meetings:communique", args=[due.code]),
)
