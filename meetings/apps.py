from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Meetings"

    def ready(self):
        from core import deadlines
        from core.records.registry import Kind, register
        from meetings.deadlines import MEETING, POLL, SIGN_OFF
        from meetings.models import Decision, Meeting
        from meetings.states import DECISION_STATUS, DecisionState, MeetingState

        deadlines.register(MEETING, POLL, SIGN_OFF)
        register(
            Kind("MEE", _("meeting"), lambda: Meeting, "meetings:meeting_detail", states=MeetingState, date="starts_on")
        )
        register(
            Kind(
                "DEC",
                _("decision"),
                lambda: Decision,
                "meetings:decision_detail",
                states=DecisionState,
                date="decided_on",
                status=DECISION_STATUS,
                commitment_words={DecisionState.RECORDED: _("recorded")},
            )
        )
