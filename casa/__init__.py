"""The roof: settings, addresses, Celery, and the pages that join several floors."""

from casa.celery import app as celery_app

__all__ = ["celery_app"]
