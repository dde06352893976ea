"""What closes or takes place within thirty days, in one list: the year, meetings, editions, elections."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.text import shown
from elections.models import Election
from elections.states import ElectionState
from meetings.models import Meeting
from priorities.models import PlanningCycle
from spaces.models import EditionDeadline

AHEAD, MOST = datetime.timedelta(days=30), 12
MINUTE = datetime.timedelta(minutes=1)


@dataclass(frozen=True)
class Soon:
    """One line: `at` is the last minute of what closes, the first of what begins."""

    title: object
    href: str
    what: str
    at: datetime.datetime
    zone: str
    is_demo: bool = False


def read(user, now):
    """[Soon], nearest first. Four queries."""
    until = now + AHEAD
    found = [
        *_cycles(user, now, until),
        *_meetings(user, now, until),
        *_deadlines(now, until),
        *_elections(user, now, until),
    ]
    return sorted(found, key=lambda one: one.at)[:MOST]


def _cycles(user, now, until):
    for row in PlanningCycle.objects.visible_to(user, now).filter(state="open", closes_at__gt=now, closes_at__lt=until):
        title = _("Priorities %(year)s") % {"year": row.year}
        yield Soon(title, row.get_absolute_url(), _("closes"), row.last_minute, row.zone, row.is_demo)


def _meetings(user, now, until):
    for row in Meeting.objects.visible_to(user, now).ahead(now)[:MOST]:
        if row.starts_at and now <= row.starts_at < until:
            yield Soon(
                shown(row, "title"), row.get_absolute_url(), _("takes place"), row.starts_at, row.zone, row.is_demo
            )


def _deadlines(now, until):
    for row in EditionDeadline.objects.ahead(now).filter(closes_at__lt=until)[:MOST]:
        title = f"{shown(row.edition, 'title').value or row.edition}: {shown(row, 'title').value}"
        yield Soon(title, row.edition.get_absolute_url(), _("closes"), row.last_minute, row.zone, row.is_demo)


def _elections(user, now, until):
    for row in Election.objects.visible_to(user, now).closing_until(now, until):
        voting = row.state == ElectionState.VOTING
        at = (row.closes_at if voting else row.nominations_close) - MINUTE
        what = _("voting closes") if voting else _("nominations close")
        yield Soon(shown(row, "title"), row.get_absolute_url(), what, at, row.zone, row.is_demo)
