"""Kinds of space, states of an edition."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SpaceKind(models.TextChoices):
    GLOBAL = "global", _("global")
    REGIONAL = "regional", _("regional")
    SUBREGIONAL = "subregional", _("subregional")
    NATIONAL = "national", _("national")
    YOUTH = "youth", _("youth")
    INTERGOVERNMENTAL = "intergovernmental", _("intergovernmental")
    TECHNICAL = "technical", _("technical")


class EditionState(models.TextChoices):
    ANNOUNCED = "announced", _("announced")
    CONFIRMED = "confirmed", _("confirmed")
    HELD = "held", _("held")
    POSTPONED = "postponed", _("postponed")
    CANCELLED = "cancelled", _("cancelled")


EDITION_MOVES = {
    EditionState.ANNOUNCED: {EditionState.CONFIRMED, EditionState.HELD, EditionState.POSTPONED, EditionState.CANCELLED},
    EditionState.CONFIRMED: {EditionState.HELD, EditionState.POSTPONED, EditionState.CANCELLED},
    EditionState.POSTPONED: {EditionState.CONFIRMED, EditionState.HELD, EditionState.CANCELLED},
    EditionState.HELD: set(),
    EditionState.CANCELLED: set(),
}


class Mode(models.TextChoices):
    IN_PERSON = "in_person", _("in person")
    HYBRID = "hybrid", _("hybrid")
    REMOTE = "remote", _("remote")
    UNKNOWN = "", _("not known")


class DeadlineKind(models.TextChoices):
    SESSIONS = "sessions", _("session proposals")
    HOST = "host", _("host proposals")
    COMMITTEE = "committee", _("committee applications")
    WORKING_GROUP = "working_group", _("working group proposals")
    EVALUATION = "evaluation", _("evaluation")
    RESULTS = "results", _("results")
    CONFIRMATION = "confirmation", _("confirmation of panelists")
    FELLOWSHIP = "fellowship", _("fellowships")
    OTHER = "other", _("other")
