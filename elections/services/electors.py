"""Who may vote now and who has: what open and secret votes ask alike."""

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.errors import Incomplete, NotNow
from elections.models import Ballot, Participation, RollEntry
from elections.states import ElectionState, NominationState


def check_open(election, now):
    """Raise NotNow, saying which, where votes are not accepted at an instant."""
    if election.accepts(now):
        return
    if election.on_paper and election.state == ElectionState.VOTING:
        raise NotNow(_("Voting is on paper."))
    if now >= election.closes_at or election.state in (
        ElectionState.CLOSED, ElectionState.PROVISIONAL, ElectionState.CERTIFIED, ElectionState.ANNULLED,
    ):  # fmt: skip
        raise NotNow(_("Voting is closed."))
    raise NotNow(_("Voting is not open yet."))


def is_member(election, entry, now):
    """Whether the organisation of a roll entry is still a member."""
    return entry.organization.is_in_on(clock.today(now, election.zone))


def check_member(election, entry, now):
    """Raise NotNow where it is not."""
    if not is_member(election, entry, now):
        raise NotNow(_("Your organisation is no longer a member, so it does not vote."))


def chosen(election, said):
    """The candidates of these ballot numbers, in the order given; of answers, those with a yes.

    Raises Incomplete for too many, repeated or unknown ones, and for an answer that is none.
    """
    return _picked(election, said, {row.number: row for row in election.to_choose()})


_CANDIDATES = "SELECT number, id FROM elections_nomination WHERE election_id = %s AND state = %s"


def chosen_keys(election, said):
    """The same as primary keys, which is all that a ballot keeps of them; one small query, written out as the
    elector's is."""
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, [election.pk, NominationState.ACCEPTED])
        by_number = {n: key for n, key in cursor.fetchall() if election.runoff is None or n in election.runoff}
    return _picked(election, said, by_number)


def _picked(election, said, by_number):
    numbers, most = list(said), election.most_marks
    if most is not None and len(numbers) > most:
        words = ngettext("Mark at most %(n)s candidate.", "Mark at most %(n)s candidates.", most)
        raise Incomplete({"marks": words % {"n": most}})
    if len(set(numbers)) < len(numbers) or not by_number.keys() >= set(numbers):
        raise Incomplete({"marks": _("You marked somebody who is not a candidate in this election.")})
    if election.is_yes_no:
        if not isinstance(said, dict) or not set(said.values()) <= {"yes", "no", "abstain"}:
            raise Incomplete({"marks": _("Answer yes, no or abstain for each candidate.")})
        numbers = [n for n in numbers if said[n] == "yes"]
    return [by_number[n] for n in numbers]


def have_voted(election):
    """How many organisations of the roll have voted, openly or in secret."""
    ways = Participation if election.is_secret else Ballot
    return ways.objects.filter(entry__election=election).count()


def has_all(election):
    """Whether every organisation of the roll has voted."""
    return not RollEntry.objects.filter(election=election, ballot=None, participation=None).exists()
