"""Kinds of institution and activity; states of visits and training."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InstitutionKind(models.TextChoices):
    INTERGOVERNMENTAL = "intergovernmental", _("intergovernmental")
    REGULATOR = "regulator", _("regulator")
    MINISTRY = "ministry", _("ministry")
    LEGISLATURE = "legislature", _("legislature")
    JUDICIARY = "judiciary", _("judiciary")
    PROSECUTION = "prosecution", _("prosecution")
    LAW_ENFORCEMENT = "law_enforcement", _("law enforcement")


class ActivityKind(models.TextChoices):
    VISIT = "visit", _("visit to Casa de Internet")
    MEETING = "meeting", _("meeting")
    HEARING = "hearing", _("hearing")
    LETTER = "letter", _("letter")


class ActivityState(models.TextChoices):
    PLANNED = "planned", _("planned")
    CONFIRMED = "confirmed", _("confirmed")
    HELD = "held", _("held")
    PUBLISHED = "published", _("published")
    CANCELLED = "cancelled", _("cancelled")


class SessionState(models.TextChoices):
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    PUBLISHED = "published", _("published")
    CANCELLED = "cancelled", _("cancelled")


#: A training session or visit that is public was held; it is the deed of a commitment.
ACTIVITY_STATUS = {
    ActivityState.HELD: "fulfilled",
    ActivityState.PUBLISHED: "fulfilled",
    ActivityState.CANCELLED: "dropped",
}
SESSION_STATUS = {
    SessionState.HELD: "fulfilled",
    SessionState.PUBLISHED: "fulfilled",
    SessionState.CANCELLED: "dropped",
}
#: How the public reads them: a visit was held or cancelled, not fulfilled or dropped.
STATUS_WORDS = {"fulfilled": _("held"), "dropped": _("cancelled")}
