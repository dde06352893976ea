"""Calling to a meeting, moving it, cancelling it: what people's calendars must hear of."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import Incomplete, NotNow
from core.records import services as records
from core.states import move
from core.visibility import Visibility
from meetings.emails import tell_cancelled, tell_invited
from meetings.models import Invitation
from meetings.services.common import locked, when_facts
from meetings.states import MEETING_MOVES, MOVABLE, MeetingState
from organizations.models import Organization
from organizations.standing.addressees import who_speaks_for


@transaction.atomic
def convene_meeting(meeting, actor, now):
    """Call everybody who speaks for a member organisation, by mail with a calendar entry. Returns the Meeting.

    Raises Incomplete where its days are not known yet, NotNow where it is already convened or over, or where those
    called could not see it.
    """
    meeting = locked(meeting)
    move(meeting, MeetingState.CONVENED, MEETING_MOVES)
    if meeting.starts_on is None:
        raise Incomplete({"starts_on": _("Say first on which days it takes place.")})
    _check_audience(meeting)
    if (meeting.ends_on or meeting.starts_on) < clock.today(now, meeting.zone):
        raise NotNow(_("Its days have passed: nobody can be called to it. Note it as held."))
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
        raise NotNow(_("Only a convened meeting calls people."))
    _check_audience(meeting)
    called = _invite(meeting, now)
    journal.record(actor, "meeting_called_more", meeting.code, now, called=len(called))
    return len(called)


@transaction.atomic
def move_meeting(meeting, *, when, place, mode, link, actor, now):
    """Change when and where. A convened meeting tells everybody who was called, under a raised SEQUENCE.

    Returns whether anything changed; saying the same again sends nothing. The address for taking part from afar is a
    place too.
    """
    meeting = locked(meeting)
    if meeting.state not in MOVABLE:
        raise NotNow(_("Only a meeting that is still ahead can be moved."))
    when.check()
    if meeting.state == MeetingState.CONVENED and when.starts_on is None:
        raise Incomplete({"starts_on": _("A convened meeting needs its days. To call it off, cancel it.")})
    before = when_facts(meeting)
    moved = when.put_on(meeting)
    moved |= (meeting.place, meeting.mode, meeting.link) != (place, mode, link)
    if not moved:
        return False
    meeting.place, meeting.mode, meeting.link, meeting.revised_at = place, mode, link, now
    if meeting.state == MeetingState.CONVENED:
        meeting.sequence += 1
    meeting.save()
    # An item on a day that is no longer one of the meeting's waits, without a day, to be placed again.
    meeting.agenda.exclude(day__in=meeting.days).update(day=None)
    if meeting.state == MeetingState.CONVENED:
        tell_invited(meeting, meeting.invitations.order_by("pk"), "moved", now)
    records.touch(meeting.code)
    journal.record(actor, "meeting_moved", meeting.code, now, before=before, **when_facts(meeting))
    return True


@transaction.atomic
def cancel_meeting(meeting, reason, actor, now):
    """Call it off, with a reason that those who were called read. Their calendars take it out."""
    meeting = locked(meeting)
    if not reason.strip():
        raise Incomplete({"reason": _("Say why; those who were called will read it.")})
    move(meeting, MeetingState.CANCELLED, MEETING_MOVES)
    meeting.cancelled_because, meeting.revised_at = reason.strip(), now
    meeting.sequence += 1
    meeting.save(update_fields=["state", "cancelled_because", "revised_at", "sequence"])
    tell_cancelled(meeting, meeting.invitations.order_by("pk"), now)
    records.touch(meeting.code)
    journal.record(actor, "meeting_cancelled", meeting.code, now, sequence=meeting.sequence)
    return meeting


def _check_audience(meeting):
    """Mail tells nobody what the pages would refuse them."""
    if meeting.visibility == Visibility.PRIVATE:
        raise NotNow(
            _(
                "Only named people see this meeting, and the call goes to all member organisations. Change first who sees it."
            )
        )


def _invite(meeting, now):
    """Invitations to those who speak for a member organisation today and have none; each is written to."""
    today = clock.today(now, settings.HOUSE_ZONE)
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
