"""What the portal can verify of an election at any moment, counting again included."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from elections.counting.core import digest
from elections.models import Election
from elections.queries.ballots import counted_ballots
from elections.queries.chain import is_chain_whole
from elections.queries.results import lot_order, tally
from elections.queries.roll import roll_digest


class Check(NamedTuple):
    """One thing that was verified, as a sentence, and whether it holds."""

    sentence: str
    holds: bool


def checks_of(election: Election) -> list[Check]:
    """Every check that can be made in the present state of an election."""
    events = list(election.events.all())
    facts = {event.verb: event.facts for event in events}
    checks = []
    if "called" in facts:
        same = digest(election.rules) == facts["called"]["rules"]
        checks.append(Check(_("The rules are those of the call."), same))
    if published := facts.get("roll_corrected") or facts.get("roll_published"):
        sentence = _("The roll is the one that was published, with its corrections.")
        checks.append(Check(sentence, roll_digest(election) == published["roll"]))
    sentence = _("The sealed acts follow each other, and none was changed.")
    checks.append(Check(sentence, is_chain_whole(events)))
    if election.result_known:
        results = [event.facts["result"] for event in events if "result" in event.facts]
        checks.append(Check(_("The result is the one that was sealed."), results[-1:] == [digest(election.result)]))
    if election.result_known and election.was_counted:
        same = digest(counted_ballots(election)) == facts["closed"]["ballots"]
        checks.append(Check(_("The ballots are the same as at closing."), same))
        same = digest(tally(election, lot_order(election))) == digest(election.result)
        checks.append(Check(_("Counted again just now, the ballots give the same result."), same))
    return checks
