"""Candidates as the election's page shows them: who supports them, and what they were asked."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from elections.models import Election, Nomination, Question
from elections.queries.pages.links import Link, link
from elections.states import ElectionState, NominationState
from organizations.standing import Standing


@dataclass(frozen=True)
class QuestionLine:
    """A question to a candidate; `answer_address` where this reader is the candidate and has yet to answer."""

    row: Question
    answer_address: str


@dataclass(frozen=True)
class CandidateLine:
    """A candidate, their supporters and questions, and what this reader may do about them."""

    row: Nomination
    supporters: str
    questions: list[QuestionLine]
    acts: list[Link]

    @property
    def has_withdrawn(self) -> bool:
        return self.row.state == NominationState.WITHDRAWN


def candidate_lines(
    election: Election, candidates: list[Nomination], own: Nomination | None, standing: Standing
) -> list[CandidateLine]:
    """The lines of these candidates, whose supports and questions are prefetched; `own` is the reader's nomination."""
    may_support = speaks_for_member(standing) and election.state in (ElectionState.CANDIDATES, ElectionState.VOTING)
    return [_line(election, row, own == row, may_support) for row in candidates]


def speaks_for_member(standing: Standing) -> bool:
    """Whether a reader speaks for a member organisation."""
    return bool(standing.speaks_for & standing.member_of)


def candidates_of(election: Election) -> list[Nomination]:
    """Those with a number on the ballot, with supports and questions; three queries. Empty before they are published."""
    if not election.candidates_known:
        return []
    rows = election.nominations.on_ballot()
    return list(rows.prefetch_related("supports__organization", "questions__organization"))


def _line(election: Election, row: Nomination, is_own: bool, may_support: bool) -> CandidateLine:
    questions = [
        QuestionLine(one, reverse("elections:question_answer", args=[election.code, one.pk]) if is_own else "")
        for one in row.questions.all()
    ]
    acts = []
    if may_support and row.state == NominationState.ACCEPTED:
        acts = [
            link("support_give", election.code, row.number, words=_("Support")),
            link("question_ask", election.code, row.number, words=_("Ask")),
        ]
    return CandidateLine(row, ", ".join(str(one.organization) for one in row.supports.all()), questions, acts)
