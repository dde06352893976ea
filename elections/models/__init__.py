"""Elections: candidates, the roll, ballots, and what is recorded of each."""

from elections.models.elections import Ballot, Draw, Election, ElectionEvent, Nomination, RollEntry
from elections.models.procedure import Claim, NoClaims, PaperEntry, Question, Scrutineer, Support
from elections.models.roll import CheckIn, RollCorrection
from elections.models.secret import Box, ElectionKey, Participation

__all__ = [
    "Ballot",
    "Box",
    "CheckIn",
    "Claim",
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
    "Support",
]
