"""A small year to walk in: the same organisations with plainly fictional people, every text of it marked "Demo".

Written through the same services as real work, at moments reckoned from the day of loading. Nothing here says anything
about a real person, and no edition of a real space is made up.
"""

from django.db import transaction

from casa.models import LoadedEntry
from commons.models import Theme
from demo import calendar, elections, engagement, meetings, people, priorities, projects, spaces
from reminders import services as reminders

MARK = "demo"


class NoRecord(Exception):
    """The organisations and themes of the record are not loaded yet."""


@transaction.atomic
def load(now):
    """Load the demonstration once; all of it or nothing. Returns its year, or None where it was there already."""
    if LoadedEntry.objects.filter(key=MARK).exists():
        return None
    if not Theme.objects.exists():
        raise NoRecord
    days = calendar.Days(now)
    team = people.load(now)
    codes = priorities.load_past(days, team)
    meetings.load_past(days, team, codes)
    project = projects.load(days, team, codes)
    cycle = priorities.load_open(days, team, codes)
    projects.load_threats(cycle, days, team)
    projects.load_assessments(project, days, team)
    meetings.load_ahead(days, team)
    spaces.load(days, team, codes)
    engagement.load(days, team, codes)
    elections.load(days, team)
    reminders.plan(now)
    LoadedEntry.objects.create(key=MARK, row=str(days.year), content={"year": days.year}, loaded_at=now)
    return days.year
