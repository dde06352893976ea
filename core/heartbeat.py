"""When recurring tasks last came to their end. A clock set back or a dead beat shows as an age that grows."""

from core.models import Heartbeat


def beat(name, now):
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now})


def ages(now):
    """{task: whole seconds since its last end}."""
    return {row.name: int((now - row.at).total_seconds()) for row in Heartbeat.objects.order_by("name")}
