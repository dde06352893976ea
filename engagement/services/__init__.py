"""Acts on visits, training and regulation: one verb, one function, one transaction."""

from engagement.services.activities import add_activity, edit_activity, set_activity_state
from engagement.services.regulation import add_event, add_regulation, write_impact
from engagement.services.training import add_programme, add_session, count_session, edit_session, set_session_state

__all__ = [
    "add_activity",
    "add_event",
    "add_programme",
    "add_regulation",
    "add_session",
    "count_session",
    "edit_activity",
    "edit_session",
    "set_activity_state",
    "set_session_state",
    "write_impact",
]
