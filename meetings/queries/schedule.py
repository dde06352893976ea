"""The days and hours of a meeting."""

from typing import Any

from meetings.models import Meeting


def schedule_facts(meeting: Meeting) -> dict[str, Any]:
    """The days and hours of a meeting, for the journal."""
    facts: dict[str, Any] = {"starts_on": meeting.starts_on, "ends_on": meeting.ends_on, "zone": meeting.zone}
    facts |= {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at, "sequence": meeting.sequence}
    return {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in facts.items()}
