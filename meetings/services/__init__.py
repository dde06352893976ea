"""Acts on meetings. Each is one transaction: lock, check, change, journal, mail."""

from meetings.services.agenda import add_item, change_item, move_item, remove_item
from meetings.services.attendance import record_attendance
from meetings.services.calling import cancel_meeting, convene_meeting, invite_missing, move_meeting
from meetings.services.decisions import change_decision, record_action, record_decision, set_decision_state
from meetings.services.meetings import begin_session, create_meeting, edit_meeting, mark_held, set_visibility
from meetings.services.outcome import publish_meeting, write_outcome

__all__ = [
    "add_item",
    "begin_session",
    "cancel_meeting",
    "change_decision",
    "change_item",
    "convene_meeting",
    "create_meeting",
    "edit_meeting",
    "invite_missing",
    "mark_held",
    "move_item",
    "move_meeting",
    "publish_meeting",
    "record_action",
    "record_attendance",
    "record_decision",
    "remove_item",
    "set_decision_state",
    "set_visibility",
    "write_outcome",
]
