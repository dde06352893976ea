"""Calling to a meeting, moving it, cancelling it: what people's calendars must hear of."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.queries import find_link
from core import clock, journal
from core.errors import Incomplete, NotNow
from core.records import services as records
from core.states import move
from core.visibility import Visibility
from meetings.deadlines import begins_at
from meetings.emails import INVITATION_LINK, tell_cancelled, tell_invited
from meetings.models import Invitation
from meetings.services.arranging import keep_rooms
from meetings.services.common import WHEN_AND_WHERE, locked, same_mark, when_facts
from meetings.states import MEETING_MOVES, MOVABLE, MeetingState, PollState, Presence
from organizations.models import Organization
from organizations.standing.addressees import who_speaks_for

#: What somebody who is called may answer.
ANSWERS = (Presence.IN_PERSON, Presence.REMOTE, Presence.APOLOGIES)


@transaction.atomic
def convene_meeting(meeting, actor, now):
    """Call everybody who speaks for a member organisation, by mail with a calendar entry. Returns the Meeting.

    Raises Incomplete where its days are not known yet, NotNow where it is already convened or over, or where those
    called could not see it.
    """
    meeting = locked(meeting)
    move(meeting, MeetingState.CONVENED, MEETING_MOVES)
    if meeting.starts_on is None:
        raise Incomplete({"starts_on": _("First set the days on which it takes place.")})
    check_audience(meeting)
    if (meeting.ends_on or meeting.starts_on) < clock.today(now, meeting.zone):
        raise NotNow(_("Its days have passed: nobody can be invited to it. Mark it as held."))
    meeting.convened_at = meeting.revised_at = now
    meeting.save(update_fields=["state", "convened_at", "revised_at"])
    called = _invite(meeting, now)
    records.touch(meeting.code)
    journal.record(actor, "meeting_convened", meeting.code, now, called=len(called), **when_facts(meeting))
    return meeting


@transaction.atomic
def invite_missing(meeting, actor, now):
    """Call those who speak for a member organisation by now and were not called yet; returns how many."""
    meeting = locked(meeting)
    if meeting.state != MeetingState.CONVENED:
        raise NotNow(_("The meeting must be convened first."))
    check_audience(meeting)
    called = _invite(meeting, now)
    journal.record(actor, "meeting_called_more", meeting.code, now, called=len(called))
    return len(called)


@transaction.atomic
def move_meeting(meeting, *, when, place, mode, link, actor, now, seen=None):
    """Change when and where. A convened meeting tells everybody who was called, under a raised SEQUENCE.

    Returns whether anything changed; saying the same again sends nothing. The address for taking part from afar is a
    place too. `seen` is the mark of what the writer had before their eyes; raises Conflict where it is another by now.
    """
    meeting = locked(meeting)
    same_mark(meeting, WHEN_AND_WHERE, seen)
    if meeting.state not in MOVABLE:
        raise NotNow(_("Only a meeting that has not begun yet can be moved."))
    when.check()
    if meeting.state == MeetingState.CONVENED and when.starts_on is None:
        raise Incomplete(
            {"starts_on": _("A convened meeting must have its days. If it will not take place, cancel it.")}
        )
    before = when_facts(meeting)
    moved = when.put_on(meeting)
    moved |= (meeting.place, meeting.mode, meeting.link) != (place, mode, link)
    if not moved:
        return False
    meeting.place, meeting.mode, meeting.link, meeting.revised_at = place, mode, link, now
    keep_rooms(meeting)
    if meeting.state == MeetingState.CONVENED:
        meeting.sequence += 1
    meeting.save()
    if meeting.starts_on is not None:
        _ask_no_more(meeting)
    # An item on a day that is no longer one of the meeting's waits, without a day, to be placed again.
    meeting.agenda.exclude(day__in=meeting.days).update(day=None)
    if meeting.state == MeetingState.CONVENED:
        meeting.invitations.update(answer="", answered_at=None)
        tell_invited(meeting, meeting.invitations.order_by("pk"), "moved", now)
    records.touch(meeting.code)
    journal.record(actor, "meeting_moved", meeting.code, now, before=before, **when_facts(meeting))
    return True


@transaction.atomic
def cancel_meeting(meeting, reason, actor, now):
    """Call it off, with a reason that those who were called read. Their calendars take it out."""
    meeting = locked(meeting)
    if not reason.strip():
        raise Incomplete({"reason": _("Say why; those invited will see it.")})
    move(meeting, MeetingState.CANCELLED, MEETING_MOVES)
    meeting.cancelled_because, meeting.revised_at = reason.strip(), now
    meeting.sequence += 1
    meeting.save(update_fields=["state", "cancelled_because", "revised_at", "sequence"])
    _ask_no_more(meeting)
    tell_cancelled(meeting, meeting.invitations.order_by("pk"), now)
    records.touch(meeting.code)
    journal.record(actor, "meeting_cancelled", meeting.code, now, sequence=meeting.sequence)
    return meeting


@transaction.atomic
def answer_invitation(invitation, answer, *, now):
    """Say how somebody who was called will be there, or that they will not; it may be said otherwise until it begins.

    Raises NotNow once it has begun or is called off, Incomplete where nothing is said. Returns the Invitation.
    """
    meeting = locked(invitation.meeting)
    if meeting.state != MeetingState.CONVENED or begins_at(meeting) <= now:
        raise NotNow(_("It can be answered until the meeting begins."))
    if answer not in ANSWERS:
        raise Incomplete({"answer": _("Say whether you will attend.")})
    invitation.answer, invitation.answered_at = answer, now
    invitation.save(update_fields=["answer", "answered_at"])
    return invitation


def invitation_by_link(meeting, token, now):
    """The Invitation for whose address a living link speaks, or None. The link works until the meeting is over."""
    link = find_link(token, INVITATION_LINK, now)
    if link is None or link.code != meeting.code:
        return None
    return meeting.invitations.filter(address=link.address).first()


def _ask_no_more(meeting):
    """Dates that are asked about are asked about no more once the meeting has its days, or is called off."""
    meeting.polls.filter(state=PollState.OPEN).update(state=PollState.WITHDRAWN)


def check_audience(meeting):
    """Mail tells nobody what the pages would refuse them."""
    if meeting.visibility == Visibility.PRIVATE:
        raise NotNow(
            _(
                "Only named people can see this meeting, and the invitation goes to all member organisations. "
                "Change first who can see it."
            )
        )


def _invite(meeting, now):
    """Invitations to those who speak for a member organisation today and have none; each is written to."""
    today = clock.today(now, settings.CASA_ZONE)
    members = list(Organization.objects.members_on(today))
    speaking = who_speaks_for(members, today)
    known = set(meeting.invitations.values_list("address", flat=True))
    rows = {}
    for organization in members:
        for person in speaking[organization.pk]:
            if person.address not in known:
                rows.setdefault(
                    person.address,
                    Invitation(
                        meeting=meeting, organization=organization, name=person.name, address=person.address,
                        language=person.language, zone=person.zone, invited_at=now,
                    ),
                )  # fmt: skip
    made = Invitation.objects.bulk_create(rows.values())
    tell_invited(meeting, made, "called", now)
    return made
