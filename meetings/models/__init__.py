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
from meetings.models.polls import DatePoll, PollOption, PollReply, PollVoice
from meetings.models.room import Question, QuestionAnswer, Room, Stay

__all__ = [
    "AgendaItem",
    "Attendance",
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
    "PollVoice",
    "Question",
    "QuestionAnswer",
    "Room",
    "Stay",
    "new_uid",
]
