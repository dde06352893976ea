"""Kinds of institution and activity; states of visits and training."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.states import register_looks


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


ACTIVITY_MOVES = {
    ActivityState.PLANNED: {ActivityState.CONFIRMED, ActivityState.HELD, ActivityState.CANCELLED},
    ActivityState.CONFIRMED: {ActivityState.HELD, ActivityState.CANCELLED},
    ActivityState.HELD: {ActivityState.PUBLISHED},
    ActivityState.PUBLISHED: set(),
    ActivityState.CANCELLED: set(),
}
SESSION_MOVES = {
    SessionState.PLANNED: {SessionState.HELD, SessionState.CANCELLED},
    SessionState.HELD: {SessionState.PUBLISHED},
    SessionState.PUBLISHED: set(),
    SessionState.CANCELLED: set(),
}


class TraineeRole(models.TextChoices):
    JUDGE = "judge", _("judges")
    PROSECUTOR = "prosecutor", _("prosecutors")
    POLICE = "police", _("law enforcement")
    OTHER = "other", _("others from the justice system")


class RegulationKind(models.TextChoices):
    BILL = "bill", _("bill")
    LAW = "law", _("law")
    DECREE = "decree", _("decree")
    RESOLUTION = "resolution", _("resolution")
    CONSULTATION = "consultation", _("consultation")
    JUDGMENT = "judgment", _("judgment")
    OTHER = "other", _("other")


class RegulationStage(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("regulation", "proposed")
    CONSULTED = "consulted", pgettext_lazy("regulation", "in consultation")
    DISCUSSED = "discussed", pgettext_lazy("regulation", "in discussion")
    APPROVED = "approved", pgettext_lazy("regulation", "approved")
    IN_FORCE = "in_force", pgettext_lazy("regulation", "in force")
    CHALLENGED = "challenged", pgettext_lazy("regulation", "challenged in court")
    REJECTED = "rejected", pgettext_lazy("regulation", "rejected")
    REPEALED = "repealed", pgettext_lazy("regulation", "repealed")


#: A training session or visit that is public was held: then a commitment to it is fulfilled.
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

register_looks(
    done=[
        ActivityState.CONFIRMED,
        ActivityState.HELD,
        ActivityState.PUBLISHED,
        SessionState.HELD,
        SessionState.PUBLISHED,
        RegulationStage.IN_FORCE,
    ],
    dropped=[ActivityState.CANCELLED, SessionState.CANCELLED],
)
