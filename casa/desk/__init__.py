"""My work: what I owe, what waits for others, what closes soon. One list, one verb a row, overdue first."""

from dataclasses import dataclass, field

from casa.desk import answers, coordination, owed, soon, waiting
from casa.desk.duty import in_order
from core import clock
from organizations.models import Organization
from organizations.standing import standing_of


@dataclass
class Work:
    """A person's desk on a day."""

    organizations: list
    roles: list
    owed: list = field(default_factory=list)
    waiting: list = field(default_factory=list)
    team: list = field(default_factory=list)
    soon: list = field(default_factory=list)
    is_coordination: bool = False
    is_administrator: bool = False


def read(user, now):
    """The Work of a user. A constant number of queries."""
    standing = standing_of(user, now)
    today = clock.today(now, user.zone)
    organizations = list(Organization.objects.filter(pk__in=standing.organizations).in_order())
    work = Work(organizations, sorted({role.label for role, _organization in standing.roles}, key=str))
    work.is_coordination, work.is_administrator = standing.is_coordination, standing.is_administrator
    own, filed = owed.read(organizations, standing, now, today)
    work.owed = in_order([*own, *answers.read(user, standing, now)])
    work.waiting = in_order([*filed, *waiting.read(organizations, standing, now)])
    if standing.is_coordination:
        work.team = coordination.read(now, today, standing.person_id)
    work.soon = soon.read(user, now)
    return work
