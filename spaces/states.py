"""Kinds of space, states of an edition."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.states import register_looks


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


class ParticipationKind(models.TextChoices):
    SPEAKER = "speaker", _("speaker")
    SESSION = "session", _("session")
    WORKSHOP = "workshop", _("workshop")
    BOOTH = "booth", _("booth")
    FELLOWSHIP = "fellowship", _("fellowship")
    CONTRIBUTION = "contribution", _("contribution")


class ParticipationState(models.TextChoices):
    PLANNED = "planned", _("planned")
    COMMITTED = "committed", _("committed")
    DONE = "done", _("done")
    DROPPED = "dropped", _("not continued")


#: What is still to be done.
OPEN_PARTS = (ParticipationState.PLANNED, ParticipationState.COMMITTED)

#: A delegate commits; what nobody committed to cannot have been done in the organisation's name.
PARTICIPATION_MOVES = {
    ParticipationState.PLANNED: {ParticipationState.COMMITTED, ParticipationState.DROPPED},
    ParticipationState.COMMITTED: {ParticipationState.DONE, ParticipationState.DROPPED},
    ParticipationState.DONE: set(),
    ParticipationState.DROPPED: set(),
}
PARTICIPATION_STATUS = {
    ParticipationState.COMMITTED: "underway",
    ParticipationState.DONE: "fulfilled",
    ParticipationState.DROPPED: "dropped",
}
#: States in which a public row is read by everybody.
PARTICIPATION_SHOWN = (ParticipationState.COMMITTED, ParticipationState.DONE)

register_looks(
    done=[EditionState.CONFIRMED, EditionState.HELD, ParticipationState.DONE],
    underway=[ParticipationState.COMMITTED],
    dropped=[EditionState.CANCELLED, ParticipationState.DROPPED],
)
