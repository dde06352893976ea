"""States of a meeting, kinds of agenda item, ways of deciding."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingKind(models.TextChoices):
    ANNUAL = "annual", _("annual meeting")
    COORDINATION = "coordination", _("coordination meeting")
    BILATERAL = "bilateral", _("bilateral meeting")
    POLICYMAKERS = "policymakers", _("meeting with policymakers")


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("planned")
    CONVENED = "convened", _("convened")
    IN_SESSION = "in_session", _("in session")
    HELD = "held", _("held")
    PUBLISHED = "published", _("outcome published")
    CANCELLED = "cancelled", _("cancelled")


#: States that are still ahead of the meeting itself: when and where may change.
MOVABLE = frozenset({MeetingState.PLANNED, MeetingState.CONVENED})
#: States in which what happened is written down.
RECORDING = frozenset({MeetingState.CONVENED, MeetingState.IN_SESSION, MeetingState.HELD})

MEETING_MOVES = {
    # A small bilateral meeting may be recorded after the fact, without ever having been convened here.
    MeetingState.PLANNED: {MeetingState.CONVENED, MeetingState.HELD, MeetingState.CANCELLED},
    MeetingState.CONVENED: {MeetingState.IN_SESSION, MeetingState.HELD, MeetingState.CANCELLED},
    MeetingState.IN_SESSION: {MeetingState.HELD},
    MeetingState.HELD: {MeetingState.PUBLISHED},
    MeetingState.PUBLISHED: set(),
    MeetingState.CANCELLED: set(),
}


class Mode(models.TextChoices):
    IN_PERSON = "in_person", _("in person")
    HYBRID = "hybrid", _("hybrid")
    REMOTE = "remote", _("remote")


class ItemKind(models.TextChoices):
    PRESENTATION = "presentation", _("presentation")
    DISCUSSION = "discussion", _("discussion")
    DECISION = "decision", _("decision")
    ELECTION = "election", _("election")
    BREAK = "break", _("break")


class Presence(models.TextChoices):
    IN_PERSON = "in_person", _("in person")
    REMOTE = "remote", _("remote")
    APOLOGIES = "apologies", _("apologies")
    UNSTATED = "", _("present; how is not stated")


class HowDecided(models.TextChoices):
    CONSENSUS = "consensus", _("by consensus")
    ACCLAMATION = "acclamation", _("by acclamation")
    VOTE = "vote", _("by vote")
    NOTED = "noted", _("noted")
    UNSTATED = "", _("the source does not say how")


class DecisionState(models.TextChoices):
    RECORDED = "recorded", pgettext_lazy("decision", "recorded")
    UNDERWAY = "underway", _("under way")
    FULFILLED = "fulfilled", pgettext_lazy("decision", "fulfilled")
    NOT_CONTINUED = "not_continued", _("does not continue")


DECISION_MOVES = {
    DecisionState.RECORDED: {DecisionState.UNDERWAY, DecisionState.FULFILLED, DecisionState.NOT_CONTINUED},
    DecisionState.UNDERWAY: {DecisionState.FULFILLED, DecisionState.NOT_CONTINUED},
    DecisionState.FULFILLED: {DecisionState.UNDERWAY},
    DecisionState.NOT_CONTINUED: {DecisionState.UNDERWAY},
}
DECISION_STATUS = {
    DecisionState.UNDERWAY: "underway",
    DecisionState.FULFILLED: "fulfilled",
    DecisionState.NOT_CONTINUED: "dropped",
}
