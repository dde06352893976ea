"""Reads of spaces, editions and deadlines, which are all public, and of our part in editions, which has its own visibility."""

from django.db import models
from django.db.models import F, Prefetch, Q

from core.visibility import Visibility
from organizations.standing import standing_of
from spaces.states import PARTICIPATION_SHOWN


class SpaceQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        return self

    def in_order(self):
        return self.order_by("position", "slug")

    def with_editions(self):
        """Each space with `dated_editions`, oldest first, in one more query."""
        editions = self.model._meta.get_field("editions").related_model.objects
        editions = editions.order_by("year", F("starts_on").asc(nulls_last=True), "code")
        return self.prefetch_related(Prefetch("editions", queryset=editions, to_attr="dated_editions"))


class EditionQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Editions are facts about public events."""
        return self

    def for_year(self, year):
        return self.filter(year=year)

    def in_order(self):
        return self.select_related("space").order_by(F("starts_on").asc(nulls_last=True), "space__position", "code")

    def newest_first(self):
        return self.order_by("-year", F("starts_on").desc(nulls_last=True), "-code")

    def with_deadlines(self):
        """Each edition with `dated_deadlines`, in order of day, and how each moved; two more queries."""
        lines = self.model._meta.get_field("deadlines").related_model.objects.order_by("day", "pk")
        return self.prefetch_related(Prefetch("deadlines", queryset=lines.with_changes(), to_attr="dated_deadlines"))


class EditionDeadlineQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        return self

    def ahead(self, now):
        """Deadlines with a known instant that has not passed, nearest first."""
        return self.filter(closes_at__gt=now).select_related("edition__space").order_by("closes_at")

    def with_changes(self):
        """Each deadline with `moves`, oldest first."""
        changes = self.model._meta.get_field("changes").related_model.objects.order_by("pk")
        return self.prefetch_related(Prefetch("changes", queryset=changes, to_attr="moves"))


class ParticipationQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Public once committed or done; planned and dropped ones stay among the organisations; private ones with
        those who write for their organisation."""
        standing = standing_of(user, now)
        seen = Q(visibility=Visibility.PUBLIC, state__in=PARTICIPATION_SHOWN)
        if standing.is_community:
            seen |= ~Q(visibility=Visibility.PRIVATE)
        if standing.writes_for:
            seen |= Q(organization__in=standing.writes_for)
        return self.filter(seen)

    def in_order(self):
        return self.select_related("organization", "edition__space", "person").order_by(
            "organization__position", "code"
        )

    def newest_first(self):
        return self.select_related("organization", "edition__space", "person").order_by("-edition__year", "-code")
