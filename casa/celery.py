"""The Celery application. The schedule is code (see docs/decisions/): no table can silently switch it off."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casa.settings")

app = Celery("casa")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
