"""How seats are filled and terms end."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FilledBy(models.TextChoices):
    ELECTION = "election", _("election by the technical community")
    APPOINTMENT = "appointment", _("appointment")
    OUTSIDE_CALL = "outside_call", _("a call from outside")


class EndReason(models.TextChoices):
    COMPLETED = "completed", _("term completed")
    RESIGNED = "resigned", _("resignation")
    REPLACED = "replaced", _("replacement")
    OTHER = "other", _("other reason")
