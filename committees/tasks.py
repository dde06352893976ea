"""What happens at an hour by itself."""

from celery import shared_task

from committees import services
from core import clock


@shared_task(name="committees.close_due")
def close_due():
    """Close and count the votes whose announced hour has come; returns how many were."""
    return services.close_due(clock.now())
