"""Pages of representation and of elections."""

from committees.views.console import (
    ElectionAct,
    ElectionAnnul,
    ElectionConsole,
    ElectionCreate,
    RollEdit,
    TakeOver,
    WithdrawalNote,
)
from committees.views.elections import (
    ElectionCertificate,
    ElectionDetail,
    ElectionEvidence,
    ElectionList,
    ElectionNotice,
    ElectionResult,
)
from committees.views.lots import ElectionDraw
from committees.views.nominations import Nominate, NominationAnswer, NominationLink
from committees.views.pages import CommitteeDetail, Representation
from committees.views.procedure import (
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
from committees.views.roll import CorrectionAnswer, CorrectionAsk, ElectorHere, ElectorPresent, SecrecyRequest
from committees.views.room import PaperBegin, PapersEnter, RollFill
from committees.views.scrutiny import ConformitySay, ScrutineerConsole, ScrutineerName, ScrutineerRemove
from committees.views.voting import Booth

__all__ = [
    "Booth",
    "ClaimAnswer",
    "ClaimRaise",
    "CommitteeDetail",
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
    "Representation",
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
