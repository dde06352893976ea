"""What waits for the coordination team: cycles to open or publish, meetings to convene, close or publish,
and the elections in one's charge."""

from django.urls import reverse
from django.utils.translation import gettext as _

from casa.desk.duty import Duty, in_order, last_day
from core import clock
from core.text import shown
from elections.models import Election
from elections.states import THEN_ACTS
from meetings.models import Meeting
from meetings.states import MeetingState
from priorities.models import PlanningCycle
from priorities.states import CycleState

UNDER_PREPARATION = (CycleState.DRAFT, CycleState.OPEN, CycleState.CONSOLIDATING)
UNFINISHED = (MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.IN_SESSION, MeetingState.HELD)


def read(now, today, person_id):
    """[Duty], overdue first; of elections those of which this person is the officer. Three queries."""
    cycles = PlanningCycle.objects.filter(state__in=UNDER_PREPARATION)
    meetings = Meeting.objects.filter(state__in=UNFINISHED)
    elections = Election.objects.run_by(person_id)
    return in_order(
        [
            *(_cycle(one, now) for one in cycles),
            *(_meeting(one, today) for one in meetings),
            *(_election(one, now) for one in elections),
        ]
    )


def _cycle(cycle, now):
    verbs = {
        CycleState.DRAFT: _("Open"),
        CycleState.OPEN: _("See who has submitted"),
        CycleState.CONSOLIDATING: _("Publish"),
    }
    over = cycle.state == CycleState.OPEN and cycle.closes_at <= now
    page = cycle.get_absolute_url()
    return Duty(
        title=_("Priorities %(year)s") % {"year": cycle.year},
        href=page,
        verb_href=page,
        verb=_("Publish") if over else verbs[cycle.state],
        due=clock.today(cycle.last_minute, cycle.zone),
        due_at=cycle.last_minute,
        zone=cycle.zone,
        state=cycle.state,
        state_label=cycle.get_state_display(),
        is_overdue=over,
    )


def _meeting(meeting, today):
    verbs = {
        MeetingState.PLANNED: _("Convene"),
        MeetingState.CONVENED: _("Prepare"),
        MeetingState.IN_SESSION: _("Record"),
        MeetingState.HELD: _("Publish the outcome"),
    }
    last = meeting.ends_on or meeting.starts_on
    over = last is not None and last < today
    page = meeting.get_absolute_url()
    return Duty(
        title=shown(meeting, "title"),
        href=page,
        verb_href=page,
        code=meeting.code,
        due=meeting.starts_on,
        verb=_("Record") if over and meeting.state == MeetingState.CONVENED else verbs[meeting.state],
        state=meeting.state,
        state_label=meeting.get_state_display(),
        is_overdue=over,
    )


def _election(election, now):
    """An election of which this person is the officer, until it is over; the next hour after which they act."""
    then = THEN_ACTS.get(election.state)
    at = getattr(election, then) if then and not election.in_room else None
    return Duty(
        title=shown(election, "title"),
        href=election.get_absolute_url(),
        verb=_("Continue"),
        code=election.code,
        verb_href=reverse("elections:election_console", args=[election.code]),
        due=at and last_day(at, election.zone),
        due_at=at,
        zone=election.zone,
        state="election",
        state_label=election.get_state_display(),
        is_overdue=at is not None and at <= now,
    )
