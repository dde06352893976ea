"""Elections: candidates, the roll, ballots, and what is recorded of each."""

from elections.models.ballots import Ballot as Ballot
from elections.models.ballots import PaperEntry as PaperEntry
from elections.models.claims import Claim as Claim
from elections.models.claims import ClaimWaiver as ClaimWaiver
from elections.models.claims import RollCorrection as RollCorrection
from elections.models.elections import Election as Election
from elections.models.events import Draw as Draw
from elections.models.events import ElectionEvent as ElectionEvent
from elections.models.events import Scrutineer as Scrutineer
from elections.models.nominations import Nomination as Nomination
from elections.models.nominations import Question as Question
from elections.models.nominations import Support as Support
from elections.models.roll import CheckIn as CheckIn
from elections.models.roll import RollEntry as RollEntry
from elections.models.sealed_ballots import ElectionKey as ElectionKey
from elections.models.sealed_ballots import Participation as Participation
from elections.models.sealed_ballots import SealedBallot as SealedBallot
