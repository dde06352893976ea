"""The one task that sends mail."""

from celery import shared_task

from core.outbox import services


@shared_task(name="core.outbox.drain")
def drain_outbox():
    """Send what is due, within a time budget; returns how many went out."""
    return services.drain(budget=20.0)
