"""Bodies, seats, terms and the elections that fill them."""

from committees.models.bodies import Committee, Seat, Term
from committees.models.elections import Ballot, Draw, Election, ElectionEvent, Nomination, RollEntry
from committees.models.procedure import Claim, NoClaims, PaperEntry, Question, Scrutineer, Support

__all__ = [
    "Ballot",
    "Claim",
    "Committee",
    "Draw",
    "Election",
    "ElectionEvent",
    "NoClaims",
    "Nomination",
    "PaperEntry",
    "Question",
    "RollEntry",
    "Scrutineer",
    "Seat",
    "Support",
    "Term",
]
