"""Bodies, seats, terms and the elections that fill them."""

from committees.models.bodies import Committee, Seat, Term
from committees.models.elections import Ballot, Draw, Election, ElectionEvent, Nomination, RollEntry
from committees.models.procedure import Claim, NoClaims, PaperEntry, Question, Scrutineer, Support
from committees.models.roll import CheckIn, RollCorrection
from committees.models.secret import Box, ElectionKey, Participation

__all__ = [
    "Ballot",
    "Box",
    "CheckIn",
    "Claim",
    "Committee",
    "Draw",
    "Election",
    "ElectionEvent",
    "ElectionKey",
    "NoClaims",
    "Nomination",
    "PaperEntry",
    "Participation",
    "Question",
    "RollCorrection",
    "RollEntry",
    "Scrutineer",
    "Seat",
    "Support",
    "Term",
]
