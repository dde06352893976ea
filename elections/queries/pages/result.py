"""The result of an election as its page and its certificate show it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from elections.counting.core import YES_NO
from elections.models import Ballot, Draw, Election, Nomination, RollEntry
from elections.queries.pages.flow import Flow, has_flow, short_number
from elections.states import ElectionState
from organizations.standing import Standing


@dataclass(frozen=True)
class ResultRow:
    """A candidate's line of the table; `votes` is empty where there was no vote."""

    candidate: Nomination
    votes: str
    against: str
    is_elected: bool


@dataclass(frozen=True)
class Quorum:
    """Whether the quorum was reached, in words."""

    sentence: str
    is_met: bool


@dataclass(frozen=True)
class Result:
    """A provisional or certified result; each property is one thing that the page shows, empty where it has nothing."""

    election: Election
    candidates: Sequence[Nomination]
    seats: int
    #: only where a lot decided
    draw: Draw | None = None
    #: for member organisations: of a secret vote who voted, of an open one how each voted
    took_part: list[RollEntry] = field(default_factory=list)
    ballots: list[tuple[RollEntry, str]] = field(default_factory=list)

    @property
    def data(self) -> dict[str, Any]:
        return self.election.result or {}

    @property
    def title(self) -> str:
        return _("Result") if self.election.state == ElectionState.CERTIFIED else _("Provisional result")

    @property
    def was_voted(self) -> bool:
        """Whether there was a vote at all."""
        return not (self.election.by_acclamation or self.election.by_consensus)

    @property
    def how(self) -> list[str]:
        """How it came about where that was not by a vote on the portal."""
        sentences = []
        if self.election.by_consensus:
            sentences.append(_("Elected by consensus recorded without objection, without a vote."))
        if self.election.on_paper:
            sentences.append(on_paper_sentence())
        if self.election.by_acclamation:
            sentences.append(_("There were no more candidates than seats: elected by acclamation, without a vote."))
        return sentences

    @cached_property
    def flow(self) -> Flow | None:
        return Flow(self.data, self.candidates) if has_flow(self.data) else None

    @property
    def _against(self) -> dict[str, Any]:
        stages = self.data.get("stages") or [{}]
        return stages[0].get("against") or {}

    @property
    def is_yes_no(self) -> bool:
        return bool(self._against)

    @property
    def votes_label(self) -> str:
        if self.flow:
            return _("First preferences")
        return pgettext("vote", "Yes") if self.is_yes_no else _("Votes")

    @property
    def rows(self) -> list[ResultRow]:
        """Those elected in their order, then the others by votes."""
        votes = self.data.get("votes", {})
        rank = {number: place for place, number in enumerate(self.data["elected"])}

        def place(row: Nomination) -> tuple[int, float, int | None]:
            return rank.get(row.number, 999), -float(votes.get(str(row.number)) or 0), row.number

        return [
            ResultRow(
                candidate=row,
                votes=_votes(votes.get(str(row.number))),
                against=str(self._against.get(str(row.number), "")),
                is_elected=row.number in rank,
            )
            for row in sorted(self.candidates, key=place)
        ]

    @property
    def figures(self) -> list[tuple[str, int]]:
        if not self.was_voted:
            return []
        return [
            (_("organisations with a vote"), self.data["entitled"]),
            (_("voted"), self.data["voted"]),
            (_("blank votes"), self.data["blank"]),
        ]

    @property
    def second_round(self) -> list[tuple[str, str]]:
        """The names of those who were voted on once more, and their votes in words."""
        second = self.data.get("second")
        if not second:
            return []
        return [
            (self._name(int(number)), ngettext("%(n)s vote", "%(n)s votes", int(votes)) % {"n": int(votes)})
            for number, votes in second["votes"].items()
            if int(number) in (self.election.runoff or ())
        ]

    @property
    def quorum(self) -> Quorum | None:
        needed = self.data.get("quorum_needed")
        if not needed:
            return None
        if self.data["quorum_met"]:
            return Quorum(quorum_sentence(needed), is_met=True)
        sentence = _("The quorum of %(n)s was not reached: nobody is elected by this vote.")
        return Quorum(sentence % {"n": needed}, is_met=False)

    @property
    def without_limit(self) -> str:
        """Who would have been elected without the limit of each organisation, where that differs."""
        free = self.data.get("unconstrained")
        return "" if free is None or free == self.data["elected"] else self._names(free)

    @property
    def unfilled(self) -> str:
        """Which seats stay unfilled, and why."""
        seats = 0 if self.data["tied"] else max(self.seats - len(self.data["elected"]), 0)
        if not seats:
            return ""
        if self.election.by_acclamation:
            sentence = ngettext(
                "%(n)s seat stays unfilled: nobody else stood. Whoever holds it continues until their term ends.",
                "%(n)s seats stay unfilled: nobody else stood. Whoever holds them continues until their term ends.",
                seats,
            )
        else:
            sentence = ngettext(
                "%(n)s seat stays unfilled: nobody else received a vote. Whoever holds it continues until their term "
                "ends.",
                "%(n)s seats stay unfilled: nobody else received a vote. Whoever holds them continues until their "
                "term ends.",
                seats,
            )
        return sentence % {"n": seats}

    @property
    def drawn(self) -> str:
        """The names in the order in which they were drawn."""
        return self._names(self.draw.order) if self.draw else ""

    @cached_property
    def _by_number(self) -> dict[int | None, str]:
        return {row.number: row.name for row in self.candidates}

    def _name(self, number: int) -> str:
        return self._by_number[number]

    def _names(self, numbers: Sequence[int]) -> str:
        return ", ".join(map(self._name, numbers))


def result_of(election: Election, candidates: Sequence[Nomination], seats: int) -> Result:
    """The result as everybody reads it; at most one query."""
    draw = getattr(election, "draw", None) if (election.result or {}).get("lots") else None
    return Result(election, candidates, seats, draw)


def result_for(election: Election, candidates: Sequence[Nomination], seats: int, standing: Standing) -> Result | None:
    """The result, once it is known, as a reader may see it; at most three queries."""
    if not election.result_known:
        return None
    result = result_of(election, candidates, seats)
    if not standing.is_community or not result.was_voted:
        return result
    if election.has_ballot_box:
        return replace(result, took_part=list(election.roll.exclude(participation=None).in_order()))
    return replace(result, ballots=_ballots(election, candidates))


def _votes(votes: object) -> str:
    return "–" if votes is None else short_number(votes)


def on_paper_sentence() -> str:
    """How votes on paper came to be counted."""
    return _("On paper: two officers entered the ballot papers, each on their own, and both readings matched.")


def quorum_sentence(needed: int) -> str:
    """That the quorum was reached."""
    return _("The quorum of %(n)s was reached.") % {"n": needed}


def _ballots(election: Election, candidates: Sequence[Nomination]) -> list[tuple[RollEntry, str]]:
    """How each organisation voted: whom its ballot marked or in which order, or what it answered."""
    names = {row.number: row.name for row in candidates}
    answers = {"yes": _("yes"), "no": _("no")}
    lines = []
    for ballot in Ballot.objects.filter(entry__election=election).in_order().prefetch_related("marks"):
        if ballot.choices is None:
            words = ", ".join(row.name for row in ballot.marks.all())
        elif election.ballot_method == YES_NO:
            words = ", ".join(f"{names[int(number)]}: {answers[a]}" for number, a in sorted(ballot.choices.items()))
        else:
            words = ", ".join(f"{place}. {names[number]}" for place, number in enumerate(ballot.choices, 1))
        lines.append((ballot.entry, words or _("blank vote")))
    return lines
