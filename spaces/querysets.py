"""Reads of spaces, editions and deadlines. All of it is public."""

from django.db import models
from django.db.models import F


class SpaceQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        return self

    def in_order(self):
        return self.order_by("position", "slug")


class EditionQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Editions are facts about public events."""
        return self

    def for_year(self, year):
        return self.filter(year=year)

    def in_order(self):
        return self.select_related("space").order_by(F("starts_on").asc(nulls_last=True), "space__position", "code")


class EditionDeadlineQuerySet(models.QuerySet):
    def ahead(self, now):
        """Deadlines with a known instant that has not passed, nearest first."""
        return self.filter(closes_at__gt=now).select_related("edition__space").order_by("closes_at")
