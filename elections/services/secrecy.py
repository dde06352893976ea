"""An open vote becomes secret because an elector requests it."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import NotNow, PermissionDenied
from core.locks import lock
from elections.emails import notify_secret
from elections.models import Election
from elections.queries.electors import count_voted, entry_of
from elections.queries.roll import do_weights_identify
from elections.services.keys import create_key
from elections.services.steps import record_event
from elections.states import SECRECY_REQUESTED_IN, ElectionState


@transaction.atomic
def request_secrecy(election: Election, *, actor: User, now: datetime.datetime) -> Election:
    """Make an open vote secret, at the request of any one elector, until somebody has voted; twice is once.

    An event of the chain without who requested it; during voting a key; a mail to electors, officer and scrutineers.
    Raises PermissionDenied, NotNow where it is too late, on paper, or weights would reveal whose a vote is.
    """
    election = lock(election)
    if entry_of(election, actor, now) is None:
        raise PermissionDenied(_("Only electors on the roll can ask for a secret vote."))
    if election.is_secret:
        return election
    if election.state not in SECRECY_REQUESTED_IN or election.on_paper:
        raise NotNow(_("A secret vote can be asked for once the roll is published, and before anybody has voted."))
    if count_voted(election) or election.first_round:
        raise NotNow(_("Somebody has already voted openly: this vote stays open."))
    if do_weights_identify(list(election.roll.values_list("weight", flat=True))):
        raise NotNow(_("Fewer than three organisations have the same weight: it would reveal whose vote is whose."))
    election.made_secret = True
    election.save(update_fields=["made_secret"])
    record_event(election, "secrecy_requested", actor=None, now=now)
    if election.state == ElectionState.VOTING:
        create_key(election, now=now)
    notify_secret(election, now)
    return election
