"""Votes on paper: two officers enter the papers independently, and they count once both have read the same."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import Incomplete, NotNow
from core.states import move
from elections.models import PaperEntry
from elections.services.common import advance, canonical, locked, note, sha256
from elections.services.eligibility import drop_those_who_left, number_candidates
from elections.services.methods import ballots_for, caps_of
from elections.services.procedure import check_claims
from elections.services.scrutiny import ask_scrutineers
from elections.services.tallying import tally
from elections.states import ELECTION_MOVES, ClaimStage, ElectionState

S = ElectionState


@transaction.atomic
def begin_on_paper(election, actor, now):
    """There is no network: the vote is on paper. Only in the room, once candidates are published, and before any vote."""
    election = locked(election)
    if not election.in_room:
        raise NotNow(_("Only an election in the room can be held on paper."))
    if election.is_weighted:
        raise NotNow(
            _("A ballot paper does not show the weight of whoever cast it: with weighted votes nobody votes on paper.")
        )
    advance(election, S.CANDIDATES, S.VOTING)
    check_claims(election, ClaimStage.CANDIDATES, now)
    if drop_those_who_left(election, actor, now):
        number_candidates(election)
    method = ballots_for(election)
    election.balloted_as, election.caps, election.on_paper = method, caps_of(election, now), True
    election.save(update_fields=["state", "balloted_as", "caps", "on_paper"])
    note(election, "paper_begun", actor, now, method=method)
    return election


def read_papers(election, text):
    """The papers of a text, one a line: numbers with spaces between them, "-" for a blank one. Raises Incomplete."""
    if election.is_yes_no:
        raise Incomplete({"papers": _("Yes and no votes are not entered from paper.")})
    known, papers = {row.number for row in election.to_choose()}, []
    for place, line in enumerate((one.split() for one in text.splitlines() if one.strip()), 1):
        said = [] if line == ["-"] else [int(n) if n.isascii() and n.isdigit() and len(n) < 5 else 0 for n in line]
        if not known.issuperset(said) or len(set(said)) < len(said):
            raise Incomplete(
                {
                    "papers": _("Ballot paper %(n)s: enter the candidates' numbers, each once, or - if blank.")
                    % {"n": place}
                }
            )
        if election.most_marks and len(said) > election.most_marks:
            raise Incomplete({"papers": _("Ballot paper %(n)s has more marks than the rules allow.") % {"n": place}})
        papers.append({election.ballot_key: said if election.is_ranked else sorted(said)})
    if len(papers) > election.roll.count():
        raise Incomplete({"papers": _("There are more ballot papers than organisations on the roll.")})
    if not papers:
        raise Incomplete({"papers": _("Enter the ballot papers, one per line.")})
    return sorted(papers, key=canonical)


@transaction.atomic
def enter_papers(election, text, actor, now):
    """One officer's reading; anybody of the coordination team, each once, until two agree. Then it is counted.

    Returns whether it has been counted. Where two readings differ, both stay on record and each may be entered anew.
    """
    election = locked(election)
    if election.state != S.VOTING or not election.on_paper:
        raise NotNow(_("Ballot papers cannot be entered now."))
    papers = read_papers(election, text)
    facts = {"papers": papers, "entered_at": now}
    PaperEntry.objects.update_or_create(election=election, entered_by=actor.person, defaults=facts)
    note(election, "paper_entered", actor, now, papers=len(papers), seal=sha256(papers))
    others = election.paper_entries.exclude(entered_by=actor.person)
    if not any(entry.papers == papers for entry in others):
        return False
    move(election, S.CLOSED, ELECTION_MOVES)
    election.result = tally(election)
    if not election.result["tied"]:
        move(election, S.PROVISIONAL, ELECTION_MOVES)
    election.save(update_fields=["state", "result"])
    sealed = {"ballots": sha256(papers), "result": sha256(election.result)}
    note(election, "closed", actor, now, voted=len(papers), **sealed)
    if election.result_known:
        ask_scrutineers(election, now)
    return True
