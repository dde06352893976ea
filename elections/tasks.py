"""What the portal does by itself at an hour."""

from celery import shared_task

from core import clock
from elections.services.voting import close_due_elections


@shared_task(name="elections.close_due")
def close_due() -> int:
    """Close and count the votes whose announced hour has come; returns how many."""
    return close_due_elections(now=clock.now())
