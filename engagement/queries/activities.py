"""Visits, meetings and training in the order in which people read them."""

import datetime
from itertools import groupby
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from engagement.models import Activity, TrainingProgramme, TrainingSession


class YearOfEngagement(NamedTuple):
    year: int
    rows: list[Activity | TrainingSession]


def _by_date(row: Activity | TrainingSession) -> tuple[int, str, str]:
    """For sorting; what has no date comes before all others of its year."""
    return row.year, str(row.starts_on or ""), row.code


def engagement_by_year(user: User | AnonymousUser, now: datetime.datetime) -> list[YearOfEngagement]:
    """Visits and training together as this reader may see them, newest first. A constant number of queries."""
    activities = Activity.objects.visible_to(user, now).prefetch_related("institutions", "hosts", "taking_part")
    sessions = TrainingSession.objects.visible_to(user, now).prefetch_related("hosts").select_related("programme")
    rows = sorted([*activities, *sessions], key=_by_date, reverse=True)
    return [YearOfEngagement(year, list(group)) for year, group in groupby(rows, key=lambda row: row.year)]


def sessions_of(
    programme: TrainingProgramme, user: User | AnonymousUser, now: datetime.datetime
) -> list[TrainingSession]:
    """The sessions of a programme as this reader may see them, newest first."""
    sessions = TrainingSession.objects.visible_to(user, now).filter(programme=programme)
    return sorted(sessions.prefetch_related("hosts"), key=_by_date, reverse=True)
