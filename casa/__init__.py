"""The top layer: settings, addresses, Celery, and the pages that join several apps."""

from casa.celery import app as celery_app

__all__ = ["celery_app"]
