"""States of a meeting, kinds of agenda item, ways of deciding."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.states import register_looks


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


#: Before the meeting begins: its dates and place can still change.
MOVABLE = frozenset({MeetingState.PLANNED, MeetingState.CONVENED})
#: While attendance, decisions and minutes can be recorded.
RECORDING = frozenset({MeetingState.CONVENED, MeetingState.IN_SESSION, MeetingState.HELD})
#: While a communiqué can be begun and opened for signing.
WITH_COMMUNIQUE = frozenset({MeetingState.IN_SESSION, MeetingState.HELD})

MEETING_MOVES = {
    # A small bilateral meeting may be recorded after the fact, without having been convened here.
    MeetingState.PLANNED: {MeetingState.CONVENED, MeetingState.HELD, MeetingState.CANCELLED},
    MeetingState.CONVENED: {MeetingState.IN_SESSION, MeetingState.HELD, MeetingState.CANCELLED},
    MeetingState.IN_SESSION: {MeetingState.HELD},
    MeetingState.HELD: {MeetingState.PUBLISHED},
    MeetingState.PUBLISHED: set(),
    MeetingState.CANCELLED: set(),
}


class PollState(models.TextChoices):
    OPEN = "open", pgettext_lazy("date poll", "open")
    DECIDED = "decided", pgettext_lazy("date poll", "decided")
    WITHDRAWN = "withdrawn", pgettext_lazy("date poll", "withdrawn")


POLL_MOVES = {
    PollState.OPEN: {PollState.DECIDED, PollState.WITHDRAWN},
    PollState.DECIDED: set(),
    PollState.WITHDRAWN: set(),
}


class Availability(models.TextChoices):
    """Whether a date suits somebody."""

    YES = "yes", pgettext_lazy("date poll", "yes")
    MAYBE = "maybe", _("if need be")
    NO = "no", pgettext_lazy("date poll", "no")


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


class ProposalState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("agenda proposal", "proposed")
    TAKEN = "taken", pgettext_lazy("agenda proposal", "on the agenda")
    DECLINED = "declined", pgettext_lazy("agenda proposal", "not accepted")
    WITHDRAWN = "withdrawn", pgettext_lazy("agenda proposal", "withdrawn")


PROPOSAL_MOVES = {
    ProposalState.PROPOSED: {ProposalState.TAKEN, ProposalState.DECLINED, ProposalState.WITHDRAWN},
    ProposalState.DECLINED: {ProposalState.TAKEN},
    ProposalState.TAKEN: set(),
    ProposalState.WITHDRAWN: set(),
}


class Subject(models.TextChoices):
    """What an agenda item is about: the page shows it beside the item, with links to act on it."""

    NONE = "", pgettext_lazy("agenda item", "nothing in particular")
    PLANS = "plans", _("the organisations' priorities")
    THREATS = "threats", _("threats and opportunities")
    PROJECTS = "projects", _("common projects")
    BALANCE = "balance", _("the balance of the year before")
    ELECTION = "election", _("elections")
    ACTIONS = "actions", _("open actions")


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


class MinutesState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("minutes", "draft")
    CIRCULATED = "circulated", pgettext_lazy("minutes", "circulated")
    APPROVED = "approved", pgettext_lazy("minutes", "approved")


MINUTES_MOVES = {
    MinutesState.DRAFT: {MinutesState.CIRCULATED},
    # They may be circulated again, with a later day, and reopened as a draft with a reason, approved or not.
    MinutesState.CIRCULATED: {MinutesState.APPROVED, MinutesState.DRAFT},
    MinutesState.APPROVED: {MinutesState.DRAFT},
}


class CommuniqueState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("communiqué", "draft")
    SIGNING = "signing", pgettext_lazy("communiqué", "open for signing")
    PUBLISHED = "published", pgettext_lazy("communiqué", "published")


COMMUNIQUE_MOVES = {
    # Signing may be opened again with another time; it never goes back to a draft: a new text is opened for signing.
    CommuniqueState.DRAFT: {CommuniqueState.SIGNING},
    CommuniqueState.SIGNING: {CommuniqueState.SIGNING, CommuniqueState.PUBLISHED},
    CommuniqueState.PUBLISHED: set(),
}


class Handling(models.TextChoices):
    """Who can read a part of the minutes, and whether it may name people."""

    OPEN = "open", _("all member organisations")
    CHATHAM = "chatham", _("all, without naming who spoke (Chatham House rule)")
    RESTRICTED = "restricted", _("only the people named here and the coordination team")


class QuestionKind(models.TextChoices):
    """How a question is put to the organisations in the room."""

    CONSENSUS = "consensus", _("whether there is consensus")
    HANDS = "hands", _("a show of hands")


class Answer(models.TextChoices):
    """How an organisation answers a question in the room."""

    AGREE = "agree", pgettext_lazy("room", "agrees")
    ACCEPT = "accept", pgettext_lazy("room", "can live with it")
    OBJECT = "object", pgettext_lazy("room", "objects")
    FOR = "for", pgettext_lazy("room", "in favour")
    AGAINST = "against", pgettext_lazy("room", "against")
    ABSTAIN = "abstain", pgettext_lazy("room", "abstains")


ANSWERS = {
    QuestionKind.CONSENSUS: (Answer.AGREE, Answer.ACCEPT, Answer.OBJECT),
    QuestionKind.HANDS: (Answer.FOR, Answer.AGAINST, Answer.ABSTAIN),
}

register_looks(
    done=[
        MeetingState.HELD,
        MeetingState.PUBLISHED,
        CommuniqueState.PUBLISHED,
        DecisionState.FULFILLED,
        Availability.YES,
    ],
    underway=[PollState.OPEN, DecisionState.UNDERWAY, Availability.MAYBE],
    dropped=[
        MeetingState.CANCELLED,
        PollState.WITHDRAWN,
        ProposalState.WITHDRAWN,
        DecisionState.NOT_CONTINUED,
        Availability.NO,
    ],
)
