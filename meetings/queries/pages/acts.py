"""What the coordination team can do about a meeting now, in the order of its life."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.models import DatePoll, Meeting
from meetings.states import MOVABLE, RECORDING, MeetingState


@dataclass(frozen=True)
class Act:
    """One button: a link to the page where it is done, or a form that does it."""

    address: str
    verb: str
    look: str = ""
    is_post: bool = False


@dataclass(frozen=True)
class MeetingActs:
    """The acts on a meeting, for those who can edit it."""

    meeting: Meeting
    has_begun: bool
    poll: DatePoll | None
    can_propose_project: bool

    @property
    def now(self) -> list[Act]:
        """The acts that its state asks for."""
        return [act for act, is_possible in (*self._before(), *self._outcome(), *self._recording()) if is_possible]

    @property
    def more(self) -> list[Act]:
        """The acts that are seldom needed."""
        meeting = self.meeting
        is_ahead, is_convened = meeting.state in MOVABLE, meeting.state == MeetingState.CONVENED
        change_verb = _("Change date or place") if is_convened else _("Set when and where")
        acts = [
            (self._link("meeting_move", change_verb, "quiet small"), is_ahead),
            (self._link("arrange", _("Room, interpretation and proposals"), "quiet small"), is_ahead),
            (self._link("meeting_edit", _("Correct the title"), "quiet small"), self._can_change),
            (self._link("meeting_visibility", _("Change who sees it"), "quiet small"), True),
            (self._link("guest_invite", _("Invite a guest"), "quiet small"), is_convened),
            (self._post("meeting_invite", _("Invite those not invited yet"), "quiet small"), is_convened),
            (self._link("meeting_cancel", _("Cancel it…"), "danger small"), is_ahead),
        ]
        return [act for act, is_possible in acts if is_possible]

    @property
    def _can_change(self) -> bool:
        return not self.meeting.is_published and self.meeting.state != MeetingState.CANCELLED

    def _link(self, route: str, verb: str, look: str = "", query: str = "") -> Act:
        return Act(reverse(f"meetings:{route}", args=[self.meeting.code]) + query, verb, look)

    def _post(self, route: str, verb: str, look: str = "") -> Act:
        return Act(reverse(f"meetings:{route}", args=[self.meeting.code]), verb, look, is_post=True)

    def _before(self) -> list[tuple[Act, bool]]:
        meeting, poll = self.meeting, self.poll
        is_planned, is_convened = meeting.state == MeetingState.PLANNED, meeting.state == MeetingState.CONVENED
        is_undated = is_planned and not meeting.starts_on
        in_session = meeting.state == MeetingState.IN_SESSION
        can_hold = in_session or (self.has_begun and meeting.state in MOVABLE)
        convene_look, hold_look = "" if meeting.starts_on else "quiet", "quiet" if is_convened else ""
        return [
            (
                self._link("meeting_convene", _("Convene the organisations…"), convene_look),
                is_planned and not self.has_begun,
            ),
            (self._link("poll", _("See the date poll")), is_undated and poll is not None),
            (self._link("poll_ask", _("Ask about dates…")), is_undated and poll is None),
            (self._post("meeting_begin", _("Begin the session")), is_convened and self.has_begun),
            (self._link("room", _("Go to the room")), in_session),
            (self._post("meeting_hold", _("Mark as held"), hold_look), can_hold),
        ]

    def _outcome(self) -> list[tuple[Act, bool]]:
        meeting = self.meeting
        has_communique = getattr(meeting, "communique", None) is not None
        begin = Act(reverse("communique_begin", args=[meeting.code]), _("Begin the communiqué"), "quiet", is_post=True)
        is_held = meeting.state == MeetingState.HELD
        has_draft = has_communique and not meeting.is_published
        can_begin = is_held or meeting.state == MeetingState.IN_SESSION
        return [
            (self._link("communique", _("The communiqué")), has_draft),
            (begin, can_begin and not has_draft),
            (self._link("meeting_publish", _("Publish the outcome…")), is_held and not has_communique),
        ]

    def _recording(self) -> list[tuple[Act, bool]]:
        meeting = self.meeting
        is_recording = meeting.state in RECORDING and self.has_begun
        has_outcome = is_recording or meeting.is_published
        agenda_look = "quiet" if meeting.state != MeetingState.CONVENED or self.has_begun else ""
        project = reverse("priorities:project_propose") + f"?from={meeting.code}"
        return [
            (self._link("agenda", _("Write the agenda"), agenda_look), self._can_change),
            (self._link("decision_record", _("Record a decision"), "quiet"), is_recording),
            (self._link("attendance_record", _("Record attendance"), "quiet"), is_recording),
            (self._link("attendance_sheet", _("Attendance sheet to print"), "quiet"), is_recording),
            (Act(project, _("Propose a common project"), "quiet"), is_recording and self.can_propose_project),
            (self._link("action_record", _("Record an action"), "quiet"), has_outcome),
            (self._link("outcome", _("Outcome and translations"), "quiet"), has_outcome),
            (self._link("minutes", _("Minutes"), "quiet"), has_outcome),
        ]
