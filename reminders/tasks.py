"""The task that plans; beat asks every ten minutes."""

from celery import shared_task

from core import clock
from reminders import services


@shared_task(name="reminders.plan")
def plan():
    return services.plan(clock.now())
