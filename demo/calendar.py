"""The days of the demonstration, reckoned from the day of loading."""

import datetime

from django.conf import settings

from core import clock

THURSDAY = 3


class Days:
    """`year` is the calendar year, once its January meeting can be over and published; before, the one before."""

    def __init__(self, now):
        self.now = now
        self.today = clock.today(now, settings.CASA_ZONE)
        self.year = self.today.year if self.today >= datetime.date(self.today.year, 2, 10) else self.today.year - 1

    @staticmethod
    def annual(year):
        """The Thursday in the fourth week of January."""
        first = datetime.date(year, 1, 22)
        return first + datetime.timedelta(days=(THURSDAY - first.weekday()) % 7)

    @property
    def next_annual(self):
        """The annual meeting ahead: at least a week away."""
        year = self.year + 1
        while self.annual(year) < self.today + datetime.timedelta(days=7):
            year += 1
        return self.annual(year)

    def at(self, day, hour=12, minute=0):
        """An instant of a day in Montevideo."""
        return clock.instant(datetime.datetime.combine(day, datetime.time(hour, minute)), settings.CASA_ZONE)

    def ago(self, days):
        """An instant some days before loading: services never see a moment ahead of the clock."""
        return self.now - datetime.timedelta(days=days)

    def ahead(self, days, weekday=None):
        """A day some days ahead, moved on to a weekday where one is asked for."""
        day = self.today + datetime.timedelta(days=days)
        return day if weekday is None else day + datetime.timedelta(days=(weekday - day.weekday()) % 7)

    def last_year(self, month, day, hour=12):
        return self.at(datetime.date(self.year - 1, month, day), hour)

    def this_year(self, month, day, hour=12):
        """An instant of the demonstration's year, never later than the loading."""
        return min(self.at(datetime.date(self.year, month, day), hour), self.now)
