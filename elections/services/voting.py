"""Opening, casting, closing."""

import json
import logging

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import CasaError, Incomplete, NotNow, PermissionDenied
from core.states import move
from elections.emails import tell_open, tell_second_round
from elections.models import Ballot, Election
from elections.services.checkin import hold_vote
from elections.services.common import advance, elector_of, instant, locked, note, sha256, shared
from elections.services.electors import check_member, check_open, chosen_keys, has_all
from elections.services.eligibility import drop_those_who_left, number_candidates
from elections.services.methods import ballots_for, caps_of
from elections.services.procedure import check_claims
from elections.services.scrutiny import ask_scrutineers
from elections.services.secret import destroy_key, empty_urn, make_key, open_urn
from elections.services.tallying import is_by_order, papers_of, tally
from elections.states import ELECTION_MOVES, ClaimStage, ElectionState

log = logging.getLogger(__name__)


@transaction.atomic
def open_voting(election, actor, now):
    """Open the box; votes are accepted from the announced hour. Raises NotNow where no vote is needed."""
    election = locked(election)
    advance(election, ElectionState.CANDIDATES, ElectionState.VOTING)
    if now >= election.closes_at:
        raise NotNow(_("The days for voting have passed. Annul this election and prepare another."))
    check_claims(election, ClaimStage.CANDIDATES, now)
    if drop_those_who_left(election, actor, now):
        number_candidates(election)
    method = ballots_for(election)
    election.balloted_as, election.caps = method, caps_of(election, now)
    if election.in_room and election.nominations_close <= now < election.opens_at:
        election.opens_at = now
    election.save(update_fields=["state", "balloted_as", "caps", "opens_at"])
    note(election, "voting_opened", actor, now, method=method, **({"caps": election.caps} if election.caps else {}))
    if election.is_secret:
        make_key(election, now)
    tell_open(election, now)
    return election


@transaction.atomic
def cast_vote(election, said, actor, read_clock=None):
    """The vote of the organisation for which the actor stands on the roll: ballot numbers (in the voter's order where
    the method is one of order), none for a blank vote; or {number: "yes" | "no" | "abstain"}.

    The election is held against closing, not against other voters, and the database's clock is read in a second
    statement, so that a vote that waited behind the closing is late. The ballot is inserted before its marks, on
    conflict nothing: of two tabs, or of voter and alternate, the database takes one. Returns the Ballot; raises
    Refused, NotNow, Incomplete.
    """
    election = shared(election)
    now = (read_clock or clock.by_database)()
    entry = elector_of(election, actor)
    if entry is None:
        raise PermissionDenied(_("You are not on the roll of this election."))
    check_open(election, now)
    if election.is_secret:
        raise NotNow(_("This vote is now secret. Mark your vote again."))
    check_member(election, entry, now)
    hold_vote(election, entry, actor, now)
    found, words = chosen_keys(election, said), None
    if election.is_yes_no:
        words = {str(n): answer for n, answer in said.items() if answer != "abstain"}
    elif election.is_ranked:
        words = list(said)
    ballot = _first(Ballot(entry=entry, cast_by=actor.person, cast_at=now, said=words))
    if ballot is None:
        raise NotNow(_("Your organisation has already voted. One organisation has one vote."))
    marks = Ballot.marks.through
    marks.objects.bulk_create([marks(ballot_id=ballot.pk, nomination_id=key) for key in found])
    return ballot


def _first(ballot):
    """Insert it unless the organisation has one: the database tells which, and nobody waits to look. None if it has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO elections_ballot (entry_id, cast_by_id, cast_at, said) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (entry_id) DO NOTHING RETURNING id",
            [
                ballot.entry_id, ballot.cast_by_id, connection.ops.adapt_datetimefield_value(ballot.cast_at),
                None if ballot.said is None else json.dumps(ballot.said),
            ],
        )  # fmt: skip
        stored = cursor.fetchone()
    if stored is None:
        return None
    ballot.pk, ballot._state.adding, ballot._state.db = stored[0], False, connection.alias
    return ballot


@transaction.atomic
def close_voting(election, actor, read_clock=None):
    """Close at the announced hour, or before it once all have voted, and count. A tie for the last seat waits for a
    draw; else the result is provisional."""
    election = locked(election)
    now = (read_clock or clock.by_database)()
    if election.on_paper:
        raise NotNow(_("Voting is on paper: it closes once both readings match."))
    if election.state == ElectionState.VOTING and now < election.closes_at and not has_all(election):
        raise NotNow(_("Voting is still open, and not all organisations have voted."))
    advance(election, ElectionState.VOTING, ElectionState.CLOSED)
    boxes = {}
    if election.is_secret:
        election.opened, digests = open_urn(election)
        boxes = {"boxes": digests}
    election.result = tally(election)
    if not election.result["tied"]:
        move(election, ElectionState.PROVISIONAL, ELECTION_MOVES)
    election.save(update_fields=["state", "result", "opened"])
    sealed = {"ballots": sha256(papers_of(election)), "result": sha256(election.result)} | boxes
    note(election, "closed", actor, now, voted=election.result["voted"], **sealed)
    if election.result_known:
        ask_scrutineers(election, now)
    return election


def close_due(now):
    """Close and count every vote whose hour has come, each in a transaction of its own; returns how many were closed.

    What cannot be closed so, such as an urn that differs from who voted, waits for the officer and is logged."""
    count = 0
    for election in Election.objects.to_close(now):
        try:
            close_voting(election, actor=None)
            count += 1
        except CasaError as error:
            log.error("%s was not closed: %s", election.code, error)
    return count


@transaction.atomic
def open_second_round(election, *, closes_at, actor, now):
    """Those who are tied for the last seat are voted on once more, until an hour; after it the lot decides.

    The first round stays as it was, with its ballots. Raises NotNow where there is no such tie or a round was held.
    """
    election = locked(election)
    if election.state != ElectionState.CLOSED or not election.result["tied"]:
        raise NotNow(_("There is no tie to settle."))
    if election.first_round:
        raise NotNow(_("A second round has been held: the tie is now decided by lot."))
    if is_by_order(election.counting()):
        raise NotNow(_("With this method a tie is decided by lot, without a second round."))
    if closes_at <= now:
        raise Incomplete({"closes_at": _("It ends before it begins.")})
    advance(election, ElectionState.CLOSED, ElectionState.VOTING)
    election.first_round = {"result": election.result, "ballots": papers_of(election)}
    if election.has_urn:
        empty_urn(election)
    election.runoff, election.closes_at = election.result["tied"], closes_at
    Ballot.objects.filter(entry__election=election).delete()
    election.paper_entries.all().delete()
    election.save(update_fields=["state", "first_round", "runoff", "closes_at", "opened"])
    note(election, "second_round", actor, now, candidates=election.runoff, until=instant(closes_at))
    if election.has_urn:
        destroy_key(election, actor, now)
        make_key(election, now)
    tell_second_round(election, now)
    return election
