"""The certificate of a result and the notice of designation: pages to print."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from committees.models import Term
from core import dates
from elections.models import Election, ElectionEvent
from elections.queries.pages.flow import has_flow
from elections.queries.pages.result import Result, on_paper_sentence, quorum_sentence, result_of
from elections.queries.pages.rules import secrecy_sentences
from elections.queries.pages.scrutineers import ScrutineerLine, scrutineer_lines
from organizations.standing import Standing, standing_of


@dataclass(frozen=True)
class ElectedLine:
    """A term that the election opened: from when until when, and with how many votes where they are told."""

    term: Term
    votes: str = ""

    @property
    def days(self) -> str:
        """From when until when."""
        end = self.term.planned_end
        last = dates.span(end) if end else _("planned end: not known")
        return f"{dates.span(self.term.starts_on)} – {last}"


@dataclass(frozen=True)
class CertificatePage:
    """A certified result as it is printed."""

    election: Election
    standing: Standing
    elected: list[ElectedLine]
    result: Result
    scrutineers: list[ScrutineerLine]
    certified: ElectionEvent | None
    closed: ElectionEvent | None

    @property
    def how_it_ended(self) -> str:
        """By consensus, by acclamation or by a vote, and who took part."""
        sentence = how_it_ended(self.election)
        if self.result.was_voted and self.result.second_round:
            return " ".join([sentence, _("The last seat was decided by a second round among those tied.")])
        return sentence

    @property
    def conditions(self) -> list[str]:
        """What held for the vote; nothing where there was none."""
        if not self.result.was_voted:
            return []
        if self.election.on_paper:
            sentences = [on_paper_sentence()]
        else:
            sentences = secrecy_sentences(self.election)[: 3 if self.election.is_secret else 1]
        if needed := self.result.data.get("quorum_needed"):
            sentences.append(quorum_sentence(needed))
        if self.result.draw:
            drawn = _("A tie was settled by drawing lots. Order drawn:")
            sentences.append(f"{drawn} {self.result.drawn}.")
        return sentences

    @property
    def papers(self) -> str:
        """How many votes were valid, blank and invalid."""
        facts = {name: self.result.data.get(name, "") for name in ("valid", "blank", "invalid")}
        return _("Valid: %(valid)s; blank: %(blank)s; invalid: %(invalid)s.") % facts

    @property
    def officer(self) -> str:
        """The officer's name for those who may read it."""
        is_named = self.standing.is_community or self.election.officer.is_public
        return str(self.election.officer) if is_named else _("coordination team")

    @property
    def address(self) -> str:
        return page_address(self.election)


@dataclass(frozen=True)
class NoticePage:
    """A designation as it is announced."""

    election: Election
    elected: list[ElectedLine]
    certified: ElectionEvent | None

    @property
    def how_it_ended(self) -> str:
        """By consensus, by acclamation or by a vote; and how a tie was settled."""
        sentence, election = how_it_ended(self.election), self.election
        if election.by_consensus or election.by_acclamation or not (election.result or {}).get("lots"):
            return sentence
        if election.lot_source:
            lots = _("A tie was settled by a draw from a public value that nobody knew before closing.")
        else:
            lots = _("A tie for the last seat was settled by drawing lots before two witnesses.")
        return f"{sentence} {lots}"

    @property
    def on_paper(self) -> str:
        return on_paper_sentence() if self.election.on_paper else ""

    @property
    def address(self) -> str:
        return page_address(self.election)


def certificate_page(election: Election, user: User | AnonymousUser, now: datetime.datetime) -> CertificatePage:
    """The certificate of a certified election, for a reader. A constant number of queries."""
    standing = standing_of(user, now)
    events = {event.verb: event for event in election.events.all()}
    return CertificatePage(
        election=election,
        standing=standing,
        elected=[ElectedLine(term) for term in _terms(election)],
        result=result_of(election, list(election.nominations.on_ballot()), election.places.count()),
        scrutineers=scrutineer_lines(election, is_community=standing.is_community, with_public_names=True),
        certified=events.get("certified"),
        closed=events.get("closed"),
    )


def notice_page(election: Election) -> NoticePage:
    """The notice of a certified election. A constant number of queries."""
    result = election.result or {}
    votes = {} if has_flow(result) else result.get("votes", {})
    by_person = {row.person_id: votes.get(str(row.number)) for row in election.nominations.candidates()}
    elected = [ElectedLine(term, _votes(by_person.get(term.person_id))) for term in _terms(election)]
    return NoticePage(election, elected, election.events.filter(verb="certified").first())


def how_it_ended(election: Election) -> str:
    """By consensus, by acclamation, or how many of the organisations voted."""
    if election.by_consensus:
        return _("By consensus, recorded without objection.")
    if election.by_acclamation:
        return _("By acclamation: there were no more candidates than seats.")
    facts = {name: (election.result or {}).get(name, "") for name in ("voted", "entitled")}
    if election.is_weighted:
        sentence = _(
            "%(voted)s of the %(entitled)s organisations with a vote voted; each vote counts for its weight on the roll."
        )
    else:
        sentence = _("%(voted)s of the %(entitled)s organisations with a vote voted; one organisation, one vote.")
    return sentence % facts


def page_address(election: Election) -> str:
    """The whole address of the election's page, for paper."""
    return f"{settings.CASA_ORIGIN}{election.get_absolute_url()}"


def _terms(election: Election) -> Iterable[Term]:
    return Term.objects.filter(chosen_in=election.code).with_people()


def _votes(votes: str | None) -> str:
    return ngettext("%(n)s vote", "%(n)s votes", int(votes)) % {"n": int(votes)} if votes else ""
