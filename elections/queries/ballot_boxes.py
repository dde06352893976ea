"""The ballot box of a secret vote: sealing a vote for it, opening it, and how voters find their own."""

from dataclasses import dataclass
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from django.utils.translation import gettext as _

from core.errors import NotNow
from elections import sealing
from elections.counting.core import canonical
from elections.models import Election, ElectionKey, Participation, SealedBallot
from elections.queries.ballots import CountedBallot
from elections.queries.candidates import Choices, as_counted, chosen_candidates


@dataclass(frozen=True)
class BallotBox:
    """What sealed ballots of the present round are sealed with, and for."""

    key: ElectionKey
    #: Which election, rules and key a ballot is sealed for.
    context: bytes
    #: The length of what is sealed, the same for all.
    size: int

    @property
    def public_key(self) -> bytes:
        return bytes(self.key.public_key)

    def private_key(self) -> EllipticCurvePrivateKey:
        """The private key. Raises NotNow where the portal can no longer read it."""
        try:
            return sealing.private_key(self.public_key, bytes(self.key.sealed_private_key))
        except ValueError as error:
            text = _(
                "The key of this ballot box cannot be read: the portal's SECRET_KEY has changed. Annul the "
                "election, with the reason."
            )
            raise NotNow(text) from error


class SealedVote(NamedTuple):
    """A vote ready to be cast, and the tracker inside it."""

    content: bytes
    tracker: str


class OpenedBallots(NamedTuple):
    """The ballots of a box by their trackers, and the digests of the sealed ones."""

    ballots: list[CountedBallot]
    digests: list[str]


def ballot_box_of(election: Election) -> BallotBox:
    """The ballot box of the present round."""
    key = ElectionKey.objects.get(election=election)
    context = sealing.context_of(election.code, election.rules_hash, bytes(key.public_key))
    return BallotBox(key, context, sealing.size_for(election.nominations.on_ballot().count()))


def sealed_vote(election: Election, choices: Choices) -> SealedVote:
    """A vote sealed for the ballot box of now; nothing is stored. Raises Incomplete for an invalid vote."""
    chosen_candidates(election, choices)
    box, tracker = ballot_box_of(election), sealing.new_tracker()
    content = sealing.seal(box.public_key, box.context, tracker, as_counted(election, choices), box.size)
    return SealedVote(content, tracker)


def is_well_formed(election: Election, choices: object) -> bool:
    """Whether what was sealed is what a ballot of this election is made of; whether it keeps the rules is another
    question."""
    return sealing.are_answers(choices) if election.is_yes_no else sealing.are_numbers(choices)


def opened_ballots(election: Election) -> OpenedBallots:
    """What is in the ballot box at closing. Raises NotNow where sealed ballots and participations differ in number.

    What cannot be opened or read is an invalid ballot: it counts in the turnout.
    """
    box = ballot_box_of(election)
    sealed_ballots = list(SealedBallot.objects.filter(ballot_box=box.context.hex()).order_by("digest"))
    cast = Participation.objects.filter(entry__election=election).count()
    if len(sealed_ballots) != cast:
        text = _(
            "The ballot box contains %(boxes)s votes, and %(cast)s organisations have voted. Nothing is "
            "opened: annul the election, with the reason."
        )
        raise NotNow(text % {"boxes": len(sealed_ballots), "cast": cast})
    private_key, ballots = box.private_key(), []
    invalid = {"0": "yes"} if election.is_yes_no else [0]
    for row in sealed_ballots:
        opened = sealing.unseal(private_key, box.context, bytes(row.sealed))
        choices = opened.choices if opened and is_well_formed(election, opened.choices) else invalid
        ballot = {"tracker": opened.tracker if opened else row.digest, election.ballot_key: choices}
        ballots.append(ballot | ({"weight": row.weight} if row.weight > 1 else {}))
    ballots.sort(key=lambda ballot: (ballot["tracker"], canonical(ballot)))
    return OpenedBallots(ballots, [row.digest for row in sealed_ballots])


def check_words(ballots: list[CountedBallot], key: str) -> list[str]:
    """The words by which each voter of a closed secret vote finds their own, sorted."""
    return sorted(sealing.check_word(ballot["tracker"], ballot[key]) for ballot in ballots)


def check_words_by_round(election: Election) -> list[list[str]]:
    """The check words of each round of a closed secret vote, the first round first; empty for other votes."""
    if not election.has_ballot_box or election.opened_ballots is None:
        return []
    first = [election.first_round["ballots"]] if election.first_round else []
    return [check_words(ballots, election.ballot_key) for ballots in [*first, election.opened_ballots]]
