"""Opening, closing and counting a vote, and its second round."""

import datetime
import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import CasaError, Incomplete, NotNow
from core.locks import lock
from core.states import move
from elections.counting.core import digest
from elections.emails import notify_open, notify_second_round
from elections.models import Ballot, Election, Participation, SealedBallot
from elections.queries.ballot_boxes import ballot_box_of, opened_ballots
from elections.queries.ballots import counted_ballots, counting_rules
from elections.queries.candidates import numbers_on_ballot
from elections.queries.chain import utc_text
from elections.queries.electors import have_all_voted
from elections.queries.results import can_ties_follow, tally
from elections.queries.seats import caps_of, method_for
from elections.services.claims import check_claims
from elections.services.eligibility import mark_ineligible
from elections.services.keys import create_key, destroy_key
from elections.services.scrutiny import ask_scrutineers
from elections.services.steps import advance, record_event
from elections.states import ELECTION_MOVES, ClaimStage, ElectionState

log = logging.getLogger(__name__)


def fix_ballots(election: Election, *, actor: User, now: datetime.datetime) -> None:
    """Fix, at the opening of a vote, how the ballots are given, who is on them, and who counts into which group under the cap.

    Candidacies of organisations that left end. The caller holds the lock and saves. Raises NotNow while claims are
    open, and where there is nothing to vote on.
    """
    check_claims(election, ClaimStage.CANDIDATES, now)
    mark_ineligible(election, actor=actor, now=now)
    candidates = election.nominations.candidates().count()
    if not candidates:
        raise NotNow(_("There is no candidate left. Annul the election, with the reason."))
    method = method_for(election, candidates)
    if method is None:
        raise NotNow(_("There are no more candidates than seats: record the acclamation instead."))
    election.balloted_as, election.caps = method, caps_of(election, now)
    election.ballot_numbers = numbers_on_ballot(election)


@transaction.atomic
def open_voting(election: Election, *, actor: User, now: datetime.datetime) -> Election:
    """Open the vote; votes are accepted from the announced hour, in the room at once.

    An event of the chain; for a secret vote a key; a mail to each elector. Raises NotNow.
    """
    election = lock(election)
    advance(election, ElectionState.CANDIDATES, ElectionState.VOTING)
    if now >= election.closes_at:
        raise NotNow(_("The days for voting have passed. Annul this election and prepare another."))
    fix_ballots(election, actor=actor, now=now)
    if election.in_room and election.nominations_close <= now < election.opens_at:
        election.opens_at = now
    election.save(update_fields=["state", "balloted_as", "ballot_numbers", "caps", "opens_at"])
    caps = {"caps": election.caps} if election.caps else {}
    record_event(election, "voting_opened", actor=actor, now=now, method=election.balloted_as, **caps)
    if election.is_secret:
        create_key(election, now=now)
    notify_open(election, now)
    return election


@transaction.atomic
def close_voting(
    election: Election, *, actor: User | None, read_clock: Callable[[], datetime.datetime] | None = None
) -> Election:
    """Close the vote at the announced hour, or before it once all have voted, and count it.

    A tie for the last seat waits for a draw; otherwise the result is provisional and the scrutineers are asked. The
    time is the database's, read after the lock. An event of the chain. Raises NotNow.
    """
    election = lock(election)
    now = (read_clock or clock.by_database)()
    if election.on_paper:
        raise NotNow(_("Voting is on paper: it closes once both readings match."))
    if election.state == ElectionState.VOTING and now < election.closes_at and not have_all_voted(election):
        raise NotNow(_("Voting is still open, and not all organisations have voted."))
    advance(election, ElectionState.VOTING, ElectionState.CLOSED)
    facts: dict[str, Any] = {}
    if election.is_secret:
        opened = opened_ballots(election)
        election.opened_ballots, facts["boxes"] = opened.ballots, opened.digests
    count_and_record(election, facts, actor=actor, now=now)
    return election


def count_and_record(election: Election, facts: dict[str, Any], *, actor: User | None, now: datetime.datetime) -> None:
    """Count the ballots of an election that was just closed, and seal ballots and result in an event of the chain.

    Without a tie the result is provisional and the scrutineers are asked. The caller holds the lock.
    """
    election.result = tally(election)
    if not election.result["tied"]:
        move(election, ElectionState.PROVISIONAL, ELECTION_MOVES)
    election.save(update_fields=["state", "result", "opened_ballots"])
    facts = {
        "voted": election.result["voted"],
        "ballots": digest(counted_ballots(election)),
        "result": digest(election.result),
    } | facts
    record_event(election, "closed", actor=actor, now=now, **facts)
    if election.result_known:
        ask_scrutineers(election, now=now)


def close_due_elections(*, now: datetime.datetime) -> int:
    """Close and count every vote whose hour has come, each in a transaction of its own; returns how many.

    What cannot be closed, such as a ballot box that differs from who voted, waits for the officer and is logged.
    """
    count = 0
    for election in Election.objects.to_close(now):
        try:
            close_voting(election, actor=None)
            count += 1
        except CasaError as error:
            log.error("%s was not closed: %s", election.code, error)
    return count


@transaction.atomic
def open_second_round(
    election: Election, *, closes_at: datetime.datetime, actor: User, now: datetime.datetime
) -> Election:
    """Open a second vote among those who are tied for the last seat, until an hour; after it the lot decides.

    The first round stays as it was, with its ballots. An event of the chain; for a secret vote another key; a mail to
    each elector. Raises NotNow where there is no such tie or a round was held, Incomplete.
    """
    election = lock(election)
    if election.state != ElectionState.CLOSED or not election.result["tied"]:
        raise NotNow(_("There is no tie to settle."))
    if election.first_round:
        raise NotNow(_("A second round has been held: the tie is now decided by lot."))
    if can_ties_follow(counting_rules(election)):
        raise NotNow(_("With this method a tie is decided by lot, without a second round."))
    if closes_at <= now:
        raise Incomplete({"closes_at": _("It ends before it begins.")})
    advance(election, ElectionState.CLOSED, ElectionState.VOTING)
    election.first_round = {"result": election.result, "ballots": counted_ballots(election)}
    _empty(election)
    election.runoff, election.closes_at = election.result["tied"], closes_at
    election.ballot_numbers = numbers_on_ballot(election)
    election.save(update_fields=["state", "first_round", "runoff", "ballot_numbers", "closes_at", "opened_ballots"])
    facts = {"candidates": election.runoff, "until": utc_text(closes_at)}
    record_event(election, "second_round", actor=actor, now=now, **facts)
    if election.has_ballot_box:
        destroy_key(election, actor=actor, now=now)
        create_key(election, now=now)
    notify_second_round(election, now)
    return election


def _empty(election: Election) -> None:
    """Delete every vote of the first round, which is stored with its result."""
    if election.has_ballot_box:
        context = ballot_box_of(election).context
        SealedBallot.objects.filter(ballot_box=context.hex()).delete()
        Participation.objects.filter(entry__election=election).delete()
        election.opened_ballots = None
    Ballot.objects.filter(entry__election=election).delete()
    election.paper_entries.all().delete()
