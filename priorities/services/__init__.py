"""Acts on cycles, plans and drafts: one verb, one function, one transaction."""

from priorities.services.cycles import (
    assess_cycle,
    close_cycle,
    consolidate_cycle,
    create_cycle,
    edit_cycle,
    extend_cycle,
    open_cycle,
    publish_cycle,
    remind_organizations,
    reopen_cycle,
)
from priorities.services.drafts import add_draft, continue_priority, move_draft, remove_draft, write_draft
from priorities.services.plans import (
    amend_plan,
    begin_plan,
    discard_amendment,
    present_none,
    submit_plan,
    withdraw_plan,
)

__all__ = [
    "add_draft",
    "amend_plan",
    "assess_cycle",
    "begin_plan",
    "close_cycle",
    "consolidate_cycle",
    "continue_priority",
    "create_cycle",
    "discard_amendment",
    "edit_cycle",
    "extend_cycle",
    "move_draft",
    "open_cycle",
    "present_none",
    "publish_cycle",
    "remind_organizations",
    "remove_draft",
    "reopen_cycle",
    "submit_plan",
    "withdraw_plan",
    "write_draft",
]
