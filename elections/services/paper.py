"""Votes on paper: two officers enter the ballot papers independently, and they count once both have read the same."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import NotNow
from core.locks import lock
from elections.counting.core import digest
from elections.models import Election, PaperEntry
from elections.queries.paper import paper_ballots
from elections.services.steps import advance, record_event
from elections.services.voting import count_and_record, fix_ballots
from elections.states import ElectionState


@transaction.atomic
def begin_paper_voting(election: Election, *, actor: User, now: datetime.datetime) -> Election:
    """Hold the vote on paper, where there is no network: in the room, once candidates are published, before any vote.

    An event of the chain. Raises NotNow.
    """
    election = lock(election)
    if not election.in_room:
        raise NotNow(_("Only an election in the room can be held on paper."))
    if election.is_weighted:
        raise NotNow(
            _("A ballot paper does not show the weight of whoever cast it: with weighted votes nobody votes on paper.")
        )
    advance(election, ElectionState.CANDIDATES, ElectionState.VOTING)
    fix_ballots(election, actor=actor, now=now)
    election.on_paper = True
    election.save(update_fields=["state", "balloted_as", "ballot_numbers", "caps", "on_paper"])
    record_event(election, "paper_begun", actor=actor, now=now, method=election.balloted_as)
    return election


@transaction.atomic
def enter_paper_ballots(election: Election, *, text: str, actor: User, now: datetime.datetime) -> bool:
    """Store one officer's reading of the ballot papers, one a line, in place of an earlier one of theirs; once two
    officers' readings are the same the vote is closed and counted. Returns whether it was.

    An event of the chain, and another for the closing. Raises NotNow, Incomplete.
    """
    election = lock(election)
    if election.state != ElectionState.VOTING or not election.on_paper:
        raise NotNow(_("Ballot papers cannot be entered now."))
    ballots = paper_ballots(election, text)
    reading = {"ballots": ballots, "entered_at": now}
    PaperEntry.objects.update_or_create(election=election, entered_by=actor.person, defaults=reading)
    facts = {"papers": len(ballots), "seal": digest(ballots)}
    record_event(election, "paper_entered", actor=actor, now=now, **facts)
    others = election.paper_entries.exclude(entered_by=actor.person)
    if not any(entry.ballots == ballots for entry in others):
        return False
    advance(election, ElectionState.VOTING, ElectionState.CLOSED)
    count_and_record(election, {"voted": len(ballots)}, actor=actor, now=now)
    return True
