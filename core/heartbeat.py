"""When recurring tasks last came to their end. A clock set back or a dead beat shows as an age that grows."""

import datetime

from core.models import Heartbeat


def beat(name: str, now: datetime.datetime) -> None:
    """Note that a recurring task came to its end."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now})


def ages(now: datetime.datetime) -> dict[str, int]:
    """Whole seconds since the last end of each recurring task, by its name."""
    return {row.name: int((now - row.at).total_seconds()) for row in Heartbeat.objects.order_by("name")}
