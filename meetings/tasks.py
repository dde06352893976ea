"""What happens at an hour by itself."""

from celery import shared_task

from core import clock
from meetings import services


@shared_task(name="meetings.publish_due")
def publish_due():
    """Let communiqués go out whose announced hour has come; returns how many did."""
    return services.publish_due(clock.now())
