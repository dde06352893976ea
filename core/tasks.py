"""The one task that sends mail."""

from celery import shared_task

from core import clock, heartbeat
from core.outbox import services


@shared_task(name="core.outbox.drain")
def drain_outbox() -> int:
    """Send what is due, within a time budget; returns how many were sent."""
    sent = services.drain(budget=20.0)
    heartbeat.beat("drain", clock.now())
    return sent
