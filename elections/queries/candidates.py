"""Candidates: who can be voted for now, whom a vote chooses, and what could keep somebody from being one."""

import datetime
from collections.abc import Mapping, Sequence
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.models import Term
from core.errors import Incomplete
from core.records.words import fold
from elections.models import Election, Nomination
from elections.states import NominationState
from organizations.models import Organization, Person

#: What a voter chooses: ballot numbers, in order where the method is one of order; or {ballot number: answer}.
Choices = Sequence[int] | Mapping[int, str]
T = TypeVar("T")

#: States of nominations that are not, or no longer, in the running.
OVER = (NominationState.DECLINED, NominationState.WITHDRAWN, NominationState.INELIGIBLE)


def candidates_to_choose(election: Election) -> QuerySet[Nomination]:
    """The candidates on today's ballot: all of them, or in a second round those who are tied."""
    return election.nominations.candidates().in_round(election.runoff)


def chosen_candidates(election: Election, choices: Choices) -> list[Nomination]:
    """The candidates whom a vote chooses, in the order given; of answers, those with a yes.

    Raises Incomplete for too many, repeated or unknown numbers, and for an unknown answer.
    """
    by_number = {row.number: row for row in candidates_to_choose(election) if row.number is not None}
    return _chosen(election, choices, by_number)


def chosen_candidate_ids(election: Election, choices: Choices) -> list[int]:
    """As `chosen_candidates`, but primary keys, which is all that casting needs: no query. Raises Incomplete alike."""
    return _chosen(election, choices, {int(number): pk for number, pk in election.ballot_numbers.items()})


def numbers_on_ballot(election: Election) -> dict[str, int]:
    """{ballot number: nomination's id} of those who can be voted for, as an election in voting holds it."""
    return {str(number): pk for number, pk in candidates_to_choose(election).values_list("number", "pk")}


def _chosen(election: Election, choices: Choices, by_number: Mapping[int, T]) -> list[T]:
    numbers, most = list(choices), election.most_marks
    if most is not None and len(numbers) > most:
        text = ngettext("Mark at most %(n)s candidate.", "Mark at most %(n)s candidates.", most)
        raise Incomplete({"marks": text % {"n": most}})
    if len(set(numbers)) < len(numbers) or not by_number.keys() >= set(numbers):
        raise Incomplete({"marks": _("You marked somebody who is not a candidate in this election.")})
    if election.is_yes_no:
        if not isinstance(choices, Mapping) or not set(choices.values()) <= {"yes", "no", "abstain"}:
            raise Incomplete({"marks": _("Answer yes, no or abstain for each candidate.")})
        numbers = [n for n in numbers if choices[n] == "yes"]
    return [by_number[n] for n in numbers]


def ballot_number(token: str) -> int:
    """A ballot number that somebody typed; 0, which nobody has, for anything else."""
    return int(token) if token.isascii() and token.isdigit() and len(token) < 5 else 0


def as_counted(election: Election, choices: Choices) -> list[int] | dict[str, str]:
    """A vote as the count reads it: an order, sorted marks, or answers without the abstentions."""
    if election.is_yes_no and isinstance(choices, Mapping):
        return {str(n): answer for n, answer in choices.items() if answer != "abstain"}
    return list(choices) if election.is_ranked else sorted(choices)


def normalized_name(name: str) -> str:
    """A name without differences of accents, capitals and spaces."""
    return " ".join(fold(name).split())


def other_seat(election: Election, person: Person, day: datetime.date) -> Term | None:
    """The term by which a person holds, on a day or later, a seat of the body that is not being filled now."""
    held = Term.objects.filter(seat__committee=election.committee, person=person, ended_on=None)
    held = held.exclude(planned_end__lt=day).exclude(seat__in=election.places.all())
    return held.select_related("seat").first()


def members_named(election: Election, name: str) -> list[Person]:
    """Everybody who sits or sat in this body under a name.

    Within one body a name is taken for the person: a second row for the same holder would let them hold two seats.
    """
    people = Person.objects.filter(terms__seat__committee=election.committee).distinct()
    return [person for person in people if normalized_name(person.name) == normalized_name(name)]


def is_nominated(election: Election, organization: Organization, name: str) -> bool:
    """Whether a nomination of this name and organisation is already in the running."""
    running = election.nominations.filter(organization=organization).exclude(state__in=OVER)
    return normalized_name(name) in {normalized_name(other) for other in running.values_list("name", flat=True)}
