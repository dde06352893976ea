from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Meetings"

    def ready(self):
        from core import deadlines as due
        from core.records.registry import Kind, register
        from meetings.deadlines import communiques_to_sign, meetings_ahead, polls_to_answer
        from meetings.models import Decision, Meeting
        from meetings.states import DECISION_STATUS, DecisionState, MeetingState

        due.register("meetings.meeting", ahead=meetings_ahead)
        due.register("meetings.poll", ahead=polls_to_answer)
        due.register("meetings.sign_off", ahead=communiques_to_sign)
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
            )
        )
