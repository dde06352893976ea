"""What happens at an hour by itself."""

from celery import shared_task

from core import clock
from elections import services


@shared_task(name="elections.close_due")
def close_due():
    """Close and count the votes whose announced hour has come; returns how many were."""
    return services.close_due(clock.now())
