"""Acts on meetings. Each is one transaction: lock, check, change, journal, mail."""

from meetings.services.agenda import add_item, change_item, copy_items, import_items, place_item, remove_item
from meetings.services.arranging import answer_proposal, arrange, propose_item, withdraw_proposal
from meetings.services.attendance import record_attendance
from meetings.services.calling import answer_invitation, cancel_meeting, convene_meeting, invite_missing, move_meeting
from meetings.services.communique import (
    ask_to_sign,
    begin_communique,
    publish_communique,
    publish_due,
    review_translation,
    sign,
)
from meetings.services.decisions import change_decision, record_action, record_decision, set_decision_state
from meetings.services.guests import invite_guest, release_guest
from meetings.services.meetings import begin_session, create_meeting, edit_meeting, mark_held, set_visibility
from meetings.services.minutes import (
    answer_comment,
    approve,
    circulate,
    comment,
    reopen,
    restore_part,
    set_handling,
    write_part,
)
from meetings.services.outcome import publish_meeting, write_outcome
from meetings.services.papers import add_paper, remove_paper
from meetings.services.photograph import put_photograph, take_photograph_away
from meetings.services.polls import answer_poll, decide_poll, open_poll, withdraw_poll
from meetings.services.press import add_account, forget_readers, give_embargo, remove_account, revoke_embargo
from meetings.services.room import (
    answer_question,
    arrive,
    ask,
    close_question,
    decide_in_room,
    leave,
    set_quorum,
    treat,
)

__all__ = [
    "add_account",
    "add_item",
    "add_paper",
    "answer_comment",
    "answer_invitation",
    "answer_poll",
    "answer_proposal",
    "answer_question",
    "approve",
    "arrange",
    "arrive",
    "ask",
    "ask_to_sign",
    "begin_communique",
    "begin_session",
    "cancel_meeting",
    "change_decision",
    "change_item",
    "circulate",
    "close_question",
    "comment",
    "convene_meeting",
    "copy_items",
    "create_meeting",
    "decide_in_room",
    "decide_poll",
    "edit_meeting",
    "forget_readers",
    "give_embargo",
    "import_items",
    "invite_guest",
    "invite_missing",
    "leave",
    "mark_held",
    "move_meeting",
    "open_poll",
    "place_item",
    "propose_item",
    "publish_communique",
    "publish_due",
    "publish_meeting",
    "put_photograph",
    "record_action",
    "record_attendance",
    "record_decision",
    "release_guest",
    "remove_account",
    "remove_item",
    "remove_paper",
    "reopen",
    "restore_part",
    "review_translation",
    "revoke_embargo",
    "set_decision_state",
    "set_handling",
    "set_quorum",
    "set_visibility",
    "sign",
    "take_photograph_away",
    "treat",
    "withdraw_poll",
    "withdraw_proposal",
    "write_outcome",
    "write_part",
]
