"""Meetings, their agenda, attendance, decisions and outcome; the consultation of their dates; minutes; the room; the communiqué."""

from meetings.models.communique import Communique, EmbargoReader, OwnAccount, Photograph
from meetings.models.meetings import (
    AgendaItem,
    Attendance,
    Decision,
    Invitation,
    ItemProposal,
    Meeting,
    MeetingRoom,
    Paper,
    new_uid,
)
from meetings.models.minutes import Minutes, MinutesComment, MinutesPart, MinutesRevision
from meetings.models.polls import DatePoll, PollOption, PollReply, PollRespondent
from meetings.models.room import AttendancePeriod, Question, QuestionAnswer, RoomSession

__all__ = [
    "AgendaItem",
    "Attendance",
    "AttendancePeriod",
    "Communique",
    "DatePoll",
    "Decision",
    "EmbargoReader",
    "Invitation",
    "ItemProposal",
    "Meeting",
    "MeetingRoom",
    "Minutes",
    "MinutesComment",
    "MinutesPart",
    "MinutesRevision",
    "OwnAccount",
    "Paper",
    "Photograph",
    "PollOption",
    "PollReply",
    "PollRespondent",
    "Question",
    "QuestionAnswer",
    "RoomSession",
    "new_uid",
]
