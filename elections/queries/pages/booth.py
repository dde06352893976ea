"""The booth: why somebody cannot vote now, the ballot to mark, its review, the receipt."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import User
from elections.models import Ballot as OpenBallot
from elections.models import CheckIn, Election, Nomination, Participation, RollEntry
from elections.queries.candidates import Choices, candidates_to_choose
from elections.queries.electors import checked_in_today, count_voted, entry_of, is_member
from elections.queries.pages.console import turnout_sentence
from elections.queries.pages.roll import voters_text
from elections.states import BEFORE_CLOSING, SECRECY_REQUESTED_IN, ElectionState

#: What the count of marks is limited to where the rules set no limit.
NO_LIMIT = 1000


class Receipt(Protocol):
    """What a voter keeps of a secret vote."""

    @property
    def tracker(self) -> str: ...
    @property
    def digest(self) -> str: ...
    @property
    def word(self) -> str: ...


@dataclass(frozen=True)
class Marked:
    """What was sent so far: ballot numbers marked, and by ballot number an answer or a place in the order."""

    numbers: frozenset[int] = frozenset()
    answers: Mapping[int | None, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Attempt:
    """What came of the last thing that was sent; `review` is what the vote would say, None where nothing is reviewed."""

    marked: Marked = field(default_factory=Marked)
    problem: str = ""
    review: Choices | None = None
    #: whom the vote would mark, in its order
    chosen: list[Nomination] = field(default_factory=list)
    #: a secret vote, sealed, as text
    sealed: str = ""
    is_cast: bool = False
    receipt: Receipt | None = None


@dataclass(frozen=True)
class Choice:
    """One of the answers, or of the places in the order."""

    value: object
    label: object
    is_chosen: bool


@dataclass(frozen=True)
class BallotLine:
    """A candidate on the ballot."""

    row: Nomination
    is_marked: bool
    answer: str
    choices: list[Choice]

    @property
    def field(self) -> str:
        """The name of the field for an answer, or for a place in the order."""
        return f"for-{self.row.number}"


@dataclass(frozen=True)
class Ballot:
    """The ballot to mark: how, and each candidate."""

    election: Election
    lines: list[BallotLine]

    @property
    def template(self) -> str:
        """What draws a line of it: a place in the order, an answer, or a mark."""
        if self.election.is_ranked:
            return "elections/_ballot_order.html"
        return "elections/_ballot_answers.html" if self.election.is_yes_no else "elections/_ballot_marks.html"

    @property
    def how(self) -> str:
        """How it is marked."""
        most = self.election.most_marks
        if self.election.is_ranked:
            return _("Number the candidates in your order: 1 is your first. You may stop wherever you like.")
        if self.election.is_yes_no:
            return _("Answer for each candidate. Whoever has more yes than no votes is elected.")
        if most:
            return ngettext("Choose up to %(n)s", "Choose up to %(n)s", most) % {"n": most}
        return _("Choose everybody you accept")

    @property
    def counts_marks(self) -> bool:
        return not self.election.is_ranked and not self.election.is_yes_no

    @property
    def most_marks(self) -> int:
        return self.election.most_marks or NO_LIMIT

    @property
    def secrecy(self) -> str:
        """Who can see how somebody voted."""
        if not self.election.is_secret:
            return _("The vote is open: after closing, the member organisations can see how each one voted.")
        sentences = [
            _(
                "The vote is secret. The ballot box is kept with the portal's key: those who administer the portal "
                "could open it."
            ),
            _("Few votes hide little, and a unanimous result shows how everybody voted."),
        ]
        return " ".join(sentences)


@dataclass(frozen=True)
class Review:
    """What the vote says, before it is cast, and the hidden fields that cast it."""

    election: Election
    ballot: Ballot
    attempt: Attempt

    @property
    def is_blank(self) -> bool:
        return not self.attempt.review

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Each candidate's name and the answer, where the vote is of answers."""
        if self.is_blank or not self.election.is_yes_no:
            return []
        answers = {"yes": pgettext("vote", "Yes"), "no": pgettext("vote", "No")}
        return [(line.row.name, answers.get(line.answer, _("Abstention"))) for line in self.ballot.lines]

    @property
    def chosen(self) -> list[tuple[str, Nomination]]:
        """Each candidate chosen, with their name as it is shown: after their place where the vote is an order."""
        return [
            (f"{place}. {row.name}" if self.election.is_ranked else row.name, row)
            for place, row in enumerate(self.attempt.chosen, 1)
        ]

    @property
    def hidden(self) -> list[tuple[str, object]]:
        """The names and values that carry the vote from here."""
        fields: list[tuple[str, object]] = []
        if self.attempt.sealed:
            fields.append(("box", self.attempt.sealed))
        if self.is_blank:
            fields.append(("blank", 1))
        for line in self.ballot.lines:
            if line.is_marked:
                fields.append(("marks", line.row.number))
            if line.answer:
                fields.append((line.field, line.answer))
        return fields


