"""Who may vote, who has voted, and who is in the room."""

import datetime

from accounts.models import User
from core import clock
from elections.models import Ballot, CheckIn, Election, Participation, RollEntry
from organizations.standing import standing_of


def entry_of(election: Election, user: User, now: datetime.datetime) -> RollEntry | None:
    """The roll entry by which a user votes, as voter or alternate; with the names that pages show."""
    person = standing_of(user, now).person_id
    return election.roll.of_person(person).in_order().first() if person else None


def elector_of(election: Election, user: User) -> RollEntry | None:
    """The roll entry by which a user votes, with no more than casting needs: its weight and the organisation's
    membership, nobody's name."""
    person = getattr(user, "person", None) if user.is_active else None
    if person is None:
        return None
    entries = RollEntry.objects.filter(election=election.pk).of_person(person.pk).select_related("organization")
    needed = ("election", "weight", "organization__member_from", "organization__member_until")
    return entries.only(*needed).order_by("pk").first()


def is_member(election: Election, entry: RollEntry, now: datetime.datetime) -> bool:
    """Whether the organisation of a roll entry is still a member."""
    return entry.organization.is_in_on(clock.today(now, election.zone))


def count_voted(election: Election) -> int:
    """How many organisations of the roll have voted, openly or in secret."""
    votes = Participation if election.is_secret else Ballot
    return votes.objects.filter(entry__election=election).count()


def have_all_voted(election: Election) -> bool:
    """Whether every organisation of the roll has voted."""
    return not RollEntry.objects.filter(election=election, ballot=None, participation=None).exists()


def checked_in_today(election: Election, now: datetime.datetime) -> dict[int, CheckIn]:
    """{roll entry's id: CheckIn} of those who checked in today, in the zone of the election. One query."""
    rows = CheckIn.objects.filter(entry__election=election, day=clock.today(now, election.zone))
    return {row.entry_id: row for row in rows.select_related("person")}
