"""States of an election and of a nomination, the allowed moves, and the choices of the rules."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.states import register_looks


class ElectionState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("election", "in preparation")
    CALLED = "called", pgettext_lazy("election", "call for candidates")
    ROLL = "roll_published", pgettext_lazy("election", "roll published")
    CANDIDATES = "candidates_published", pgettext_lazy("election", "candidates published")
    VOTING = "voting", pgettext_lazy("election", "voting")
    CLOSED = "closed", pgettext_lazy("election", "closed")
    PROVISIONAL = "provisional", pgettext_lazy("election", "provisional result")
    CERTIFIED = "certified", pgettext_lazy("election", "certified")
    ANNULLED = "annulled", pgettext_lazy("election", "annulled")


_S = ElectionState
ELECTION_MOVES = {
    _S.DRAFT: {_S.CALLED, _S.ANNULLED},
    _S.CALLED: {_S.ROLL, _S.ANNULLED},
    _S.ROLL: {_S.CANDIDATES, _S.ANNULLED},
    #: Straight to a provisional result where there are no more candidates than seats: acclamation.
    _S.CANDIDATES: {_S.VOTING, _S.PROVISIONAL, _S.ANNULLED},
    _S.VOTING: {_S.CLOSED, _S.ANNULLED},
    #: Back to voting for a second round among those who are tied.
    _S.CLOSED: {_S.PROVISIONAL, _S.VOTING, _S.ANNULLED},
    #: Back to closed where somebody withdraws and a tie appears.
    _S.PROVISIONAL: {_S.CERTIFIED, _S.CLOSED, _S.ANNULLED},
    _S.CERTIFIED: set(),
    _S.ANNULLED: set(),
}
#: While these last, people may be nominated and answer.
NOMINATING = (_S.CALLED, _S.ROLL)
#: From here on everybody who may read the election reads its candidates.
CANDIDATES_KNOWN = (_S.CANDIDATES, _S.VOTING, _S.CLOSED, _S.PROVISIONAL, _S.CERTIFIED)
#: From when on the officer has something to do, in each state that waits for an hour.
THEN_ACTS: dict[str, str] = {_S.ROLL: "nominations_close", _S.CANDIDATES: "opens_at", _S.VOTING: "closes_at"}
#: While these last, two officers correct the published roll.
CORRECTED_IN = (_S.ROLL, _S.CANDIDATES, _S.VOTING)
#: While these last, an elector may make an open vote secret.
SECRECY_REQUESTED_IN = (_S.ROLL, _S.CANDIDATES, _S.VOTING)
BEFORE_CLOSING = (_S.DRAFT, _S.CALLED, _S.ROLL, _S.CANDIDATES, _S.VOTING)
RESULT_KNOWN = (_S.PROVISIONAL, _S.CERTIFIED)


class Method(models.TextChoices):
    """How votes are given and counted; the values are those of the count."""

    PLURALITY = "plurality-at-large", pgettext_lazy("election method", "most votes: mark up to a set number")
    APPROVAL = "approval", pgettext_lazy("election method", "approval: mark as many as you accept")
    SCOTTISH = "scottish-stv", pgettext_lazy("election method", "order of preference, Scottish rules")
    MEEK = "meek", pgettext_lazy("election method", "order of preference, Meek's rules")


class IfFew(models.TextChoices):
    """What happens with no more candidates than seats."""

    ACCLAMATION = "acclamation", pgettext_lazy("election", "elected by acclamation")
    YES_NO = "yes-no", pgettext_lazy("election", "each is voted on: yes, no or abstention")


class TieBreak(models.TextChoices):
    """Where lots come from; the values are those of the rules."""

    DRAW = "witnessed-draw", pgettext_lazy("lots", "names from a hat, before two witnesses")
    SEED = "public-seed", pgettext_lazy("lots", "a public value that nobody knows before closing")


class Secrecy(models.TextChoices):
    OPEN = "open", pgettext_lazy("secrecy", "open, or secret if one elector asks for it")
    PORTAL = "secret-portal", pgettext_lazy("secrecy", "secret, with the portal's key")


class Vacancy(models.TextChoices):
    """How a seat that falls vacant before its term ends is filled."""

    BY_ELECTION = "by-election", pgettext_lazy("vacancy", "by another election")
    NEXT = "next", pgettext_lazy("vacancy", "by the next candidate in the result")
    COUNTBACK = "countback", pgettext_lazy("vacancy", "by counting the same ballots again without the person who left")


class ClaimStage(models.TextChoices):
    ROLL = "roll", pgettext_lazy("claims on", "the roll")
    CANDIDATES = "candidates", pgettext_lazy("claims on", "the candidates")
    RESULT = "result", pgettext_lazy("claims on", "the result")


class ClaimOutcome(models.TextChoices):
    ACCEPTED = "accepted", pgettext_lazy("claim", "accepted")
    REJECTED = "rejected", pgettext_lazy("claim", "rejected")


#: While a state lasts, claims are taken on what was published by it.
CLAIMS_IN: dict[str, ClaimStage] = {
    _S.ROLL: ClaimStage.ROLL,
    _S.CANDIDATES: ClaimStage.CANDIDATES,
    _S.PROVISIONAL: ClaimStage.RESULT,
}
#: The acts that publish it: claims are taken from the last of them on.
CLAIMS_FROM = {
    ClaimStage.ROLL: ("roll_published", "roll_corrected"),
    ClaimStage.CANDIDATES: ("candidates_published",),
    ClaimStage.RESULT: ("closed", "drawn", "acclaimed", "consensus"),
}


class NominationState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("nomination", "waiting for an answer")
    ACCEPTED = "accepted", pgettext_lazy("nomination", "accepted")
    DECLINED = "declined", pgettext_lazy("nomination", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("nomination", "withdrawn")
    INELIGIBLE = "ineligible", pgettext_lazy("nomination", "no longer eligible")


NOMINATION_MOVES = {
    NominationState.PROPOSED: {NominationState.ACCEPTED, NominationState.DECLINED},
    NominationState.ACCEPTED: {NominationState.WITHDRAWN, NominationState.INELIGIBLE},
    NominationState.DECLINED: set(),
    NominationState.WITHDRAWN: set(),
    NominationState.INELIGIBLE: set(),
}

#: What each event of the public chain says to people.
EVENT_WORDS = {
    "called": _("the election is called; its rules are fixed"),
    "officer_changed": _("another election officer"),
    "nominated": _("somebody is nominated"),
    "accepted": _("a nomination is accepted"),
    "declined": _("a nomination is declined"),
    "withdrawn": _("a candidacy is withdrawn"),
    "ineligible": _("somebody can no longer be a candidate: their organisation has left"),
    "roll_published": _("the roll is published"),
    "correction_asked": _("a correction of the roll is asked for"),
    "correction_refused": _("a correction of the roll is refused"),
    "roll_corrected": _("the roll is corrected by two officers"),
    "secrecy_requested": _("an elector asked for the vote to be secret"),
    "key_made": _("the key of the ballot box is created; the portal keeps it"),
    "key_destroyed": _("the portal declares the key of the ballot box destroyed"),
    "present_noted": _("the officer records that an elector is in the room"),
    "candidates_published": _("the candidates are published"),
    "claim_raised": _("an organisation submits a claim"),
    "claim_answered": _("a claim is answered"),
    "no_claims": _("an organisation has no claims"),
    "scrutineer_named": _("a scrutineer is appointed"),
    "scrutineer_removed": _("a scrutineer is removed"),
    "conformity": _("a scrutineer confirms the result"),
    "no_conformity": _("a scrutineer does not confirm the result"),
    "supported": _("an organisation supports a candidate"),
    "consensus": _("a consensus is recorded"),
    "second_round": _("a second round is opened among those who are tied"),
    "paper_begun": _("voting is on paper"),
    "paper_entered": _("an officer has entered the ballot papers"),
    "vacancy_filled": _("a vacant seat is filled by this election's rules"),
    "acclaimed": _("the acclamation is recorded"),
    "voting_opened": _("voting is opened"),
    "closed": _("voting is closed and counted"),
    "drawn": _("lots are drawn"),
    "certified": _("the result is certified"),
    "annulled": _("the election is annulled"),
}

register_looks(done=[ElectionState.CERTIFIED], dropped=[NominationState.WITHDRAWN])
