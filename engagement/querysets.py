"""Reads of visits and training."""

from django.db import models
from django.db.models import F, Q

from core.visibility import Visibility
from organizations.standing import standing_of


class PublishedQuerySet(models.QuerySet):
    """Visits and training sessions: public once published; planned ones stay among the organisations."""

    def visible_to(self, user, now):
        standing = standing_of(user, now)
        if standing.is_coordination:
            return self
        seen = Q(visibility=Visibility.PUBLIC, state="published")
        if standing.is_community:
            seen |= Q(visibility__in=[Visibility.PUBLIC, Visibility.COMMUNITY])
        return self.filter(seen)

    def for_year(self, year):
        return self.filter(year=year)

    def newest_first(self):
        return self.order_by(F("starts_on").desc(nulls_last=True), "-code")


class ProgrammeQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """That a series of training exists is public; its sessions say for themselves."""
        return self
