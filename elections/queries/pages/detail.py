"""The page of an election: what everybody reads of it, and what member organisations read besides."""

import datetime
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from accounts.models import User
from core import dates, permissions
from elections.models import Claim, Election, Nomination
from elections.queries.claims import open_claim_stage
from elections.queries.electors import entry_of
from elections.queries.pages.candidates import CandidateLine, candidate_lines, candidates_of, speaks_for_member
from elections.queries.pages.evidence import CheckWords, Evidence, check_words_of, evidence_of
from elections.queries.pages.links import Link, link
from elections.queries.pages.result import Result, result_for
from elections.queries.pages.roll import CorrectionLine, RollLine, correction_lines, roll_lines
from elections.queries.pages.rules import claims_sentence, rules_sentences
from elections.queries.pages.scrutineers import ScrutineerLine, scrutineer_lines
from elections.queries.results import may_hold_second_round
from elections.states import ElectionState
from organizations.standing import Standing, standing_of


@dataclass(frozen=True)
class Claims:
    """Claims as the member organisations read them, and what this reader may say."""

    rows: list[Claim]
    sentence: str = ""
    may_waive: bool = False
    may_claim: bool = False


@dataclass(frozen=True)
class ElectionPage:
    """An election as one reader sees it; what they may not see or what is not there yet is empty."""

    election: Election
    standing: Standing
    ways: list[Link]
    #: how a tie that waits will be settled
    tie: str
    result: Result | None
    check_words: list[CheckWords] | None
    candidates: list[CandidateLine]
    rules: list[str]
    scrutineers: list[ScrutineerLine]
    claims: Claims | None
    corrections: list[CorrectionLine]
    roll: list[RollLine]
    evidence: Evidence | None

    @property
    def is_community(self) -> bool:
        return self.standing.is_community

    @property
    def look(self) -> str:
        """The kind of the election's state."""
        looks = {ElectionState.CERTIFIED: "done", ElectionState.ANNULLED: "dropped"}
        return looks.get(ElectionState(self.election.state), "election")

    @property
    def is_annulled(self) -> bool:
        return self.election.state == ElectionState.ANNULLED

    @property
    def terms(self) -> str:
        """From when until when the terms are."""
        start, end = self.election.term_starts_on, self.election.term_ends_on
        first = dates.span(start) if start else _("from certification")
        last = dates.span(end) if end else _("planned end: not known")
        return f"{first} – {last}"

    @property
    def seals(self) -> list[tuple[str, str]]:
        """The digests of what is sealed already, each with its label."""
        seals = [
            (_("Seal of the rules"), self.election.rules_hash),
            (_("Seal of the roll"), self.election.roll_hash),
        ]
        return [(label, digest) for label, digest in seals if digest]


def election_page(election: Election, user: User | AnonymousUser, now: datetime.datetime) -> ElectionPage:
    """The page of an election for a reader. A constant number of queries."""
    standing = standing_of(user, now)
    candidates = candidates_of(election)
    seats = election.places.count()
    own = _own_nomination(election, standing)
    scrutineers = scrutineer_lines(election, is_community=standing.is_community)
    evidence = evidence_of(election, standing)
    corrections = _corrections(election, evidence, standing)
    return ElectionPage(
        election=election,
        standing=standing,
        ways=_ways(election, user, now, own, scrutineers),
        tie=_tie(election),
        result=result_for(election, candidates, seats, standing),
        check_words=check_words_of(election),
        candidates=candidate_lines(election, candidates, own, standing),
        rules=rules_sentences(election, seats),
        scrutineers=scrutineers,
        claims=_claims(election, user, now) if isinstance(user, User) and standing.is_community else None,
        corrections=corrections,
        roll=roll_lines(election, corrections) if standing.is_community and election.roll_hash else [],
        evidence=evidence,
    )


def _own_nomination(election: Election, standing: Standing) -> Nomination | None:
    return election.nominations.filter(person=standing.person_id).first() if standing.person_id else None


def _ways(
    election: Election,
    user: User | AnonymousUser,
    now: datetime.datetime,
    own: Nomination | None,
    scrutineers: list[ScrutineerLine],
) -> list[Link]:
    """Where this reader may go from here."""
    standing, code, ways = standing_of(user, now), election.code, []
    if standing.is_community and election.state == ElectionState.VOTING:
        ways.append(link("election_booth", code, words=_("Your vote")))
    if own:
        ways.append(link("nomination_answer", code, own.pk, words=_("Your nomination"), look="quiet"))
    if election.accepts_nominations(now) and permissions.has_perm(user, "elections.nominate"):
        ways.append(link("election_nominate", code, words=_("Nominate"), look="quiet" if own else ""))
    if standing.person_id and any(line.row.person_id == standing.person_id for line in scrutineers):
        look = "" if election.state == ElectionState.PROVISIONAL else "quiet"
        ways.append(link("election_scrutiny", code, words=_("Scrutineer's console"), look=look))
    if standing.is_coordination:
        ways.append(link("election_console", code, words=_("Election officer's console"), look="quiet"))
    return ways


def _tie(election: Election) -> str:
    if election.state != ElectionState.CLOSED:
        return ""
    if election.lot_source:
        sentence = _(
            "Voting is closed. There is a tie: once the public value named in the rules is known (%(source)s), the "
            "result appears here."
        )
        return sentence % {"source": election.lot_source}
    if may_hold_second_round(election):
        return _(
            "Voting is closed. There is a tie for the last seat: a second round among those tied, or lots drawn "
            "before two witnesses, will decide, and then the result appears here."
        )
    return _("Voting is closed. There is a tie: lots are drawn before two witnesses, and then the result appears here.")


def _claims(election: Election, user: User, now: datetime.datetime) -> Claims | None:
    """The claims, while there are any or some can be submitted."""
    rows, stage = list(election.claims.select_related("organization")), open_claim_stage(election, now)
    if stage is None:
        return Claims(rows) if rows else None
    entry = entry_of(election, user, now)
    return Claims(
        rows,
        sentence=claims_sentence(election, stage),
        may_waive=entry is not None and not entry.claim_waivers.filter(stage=stage).exists(),
        may_claim=speaks_for_member(standing_of(user, now)),
    )


def _corrections(election: Election, evidence: Evidence | None, standing: Standing) -> list[CorrectionLine]:
    """The corrections that this reader may see; no query where none was ever asked for."""
    events = evidence.events if evidence else ()
    if not any(event.verb == "correction_asked" for event in events):
        return []
    rows = list(election.corrections.with_people().readable_by(standing))
    return correction_lines(election, rows, standing, sees_names=standing.is_community)
