"""Tasks that the clock runs."""

from celery import shared_task

from core import clock
from meetings.services.communique import publish_due_communiques
from meetings.services.press import forget_early_readers


@shared_task(name="meetings.forget_readers")
def forget_readers() -> int:
    """Delete who read communiqués early a month after their publication; returns how many people."""
    return forget_early_readers(now=clock.now())


@shared_task(name="meetings.publish_due")
def publish_due() -> int:
    """Publish the communiqués whose announced time has come; returns how many."""
    return publish_due_communiques(now=clock.now())
