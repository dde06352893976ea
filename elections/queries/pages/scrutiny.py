"""The scrutineer's console: what comes next, what the portal can check of itself, and the scrutineer's own answer."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from elections.models import Claim, Election, Nomination, Scrutineer
from elections.queries.electors import count_voted
from elections.queries.pages.console import turnout_sentence
from elections.queries.pages.links import Link, link
from elections.queries.pages.roll import CorrectionLine, correction_lines
from elections.queries.pages.scrutineers import ScrutineerLine, scrutineer_lines
from elections.queries.pages.steps import step_of
from elections.queries.verification import Check, checks_of
from elections.states import ElectionState
from organizations.standing import standing_of


@dataclass(frozen=True)
class ScrutinyPage:
    """An election as one of its scrutineers watches over it."""

    election: Election
    step: str
    own: Scrutineer
    turnout: str
    checks: list[Check]
    corrections: list[CorrectionLine]
    claims: list[Claim]
    candidates: list[Nomination]
    scrutineers: list[ScrutineerLine]

    @property
    def own_remark(self) -> str | None:
        """Why the scrutineer did not confirm the result; None where they did, or have not answered."""
        return self.own.remark if self.own.conforms is False else None

    @property
    def ways(self) -> list[Link]:
        """Where the scrutineer answers, and counts again."""
        code, ways = self.election.code, []
        if self.election.state == ElectionState.PROVISIONAL:
            if self.own.conforms is None:
                ways.append(link("election_conformity", code, words=_("Do you confirm the result?")))
            else:
                ways.append(link("election_conformity", code, words=_("Change your answer"), look="quiet"))
        if self.election.has_evidence or self.election.has_provisional_evidence:
            words = _("Download the evidence and count it again")
            ways.append(link("election_evidence", code, words=words, look="quiet"))
        return ways


def scrutiny_page(election: Election, user: User, now: datetime.datetime) -> ScrutinyPage:
    """The console of an election for one of its scrutineers. A constant number of queries."""
    standing = standing_of(user, now)
    scrutineers = scrutineer_lines(election, is_community=True)
    return ScrutinyPage(
        election=election,
        step=step_of(election, now).sentence,
        own=next(line.row for line in scrutineers if line.row.person_id == standing.person_id),
        turnout=_turnout(election),
        checks=checks_of(election),
        corrections=correction_lines(election, list(election.corrections.with_people()), standing, sees_names=True),
        claims=list(election.claims.select_related("organization")),
        candidates=list(election.nominations.on_ballot()) if election.candidates_known else [],
        scrutineers=scrutineers,
    )


def _turnout(election: Election) -> str:
    """How many have voted, once the roll is published and has anybody on it."""
    electors = election.roll.count() if election.roll_hash else 0
    if not electors:
        return ""
    counted = election.result or {}
    return turnout_sentence(counted["voted"] if "voted" in counted else count_voted(election), electors)