@dataclass(frozen=True)
class BoothPage:
    """The booth as one reader finds it: exactly one of receipt, confirmation, obstacle, review and ballot is shown."""

    election: Election
    organization: str
    problem: str
    receipt: Receipt | None
    #: that the vote has been cast just now
    confirmation: str
    #: why the reader cannot vote now
    obstacle: str
    #: whether the hour of opening is shown beside it
    waits_for_opening: bool
    review: Review | None
    ballot: Ballot | None
    refreshes: bool
    #: who checked in for the organisation today
    checked_in: str
    may_check_in: bool
    may_ask_secrecy: bool
    turnout: str
    roll: list[tuple[object, str]]


@dataclass(frozen=True)
class _Reader:
    """Where the reader stands: the entry by which they vote, and whether it has voted."""

    entry: RollEntry | None
    has_left: bool
    #: what says that the organisation has voted
    vote: OpenBallot | Participation | None
    check_in: CheckIn | None


def booth_page(election: Election, user: User, now: datetime.datetime, attempt: Attempt | None = None) -> BoothPage:
    """The booth for a reader, after what they have just sent. A constant number of queries."""
    attempt = attempt or Attempt()
    reader, entries, ballot = _reader(election, user, now), _roll(election), _ballot(election, attempt)
    may_ask_secrecy = attempt.review is None and _may_ask_secrecy(election, reader)
    voted = count_voted(election) if election.in_room or may_ask_secrecy else 0
    has_voted, accepts = attempt.is_cast or reader.vote is not None, election.accepts_votes(now)
    obstacle = "" if attempt.is_cast else _obstacle(election, reader, now)
    is_free = not obstacle and not attempt.is_cast
    #: the page of a review shows nothing else
    has_rest = attempt.review is None
    waits = has_rest and not has_voted and _checks_in(election, reader)
    return BoothPage(
        election=election,
        organization=str(reader.entry.organization) if reader.entry else "",
        problem=attempt.problem,
        receipt=attempt.receipt,
        confirmation=_confirmation(reader, attempt),
        obstacle=obstacle,
        waits_for_opening=bool(obstacle) and _waits_for_opening(election, reader, now),
        review=Review(election, ballot, attempt) if is_free and not has_rest else None,
        ballot=ballot if is_free and has_rest else None,
        refreshes=election.in_room and not attempt.receipt and _changes_soon(election, attempt, reader, accepts),
        checked_in=_checked_in(reader, user) if waits else "",
        may_check_in=waits and not reader.check_in and not accepts,
        may_ask_secrecy=may_ask_secrecy and not voted,
        turnout=turnout_sentence(voted, len(entries)) if election.in_room and voted and has_voted and has_rest else "",
        roll=_roll_lines(entries) if has_rest and (has_voted or not reader.entry or not accepts) else [],
    )


def _reader(election: Election, user: User, now: datetime.datetime) -> _Reader:
    entry = entry_of(election, user, now)
    if entry is None:
        return _Reader(None, has_left=False, vote=None, check_in=None)
    vote = getattr(entry, "participation" if election.is_secret else "ballot", None)
    check_in = checked_in_today(election, now).get(entry.pk) if election.in_room and not election.is_over else None
    return _Reader(entry, not is_member(election, entry, now), vote, check_in)


