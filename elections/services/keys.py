"""The key of a ballot box: created at the opening of a round, destroyed at its end."""

import datetime

from accounts.models import User
from elections import sealing
from elections.models import Election, ElectionKey
from elections.services.steps import record_event


def create_key(election: Election, *, now: datetime.datetime) -> None:
    """Create the key of the ballot box, in place of an earlier one; the caller holds the lock on the election.

    An event of the chain.
    """
    pair = sealing.new_key()
    halves = {"public_key": pair.public, "sealed_private_key": pair.sealed_private}
    ElectionKey.objects.update_or_create(election=election, defaults=halves)
    record_event(election, "key_made", actor=None, now=now, public=pair.public.hex())


def destroy_key(election: Election, *, actor: User | None, now: datetime.datetime) -> None:
    """Delete the key, if there is one, and declare so: a declaration, not a proof, for a copy of the database may still
    contain it. The caller holds the lock on the election.

    An event of the chain.
    """
    if ElectionKey.objects.filter(election=election).delete()[0]:
        record_event(election, "key_destroyed", actor=actor, now=now)
