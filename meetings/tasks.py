"""What happens at an hour by itself."""

from celery import shared_task

from core import clock
from meetings import services


@shared_task(name="meetings.forget_readers")
def forget_readers():
    """Forget who read communiqués early that have been out for a month; returns how many people."""
    return services.forget_readers(clock.now())


@shared_task(name="meetings.publish_due")
def publish_due():
    """Let communiqués go out whose announced hour has come; returns how many did."""
    return services.publish_due(clock.now())
