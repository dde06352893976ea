"""Who may vote, who has voted, and who is in the room."""

import datetime
from dataclasses import dataclass

from accounts.models import User
from core import clock
from elections.models import Ballot, CheckIn, Election, Participation, RollEntry
from organizations.standing import standing_of


def entry_of(election: Election, user: User, now: datetime.datetime) -> RollEntry | None:
    """The roll entry by which a user votes, as voter or alternate; with the names that pages show."""
    person = standing_of(user, now).person_id
    return election.roll.of_person(person).in_order().first() if person else None


@dataclass(frozen=True)
class Elector:
    """A roll entry with no more than casting needs: its weight and the organisation's membership, nobody's name."""

    entry_id: int
    weight: int
    member_from: datetime.date | None
    member_until: datetime.date | None

    def is_member_on(self, day: datetime.date) -> bool:
        """Whether the organisation's membership runs on a day; unknown ends count as open."""
        return (self.member_from or day) <= day <= (self.member_until or day)


#: In the order of Elector. Columns and not rows: putting rows together costs more than the database takes to find them.
_ELECTORS = RollEntry.objects.values_list("pk", "weight", "organization__member_from", "organization__member_until")


def elector_of(election: Election, user: User) -> Elector | None:
    """As whom a user votes: as voter, or else as alternate; of each there is one at most, by constraint."""
    person = getattr(user, "person", None) if user.is_active else None
    if person is None:
        return None
    for role in ("voter", "alternate"):
        for columns in _ELECTORS.filter(election=election.pk, **{role: person.pk}):
            return Elector(*columns)
    return None


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
