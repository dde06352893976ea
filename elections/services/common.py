"""What the acts on an election share: locking it, its public chain, canonical JSON."""

import datetime

from django.db import connection

from core import journal
from core.records import services as records
from core.states import check_move, move
from elections.counting.core import canonical, digest
from elections.models import Election, ElectionEvent, RollEntry
from elections.states import ELECTION_MOVES
from organizations.models import Organization
from organizations.standing import standing_of

__all__ = ["advance", "canonical", "entry_of", "instant", "locked", "note", "seal_of_event", "sha256", "shared"]

sha256 = digest


def instant(moment):
    """An instant as it stands in rules and in the chain."""
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def locked(election):
    """The election as it stands, held until the transaction ends."""
    return Election.objects.select_for_update().get(pk=election.pk)


def advance(election, source, target):
    """Move from this very state: the table alone would let an act in from another, such as opening from a tie."""
    check_move({source: {target}}, election.state, target)
    return move(election, target, ELECTION_MOVES)


#: What casting a vote reads of an election; results and texts stay where they are.
CASTING = (
    "id", "code", "state", "opens_at", "closes_at", "zone", "in_room", "on_paper", "secrecy", "made_secret", "method",
    "balloted_as", "max_marks", "rules", "rules_hash", "runoff", "first_round",
)  # fmt: skip
_SHARED = f"SELECT {', '.join(CASTING)} FROM elections_election WHERE id = %s FOR SHARE"  # noqa: S608 - names of ours


_ELECTOR = """
    SELECT o.id, o.member_from, o.member_until, r.id AS entry, r.weight
    FROM elections_rollentry r JOIN organizations_organization o ON o.id = r.organization_id
    WHERE r.election_id = %s AND (r.voter_id = %s OR r.alternate_id = %s) ORDER BY r.id LIMIT 1
"""


def shared(election):
    """The election as it stands, which nobody closes until the transaction ends; others may vote at the same time."""
    if connection.vendor == "postgresql":
        return Election.objects.raw(_SHARED, [election.pk])[0]
    return Election.objects.only(*CASTING).get(pk=election.pk)


def seal_of_event(event):
    """The digest that a link of the chain shall have: of what it says and of the link before it."""
    return sha256({
        "election": event.election.code, "number": event.number, "verb": event.verb, "at": instant(event.at),
        "facts": event.facts, "previous": event.previous,
    })  # fmt: skip


def note(election, verb, actor, now, **facts):
    """One more link of the public chain, and a row of the journal. The caller holds the election."""
    last = ElectionEvent.objects.filter(election=election).order_by("-number").first()
    number, previous = (last.number + 1, last.digest) if last else (1, "")
    event = ElectionEvent(election=election, number=number, verb=verb, at=now, facts=facts, previous=previous)
    event.digest = seal_of_event(event)
    event.save(force_insert=True)
    journal.record(actor, f"election_{verb}", election.code, now, event=number, digest=event.digest)
    records.touch(election.code)
    return event


def elector_of(election, user):
    """The same with no more than casting needs: its weight and the organisation's membership, nobody's name.

    One small query, written out: putting it together cost more than the database took to answer it.
    """
    person = getattr(user, "person", None) if user.is_active else None
    if person is None:
        return None
    for organization in Organization.objects.raw(_ELECTOR, [election.pk, person.pk, person.pk]):
        known = [organization.entry, election.pk, organization.pk, organization.weight]
        entry = RollEntry.from_db(connection.alias, ["id", "election_id", "organization_id", "weight"], known)
        entry.organization = organization
        return entry
    return None


def entry_of(election, user, now):
    """The roll entry by which a user votes, as voter or alternate; or None."""
    person = standing_of(user, now).person_id
    return election.roll.of_person(person).in_order().first() if person else None
