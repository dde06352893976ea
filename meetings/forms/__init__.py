"""Input becomes clean data, with messages beside the field; nothing is changed here."""

from meetings.forms.agenda import AgendaItemForm, CopyForm
from meetings.forms.attendance import AttendanceForm
from meetings.forms.decisions import ActionForm, DecisionForm, DecisionStateForm
from meetings.forms.meetings import CancelForm, MeetingFilter, MeetingForm, MeetingWordsForm, MoveForm
from meetings.forms.outcome import OutcomeForm, PublishForm, VisibilityForm

__all__ = [
    "ActionForm",
    "AgendaItemForm",
    "AttendanceForm",
    "CancelForm",
    "CopyForm",
    "DecisionForm",
    "DecisionStateForm",
    "MeetingFilter",
    "MeetingForm",
    "MeetingWordsForm",
    "MoveForm",
    "OutcomeForm",
    "PublishForm",
    "VisibilityForm",
]
