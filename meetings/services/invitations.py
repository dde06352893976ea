"""Convening a meeting, and the answers of those invited."""

import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, journal
from core.errors import Incomplete, NotNow
from core.locks import lock
from core.records import services as records
from core.states import move
from core.visibility import Visibility
from meetings.deadlines import begins_at
from meetings.emails import notify_invited
from meetings.models import Invitation, Meeting
from meetings.queries.invitations import ANSWERS
from meetings.queries.schedule import schedule_facts
from meetings.states import MEETING_MOVES, MeetingState
from organizations.models import Organization
from organizations.standing.addressees import who_speaks_for


@transaction.atomic
def convene_meeting(meeting: Meeting, *, actor: User | None, now: datetime.datetime) -> Meeting:
    """Convene a meeting and invite everybody who speaks for a member organisation. Returns the Meeting.

    Writes to each of them, with a calendar entry and a link to answer.
    Raises Incomplete where its days are not known yet, NotNow where it is already convened or over, or where those
    invited could not see it.
    """
    meeting = lock(meeting)
    move(meeting, MeetingState.CONVENED, MEETING_MOVES)
    if meeting.starts_on is None:
        raise Incomplete({"starts_on": _("First set the days on which it takes place.")})
    check_audience(meeting)
    if (meeting.ends_on or meeting.starts_on) < clock.today(now, meeting.zone):
        raise NotNow(_("Its days have passed: nobody can be invited to it. Mark it as held."))
    meeting.convened_at = meeting.revised_at = now
    meeting.save(update_fields=["state", "convened_at", "revised_at"])
    invitations = _invite_uninvited(meeting, now)
    records.touch(meeting.code)
    facts = schedule_facts(meeting)
    journal.record(actor, "meeting_convened", meeting.code, now, called=len(invitations), **facts)
    return meeting


@transaction.atomic
def invite_missing(meeting: Meeting, *, actor: User | None, now: datetime.datetime) -> int:
    """Invite those who speak for a member organisation by now and were not invited yet; returns how many.

    Writes to each of them. Raises NotNow where the meeting is not convened.
    """
    meeting = lock(meeting)
    if meeting.state != MeetingState.CONVENED:
        raise NotNow(_("The meeting must be convened first."))
    check_audience(meeting)
    invitations = _invite_uninvited(meeting, now)
    journal.record(actor, "meeting_called_more", meeting.code, now, called=len(invitations))
    return len(invitations)


@transaction.atomic
def answer_invitation(invitation: Invitation, *, answer: str, now: datetime.datetime) -> Invitation:
    """Record how somebody invited will attend, or that they will not; they can change it until the meeting begins.

    Raises NotNow once it has begun or is cancelled, Incomplete for no answer. Returns the Invitation.
    """
    meeting = lock(invitation.meeting)
    if meeting.state != MeetingState.CONVENED or begins_at(meeting) <= now:
        raise NotNow(_("It can be answered until the meeting begins."))
    if answer not in ANSWERS:
        raise Incomplete({"answer": _("Say whether you will attend.")})
    invitation.answer, invitation.answered_at = answer, now
    invitation.save(update_fields=["answer", "answered_at"])
    return invitation


def check_audience(meeting: Meeting) -> None:
    """Raise NotNow where those invited could not see the meeting: mail tells nobody what the pages would refuse."""
    if meeting.visibility == Visibility.PRIVATE:
        raise NotNow(
            _(
                "Only named people can see this meeting, and the invitation goes to all member organisations. "
                "Change first who can see it."
            )
        )


def _invite_uninvited(meeting: Meeting, now: datetime.datetime) -> list[Invitation]:
    """The new invitations to those who speak for a member organisation today; each is written to."""
    today = clock.today(now, settings.CASA_ZONE)
    members = list(Organization.objects.members_on(today))
    speaking = who_speaks_for(members, today)
    invited = set(meeting.invitations.values_list("address", flat=True))
    rows = []
    for organization in members:
        for person in speaking[organization.pk]:
            if person.address in invited:
                continue
            invited.add(person.address)
            rows.append(
                Invitation(
                    meeting=meeting,
                    organization=organization,
                    name=person.name,
                    address=person.address,
                    language=person.language,
                    zone=person.zone,
                    invited_at=now,
                )
            )
    created = Invitation.objects.bulk_create(rows)
    notify_invited(meeting, created, "called", now)
    return created