def _roll(election: Election) -> list[RollEntry]:
    return list(election.roll.in_order()) if election.roll_hash else []


def _roll_lines(entries: list[RollEntry]) -> list[tuple[object, str]]:
    return [(entry.organization, voters_text(entry)) for entry in entries]


def _ballot(election: Election, attempt: Attempt) -> Ballot:
    rows = list(candidates_to_choose(election)) if election.candidates_known else []
    return Ballot(election, [_line(election, row, len(rows), attempt.marked) for row in rows])


def _line(election: Election, row: Nomination, candidates: int, marked: Marked) -> BallotLine:
    answer = marked.answers.get(row.number, "")
    choices = []
    if election.is_ranked:
        places = [Choice(place, place, answer == str(place)) for place in range(1, candidates + 1)]
        choices = [Choice("", _("no number"), is_chosen=False), *places]
    elif election.is_yes_no:
        labels = {"yes": pgettext("vote", "Yes"), "no": pgettext("vote", "No"), "abstain": _("Abstention")}
        choices = [Choice(value, label, (answer or "abstain") == value) for value, label in labels.items()]
    return BallotLine(row, row.number in marked.numbers, answer, choices)


def _confirmation(reader: _Reader, attempt: Attempt) -> str:
    if not attempt.is_cast or reader.entry is None:
        return ""
    if attempt.receipt:
        return _("%(organization)s has voted.") % {"organization": reader.entry.organization}
    return _("The vote of %(organization)s is in the ballot box.") % {"organization": reader.entry.organization}


def _obstacle(election: Election, reader: _Reader, now: datetime.datetime) -> str:
    """Why the reader cannot vote now; empty where they can."""
    if reader.entry is None:
        return _("You are not on the roll of this election.")
    if reader.vote:
        sentence = _("%(organization)s has voted, through %(person)s. One organisation has one vote.")
        return sentence % {"organization": reader.entry.organization, "person": reader.vote.cast_by}
    if reader.has_left:
        return _("Your organisation is no longer a member, so it does not vote.")
    if election.accepts_votes(now):
        return ""
    if not _is_early(election, now):
        return _("Voting is closed.")
    if election.on_paper:
        return _("The vote is on paper, in the room.")
    if election.in_room:
        return _("Voting is not open yet. The officer opens it in the room, and this page updates by itself.")
    return " ".join([_("Voting is not open yet."), _("It opens:")])


def _is_early(election: Election, now: datetime.datetime) -> bool:
    return election.state in BEFORE_CLOSING and now < election.closes_at


def _waits_for_opening(election: Election, reader: _Reader, now: datetime.datetime) -> bool:
    """Whether it is only the announced hour of opening that the reader waits for."""
    is_elector = reader.entry is not None and not reader.vote and not reader.has_left
    return is_elector and _is_early(election, now) and not election.on_paper and not election.in_room


def _changes_soon(election: Election, attempt: Attempt, reader: _Reader, accepts: bool) -> bool:
    """Whether the page, in the room, is about to say something else: the vote opens, or others vote."""
    return election.state == ElectionState.CANDIDATES or attempt.is_cast or (reader.vote is not None and accepts)


def _checks_in(election: Election, reader: _Reader) -> bool:
    return reader.entry is not None and election.in_room and not election.is_over and not election.result_known


def _checked_in(reader: _Reader, user: User) -> str:
    if reader.check_in is None:
        return ""
    if reader.check_in.person_id == user.person.pk:
        return _("You checked in today for your organisation")
    return _("%(person)s checked in for your organisation today") % {"person": reader.check_in.person}


def _may_ask_secrecy(election: Election, reader: _Reader) -> bool:
    """Whether the reader may ask for a secret vote as long as nobody has voted."""
    is_open = not election.is_secret and not election.on_paper and election.state in SECRECY_REQUESTED_IN
    return reader.entry is not None and is_open and not election.first_round
