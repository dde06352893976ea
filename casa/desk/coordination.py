"""What waits for the coordination team: cycles to open or publish, meetings to convene, close or publish."""

from django.utils.translation import gettext as _

from casa.desk.duty import Duty, in_order
from core import clock
from core.text import shown
from meetings.models import Meeting
from meetings.states import MeetingState
from priorities.models import PlanningCycle
from priorities.states import CycleState

UNDER_PREPARATION = (CycleState.DRAFT, CycleState.OPEN, CycleState.CONSOLIDATING)
UNFINISHED = (MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.IN_SESSION, MeetingState.HELD)


def read(now, today):
    """[Duty], overdue first. Two queries."""
    cycles = PlanningCycle.objects.filter(state__in=UNDER_PREPARATION)
    meetings = Meeting.objects.filter(state__in=UNFINISHED)
    return in_order([*(_cycle(one, now) for one in cycles), *(_meeting(one, today) for one in meetings)])


def _cycle(cycle, now):
    verbs = {
        CycleState.DRAFT: _("Open"),
        CycleState.OPEN: _("See who has filed"),
        CycleState.CONSOLIDATING: _("Publish"),
    }
    over = cycle.state == CycleState.OPEN and cycle.closes_at <= now
    page = cycle.get_absolute_url()
    return Duty(
        title=_("Priorities %(year)s") % {"year": cycle.year}, href=page, verb_href=page,
        verb=_("Publish") if over else verbs[cycle.state], due=clock.today(cycle.last_minute, cycle.zone),
        due_at=cycle.last_minute, zone=cycle.zone, state=cycle.state, state_label=cycle.get_state_display(),
        is_overdue=over,
    )  # fmt: skip


def _meeting(meeting, today):
    verbs = {
        MeetingState.PLANNED: _("Convene"), MeetingState.CONVENED: _("Prepare"),
        MeetingState.IN_SESSION: _("Record"), MeetingState.HELD: _("Publish the outcome"),
    }  # fmt: skip
    last = meeting.ends_on or meeting.starts_on
    over = last is not None and last < today
    page = meeting.get_absolute_url()
    return Duty(
        title=shown(meeting, "title"), href=page, verb_href=page, code=meeting.code, due=meeting.starts_on,
        verb=_("Record") if over and meeting.state == MeetingState.CONVENED else verbs[meeting.state],
        state=meeting.state, state_label=meeting.get_state_display(), is_overdue=over,
    )  # fmt: skip
