"""Pages of elections."""

from elections.views.console import (
    ElectionAct,
    ElectionAnnul,
    ElectionConsole,
    ElectionCreate,
    RollEdit,
    TakeOver,
    WithdrawalNote,
)
from elections.views.elections import (
    ElectionCertificate,
    ElectionDetail,
    ElectionEvidence,
    ElectionList,
    ElectionNotice,
    ElectionResult,
)
from elections.views.lots import ElectionDraw
from elections.views.nominations import Nominate, NominationAnswer, NominationLink
from elections.views.procedure import (
    ClaimAnswer,
    ClaimRaise,
    ConsensusNote,
    NoClaimsSay,
    QuestionAnswer,
    QuestionAsk,
    SecondRound,
    SupportGive,
    VacancyRecord,
)
from elections.views.roll import CorrectionAnswer, CorrectionAsk, ElectorHere, ElectorPresent, SecrecyRequest
from elections.views.room import PaperBegin, PapersEnter, RollFill
from elections.views.scrutiny import ConformitySay, ScrutineerConsole, ScrutineerName, ScrutineerRemove
from elections.views.voting import Booth

__all__ = [
    "Booth",
    "ClaimAnswer",
    "ClaimRaise",
    "ConformitySay",
    "ConsensusNote",
    "CorrectionAnswer",
    "CorrectionAsk",
    "ElectionAct",
    "ElectionAnnul",
    "ElectionCertificate",
    "ElectionConsole",
    "ElectionCreate",
    "ElectionDetail",
    "ElectionDraw",
    "ElectionEvidence",
    "ElectionList",
    "ElectionNotice",
    "ElectionResult",
    "ElectorHere",
    "ElectorPresent",
    "NoClaimsSay",
    "Nominate",
    "NominationAnswer",
    "NominationLink",
    "PaperBegin",
    "PapersEnter",
    "QuestionAnswer",
    "QuestionAsk",
    "RollEdit",
    "RollFill",
    "ScrutineerConsole",
    "ScrutineerName",
    "ScrutineerRemove",
    "SecondRound",
    "SecrecyRequest",
    "SupportGive",
    "TakeOver",
    "VacancyRecord",
    "WithdrawalNote",
]
