"""Ballot papers as an officer types them."""

from django.utils.translation import gettext as _

from core.errors import Incomplete
from elections.counting.core import canonical
from elections.models import Election
from elections.queries.ballots import CountedBallot
from elections.queries.candidates import as_counted, ballot_number, candidates_to_choose


def paper_ballots(election: Election, text: str) -> list[CountedBallot]:
    """The ballots of a text, one a line: numbers with spaces between them, "-" for a blank one. Raises Incomplete."""
    if election.is_yes_no:
        raise Incomplete({"papers": _("Yes and no votes are not entered from paper.")})
    known, ballots = {row.number for row in candidates_to_choose(election)}, []
    for place, line in enumerate((line.split() for line in text.splitlines() if line.strip()), 1):
        numbers = [] if line == ["-"] else [ballot_number(token) for token in line]
        if not known.issuperset(numbers) or len(set(numbers)) < len(numbers):
            sentence = _("Ballot paper %(n)s: enter the candidates' numbers, each once, or - if blank.")
            raise Incomplete({"papers": sentence % {"n": place}})
        if election.most_marks and len(numbers) > election.most_marks:
            raise Incomplete({"papers": _("Ballot paper %(n)s has more marks than the rules allow.") % {"n": place}})
        ballots.append({election.ballot_key: as_counted(election, numbers)})
    if len(ballots) > election.roll.count():
        raise Incomplete({"papers": _("There are more ballot papers than organisations on the roll.")})
    if not ballots:
        raise Incomplete({"papers": _("Enter the ballot papers, one per line.")})
    return sorted(ballots, key=canonical)
