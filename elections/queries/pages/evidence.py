"""What can be checked of an election: the sealed acts, the documents, and the words with which voters find their vote."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from elections.models import Election, ElectionEvent
from elections.queries.ballot_boxes import check_words_by_round
from elections.queries.evidence import has_few_ballots
from elections.queries.pages.links import Link, link
from elections.states import ElectionState
from organizations.standing import Standing

#: More check words than these are only in the data.
MOST_CHECK_WORDS = 300


@dataclass(frozen=True)
class Evidence:
    """The chain of sealed acts, the documents made from it, and what the download contains for this reader."""

    events: list[ElectionEvent]
    documents: list[Link]
    download: str
    contents: str


@dataclass(frozen=True)
class CheckWords:
    """The check words of a round, by which its voters find their own vote."""

    title: str
    words: list[str]


def evidence_of(election: Election, standing: Standing) -> Evidence | None:
    """What can be checked, from the first sealed act on; one query."""
    events = list(election.events.all())
    if not events:
        return None
    if not election.has_evidence:
        return Evidence(events, _documents(election), "", "")
    download = reverse("elections:election_evidence", args=[election.code])
    return Evidence(events, _documents(election), download, _contents(election, standing))


def check_words_of(election: Election) -> list[CheckWords] | None:
    """The check words of each round once a secret vote is closed, empty where they are too many; None for other votes."""
    if not election.has_ballot_box or not (election.result_known or election.state == ElectionState.CLOSED):
        return None
    rounds = check_words_by_round(election)
    if sum(map(len, rounds)) > MOST_CHECK_WORDS:
        return []
    if len(rounds) == 1:
        return [CheckWords(_("Check words"), rounds[0])]
    return [CheckWords(_("Check words of round %(n)s") % {"n": n}, words) for n, words in enumerate(rounds, 1)]


def _documents(election: Election) -> list[Link]:
    documents = []
    if election.state == ElectionState.CERTIFIED:
        documents = [
            link("election_notice", election.code, words=_("Notice of designation")),
            link("election_certificate", election.code, words=_("Certificate of the result, to print")),
        ]
    if election.result_known:
        documents.append(link("election_result", election.code, words=_("Rules and result as data")))
    return documents


def _contents(election: Election, standing: Standing) -> str:
    """Whether the ballots are in what this reader downloads."""
    if election.has_ballot_box:
        if not has_few_ballots(election):
            return _("It contains the ballots by their trackers, and nobody's name.")
        return _(
            "Fewer than ten voted in secret: the ballots are only in the evidence of the officer and the "
            "scrutineers; everybody else's has the list with which voters find their own."
        )
    if standing.is_community:
        return _("Yours has the ballots and who cast each one; it is for member organisations.")
    if has_few_ballots(election):
        return _(
            "Fewer than ten voted, so a ballot would reveal whose it is: the ballots are only in the evidence of "
            "the member organisations."
        )
    return ""
