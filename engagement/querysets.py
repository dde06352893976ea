"""Reads of visits and training."""

from django.db import models
from django.db.models import F, Q

from core.visibility import Visibility
from engagement.states import ActivityState
from organizations.standing import standing_of


class PublishedQuerySet(models.QuerySet):
    """Visits and training sessions: public once published; planned ones stay among the organisations; private ones
    with those who write for a host."""

    def visible_to(self, user, now):
        standing = standing_of(user, now)
        if standing.is_coordination:
            return self
        seen = Q(visibility=Visibility.PUBLIC, state=ActivityState.PUBLISHED)
        if standing.is_community:
            seen |= Q(visibility__in=[Visibility.PUBLIC, Visibility.COMMUNITY])
        if standing.writes_for:
            hosted = self.model.hosts.through.objects.filter(organization__in=standing.writes_for)
            seen |= Q(pk__in=hosted.values(f"{self.model._meta.model_name}_id"))
        return self.filter(seen)

    def for_year(self, year):
        return self.filter(year=year)

    def newest_first(self):
        return self.order_by(F("starts_on").desc(nulls_last=True), "-code")


class ProgrammeQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """That a series of training exists is public; each of its sessions has a visibility of its own."""
        return self


class RegulationQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Facts with a source are public at once, unless whoever recorded them left them to the member organisations."""
        if standing_of(user, now).is_community:
            return self
        return self.filter(visibility=Visibility.PUBLIC)

    def newest_first(self):
        return self.order_by("-state_on", "-code")
