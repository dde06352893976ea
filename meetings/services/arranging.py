"""The room in which a meeting takes place, interpretation, and what organisations ask to put on the agenda."""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import Incomplete, NotNow
from core.records import services as records
from core.states import move
from meetings.emails import tell_invited
from meetings.models import ItemProposal, Meeting, MeetingRoom
from meetings.services.agenda import add_item
from meetings.services.common import ARRANGED, locked, same_mark
from meetings.states import MOVABLE, PROPOSAL_MOVES, MeetingState, ProposalState
from organizations.models import Organization

TAKES_PLACE = (MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.IN_SESSION)


@transaction.atomic
def arrange(meeting, *, room, interpretation, proposal_minutes, actor, now, rooms_beside=(), version=None):
    """Keep a room and further ones (by their names; empty: none), say into which languages it is interpreted, and how many minutes each
    organisation may propose.

    Another room is another place: a convened meeting tells those who were called, under a raised SEQUENCE. Raises
    Incomplete, naming the other meeting, where the room is taken, and Conflict where `version`, the mark of what the
    writer saw, is another by now. Returns the Meeting.
    """
    meeting = locked(meeting)
    same_mark(meeting, ARRANGED, version)
    if meeting.state not in MOVABLE:
        raise NotNow(_("The room, interpretation and proposals can be set only before the meeting begins."))
    before = meeting.room_kept_id
    name = " ".join(room.split())
    meeting.room_kept = _room(name) if name else None
    beside = [_room(" ".join(one.split())) for one in rooms_beside if one.strip()]
    keep_rooms(meeting, beside)
    meeting.interpretation = [code for code in settings.CONTENT_LANGUAGES if code in interpretation]
    meeting.proposal_minutes = proposal_minutes
    moved = meeting.room_kept_id != before
    if moved:
        meeting.revised_at = now
        if meeting.state == MeetingState.CONVENED:
            meeting.sequence += 1
    meeting.save()
    meeting.rooms_beside.set(beside)
    meeting.agenda.exclude(room__in=[meeting.room_kept_id, *beside]).update(room=None)
    if moved and meeting.state == MeetingState.CONVENED:
        tell_invited(meeting, meeting.invitations.order_by("pk"), "moved", now)
    records.touch(meeting.code)
    journal.record(
        actor, "meeting_arranged", meeting.code, now, room=meeting.room_kept_id, sequence=meeting.sequence,
        beside=[one.pk for one in beside],
        interpretation=meeting.interpretation, proposal_minutes=proposal_minutes,
    )  # fmt: skip
    return meeting


def _room(name):
    """The room of a name, however its letters are written."""
    found = MeetingRoom.objects.filter(name__iexact=name).first()
    return found or MeetingRoom.objects.get_or_create(name=name)[0]


def keep_rooms(meeting, beside=None):
    """Hold the meeting's rooms for its days or hours, in the caller's transaction; whoever wants the same waits here.
    `beside` are its further rooms, None: those it has.

    Raises Incomplete where another meeting has one of them then.
    """
    beside = list(meeting.rooms_beside.all()) if beside is None else beside
    wanted = {meeting.room_kept_id: "room"} if meeting.room_kept_id else {}
    wanted = {one.pk: "rooms_beside" for one in beside} | wanted
    if not wanted or meeting.starts_on is None:
        return
    # In one order, so that two who want the same two never wait for each other.
    rooms = list(MeetingRoom.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    begins, ends = _span(meeting)
    missing = {}
    for room in rooms:
        has_it = Q(room_kept=room) | Q(rooms_beside=room)
        rivals = Meeting.objects.filter(has_it, state__in=TAKES_PLACE).exclude(pk=meeting.pk).distinct()
        for other in rivals.exclude(starts_on=None):
            their_begin, their_end = _span(other)
            if begins < their_end and their_begin < ends:
                words = _("%(room)s is taken at that time by %(code)s.") % {"room": room.name, "code": other.code}
                missing.setdefault(wanted[room.pk], words)
    if missing:
        raise Incomplete(missing)


def _span(meeting):
    """From when until when it needs its room: its hours, else its whole days there."""
    if meeting.has_hours:
        return meeting.starts_at, meeting.ends_at
    midnight = datetime.datetime.combine(meeting.starts_on, datetime.time())
    return (
        midnight.replace(tzinfo=clock.zone(meeting.zone)).astimezone(clock.UTC),
        clock.end_of(meeting.ends_on or meeting.starts_on, meeting.zone),
    )


@transaction.atomic
def propose_item(meeting, organization, *, title, language, kind, minutes, why, actor, now):
    """Ask for a point of the agenda, within the minutes each organisation has. Raises NotNow, Incomplete."""
    meeting = locked(meeting)
    if meeting.state != MeetingState.CONVENED or not meeting.proposal_minutes:
        raise NotNow(_("This meeting is not open to proposals."))
    missing = {}
    if not title.strip():
        missing["title"] = _("Give it a title.")
    left = minutes_left(meeting, organization)
    if not 1 <= minutes <= left:
        missing["minutes"] = _("Your organisation has %(n)s minutes left to propose.") % {"n": left}
    if missing:
        raise Incomplete(missing)
    row = ItemProposal.objects.create(
        meeting=meeting, organization=organization, title=title.strip(), language=language, kind=kind, minutes=minutes,
        why=why.strip(), author=journal.key(actor), proposed_at=now,
    )  # fmt: skip
    journal.record(actor, "item_proposed", meeting.code, now, organization=organization.acronym, minutes=minutes)
    return row


def minutes_left(meeting, organization):
    """How many minutes an organisation may still propose."""
    used = meeting.proposals.counting().filter(organization=organization).aggregate(n=Sum("minutes"))["n"] or 0
    return max(meeting.proposal_minutes - used, 0)


@transaction.atomic
def answer_proposal(proposal, state, answer, *, actor, now):
    """Take it on the agenda, at the end and without a day, or say why not. Returns the ItemProposal."""
    meeting = locked(proposal.meeting)
    proposal = ItemProposal.objects.select_for_update().get(pk=proposal.pk)
    if state not in (ProposalState.TAKEN, ProposalState.DECLINED):
        raise Incomplete({"state": _("Choose an answer.")})
    if state == ProposalState.DECLINED and not answer.strip():
        raise Incomplete({"answer": _("Say why; the organisation will see it.")})
    move(proposal, state, PROPOSAL_MOVES)
    proposal.answer = answer.strip()
    if state == ProposalState.TAKEN:
        proposal.item = add_item(
            meeting, titles={proposal.language: proposal.title}, language=proposal.language, kind=proposal.kind,
            minutes=proposal.minutes, day=None, begins_at=None,
            presenter=Organization.objects.get(pk=proposal.organization_id), note=proposal.why,
            visibility="community", actor=actor, now=now,
        )  # fmt: skip
    proposal.save()
    journal.record(actor, "proposal_answered", meeting.code, now, proposal=proposal.pk, state=str(state))
    return proposal


@transaction.atomic
def withdraw_proposal(proposal, *, actor, now):
    """The organisation asks for it no more; its minutes are free again."""
    proposal = ItemProposal.objects.select_for_update().get(pk=proposal.pk)
    move(proposal, ProposalState.WITHDRAWN, PROPOSAL_MOVES)
    proposal.save(update_fields=["state"])
    journal.record(actor, "proposal_withdrawn", proposal.meeting.code, now, proposal=proposal.pk)
