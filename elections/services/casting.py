"""Casting a vote. One organisation has one vote, and none comes after the closing: both are decided by the database.

Whoever casts holds the election against closing, not against other voters: a shared lock, which all of them may have at
the same time and which the closing waits for. The time is read after the lock, so that a vote that waited behind the
closing is late. Then the vote is inserted, without looking whether there is one: of two tabs, or of voter and alternate,
the constraint takes one and refuses the other, and nothing of the refused one stays.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import NotNow, PermissionDenied
from elections import sealing
from elections.models import Ballot, Election, Participation, SealedBallot
from elections.queries.ballot_boxes import ballot_box_of, is_well_formed
from elections.queries.candidates import Choices, as_counted, chosen_candidate_ids
from elections.queries.electors import Elector, elector_of
from elections.services.check_ins import check_not_held, hold_vote
from elections.states import ElectionState

Clock = Callable[[], datetime.datetime]

#: What casting reads of an election; results and texts are not read.
COLUMNS = (
    "id",
    "code",
    "state",
    "opens_at",
    "closes_at",
    "zone",
    "in_room",
    "on_paper",
    "secrecy",
    "made_secret",
    "method",
    "balloted_as",
    "ballot_numbers",
    "max_marks",
    "rules",
    "rules_hash",
    "runoff",
    "first_round",
)
#: Written out because Django has no spelling for FOR SHARE.
_SHARED_LOCK = f"SELECT {', '.join(COLUMNS)} FROM elections_election WHERE id = %s FOR SHARE"  # noqa: S608


@dataclass(frozen=True)
class Receipt:
    """What a voter takes home: the digest proves that the sealed ballot was taken, the check word that it was counted as
    cast."""

    tracker: str
    digest: str
    word: str


@transaction.atomic
def cast_vote(election: Election, choices: Choices, *, actor: User, read_clock: Clock | None = None) -> Ballot:
    """Store an open vote of the organisation for which the actor is on the roll; returns its ballot.

    `choices` are ballot numbers, in the voter's order where the method is one of order, none for a blank vote; or
    {number: "yes" | "no" | "abstain"}. The time is the database's. Raises PermissionDenied, NotNow, Incomplete.
    """
    election = _lock_against_closing(election)
    now = (read_clock or clock.by_database)()
    elector = _elector(election, actor)
    check_open(election, now)
    if election.is_secret:
        raise NotNow(_("This vote is now secret. Mark your vote again."))
    _check_member(election, elector, now)
    hold_vote(election, entry_id=elector.entry_id, actor=actor, now=now)
    chosen = chosen_candidate_ids(election, choices)
    ballot = Ballot(entry_id=elector.entry_id, cast_by=actor.person, cast_at=now)
    if election.is_ranked or election.is_yes_no:
        ballot.choices = as_counted(election, choices)
    try:
        ballot.save(force_insert=True)
    except IntegrityError as error:
        raise NotNow(_("Your organisation has already voted. One organisation has one vote.")) from error
    Mark = Ballot.marks.through
    Mark.objects.bulk_create([Mark(ballot_id=ballot.pk, nomination_id=pk) for pk in chosen])
    return ballot


@transaction.atomic
def cast_secret_vote(election: Election, content: bytes, *, actor: User, read_clock: Clock | None = None) -> Receipt:
    """Put a sealed ballot into the ballot box, for the organisation for which the actor is on the roll; returns the
    receipt. The same bytes again by the same elector give the same one.

    Two rows: that the organisation has taken part, and the sealed ballot; neither says of the other. The time is the
    database's, and is not stored. Raises PermissionDenied, NotNow, Incomplete.
    """
    election = _lock_against_closing(election)
    now = (read_clock or clock.by_database)()
    elector = _elector(election, actor)
    check_open(election, now)
    _check_member(election, elector, now)
    check_not_held(election, elector.entry_id, actor, now)
    if not election.is_secret:
        raise NotNow(_("This vote is open."))
    box = ballot_box_of(election)
    opened = None
    if sealing.is_for(content, box.context, box.size):
        opened = sealing.unseal(box.private_key(), box.context, content)
    if opened is None or not is_well_formed(election, opened.choices):
        raise NotNow(_("This is not a vote in this election. Mark your vote again."))
    digest = sealing.digest_of(content)
    receipt = Receipt(opened.tracker, digest, sealing.check_word(opened.tracker, opened.choices))
    if not _take_part(elector, actor):
        is_own = Participation.objects.filter(entry=elector.entry_id, cast_by=actor.person).exists()
        if is_own and SealedBallot.objects.filter(digest=digest).exists():
            return receipt
        raise NotNow(_("Your organisation has already voted. One organisation has one vote."))
    choices = opened.choices
    chosen_candidate_ids(election, {int(n): a for n, a in choices.items()} if isinstance(choices, dict) else choices)
    sealed = SealedBallot(digest=digest, ballot_box=box.context.hex(), weight=elector.weight, sealed=content)
    try:
        sealed.save(force_insert=True)
    except IntegrityError as error:
        text = _("This vote is already in the ballot box, cast by somebody else. Mark your vote again.")
        raise NotNow(text) from error
    return receipt


def _lock_against_closing(election: Election) -> Election:
    """The election as it is now, which nobody closes until the transaction ends; others may cast at the same time.

    SQLite has no row locks: there every transaction that writes holds the whole database from its start.
    """
    if connection.vendor == "postgresql":  # pragma: no cover (tests/project/test_races.py casts there)
        return Election.objects.raw(_SHARED_LOCK, [election.pk])[0]
    return Election.objects.only(*COLUMNS).get(pk=election.pk)


def _elector(election: Election, actor: User) -> Elector:
    elector = elector_of(election, actor)
    if elector is None:
        raise PermissionDenied(_("You are not on the roll of this election."))
    return elector


def check_open(election: Election, now: datetime.datetime) -> None:
    """Raise NotNow, saying why, where votes are not accepted at an instant."""
    if election.accepts_votes(now):
        return
    if election.on_paper and election.state == ElectionState.VOTING:
        raise NotNow(_("Voting is on paper."))
    over = (ElectionState.CLOSED, ElectionState.PROVISIONAL, ElectionState.CERTIFIED, ElectionState.ANNULLED)
    if now >= election.closes_at or election.state in over:
        raise NotNow(_("Voting is closed."))
    raise NotNow(_("Voting is not open yet."))


def _check_member(election: Election, elector: Elector, now: datetime.datetime) -> None:
    if not elector.is_member_on(clock.today(now, election.zone)):
        raise NotNow(_("Your organisation is no longer a member, so it does not vote."))


def _take_part(elector: Elector, actor: User) -> bool:
    """Store that an organisation has voted in secret; false where it had. The savepoint lets one look afterwards."""
    try:
        with transaction.atomic():
            Participation(entry_id=elector.entry_id, cast_by=actor.person).save(force_insert=True)
    except IntegrityError:
        return False
    return True
