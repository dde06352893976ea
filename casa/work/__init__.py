"""My work: what I owe, what the coordination team owes, what comes next. One list, one verb a row, overdue first."""

from dataclasses import dataclass, field

from casa.work import coordination, owed
from core import clock
from meetings.models import Meeting
from organizations.models import Organization
from organizations.standing import standing_of
from spaces.models import EditionDeadline

SOON = 5


@dataclass
class Work:
    """A person's desk on a day."""

    organizations: list
    roles: list
    owed: list = field(default_factory=list)
    waiting: list = field(default_factory=list)
    team: list = field(default_factory=list)
    meetings: list = field(default_factory=list)
    deadlines: list = field(default_factory=list)
    is_coordination: bool = False
    is_administrator: bool = False


def read(user, now):
    """The Work of a user. A constant number of queries."""
    standing = standing_of(user, now)
    today = clock.today(now, user.zone)
    mine = list(Organization.objects.filter(pk__in=standing.organizations).in_order())
    work = Work(mine, sorted({role.label for role, _organization in standing.roles}, key=str))
    work.is_coordination, work.is_administrator = standing.is_coordination, standing.is_administrator
    work.owed, work.waiting = owed.read(mine, standing, now, today)
    if standing.is_coordination:
        work.team = coordination.read(now, today)
    work.meetings = list(Meeting.objects.visible_to(user, now).ahead(now)[:SOON])
    work.deadlines = list(EditionDeadline.objects.ahead(now)[:SOON])
    return work
