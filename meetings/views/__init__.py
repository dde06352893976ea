"""Pages of meetings: load, ask at the door, call one service, answer."""

from meetings.views.agenda import Agenda, AttendanceRecord, ItemAdd, ItemEdit, ItemMove, ItemRemove
from meetings.views.decisions import ActionRecord, DecisionDetail, DecisionEdit, DecisionRecord, DecisionStateSet
from meetings.views.meetings import (
    MeetingBegin,
    MeetingCancel,
    MeetingConvene,
    MeetingCreate,
    MeetingEdit,
    MeetingHold,
    MeetingInvite,
    MeetingMove,
    MeetingVisibility,
)
from meetings.views.outcome import MeetingPublish, OutcomeTexts, OutcomeVersion, OutcomeWrite
from meetings.views.pages import MeetingCalendar, MeetingDetail, MeetingList

__all__ = [
    "ActionRecord",
    "Agenda",
    "AttendanceRecord",
    "DecisionDetail",
    "DecisionEdit",
    "DecisionRecord",
    "DecisionStateSet",
    "ItemAdd",
    "ItemEdit",
    "ItemMove",
    "ItemRemove",
    "MeetingBegin",
    "MeetingCalendar",
    "MeetingCancel",
    "MeetingConvene",
    "MeetingCreate",
    "MeetingDetail",
    "MeetingEdit",
    "MeetingHold",
    "MeetingInvite",
    "MeetingList",
    "MeetingMove",
    "MeetingPublish",
    "MeetingVisibility",
    "OutcomeTexts",
    "OutcomeVersion",
    "OutcomeWrite",
]
