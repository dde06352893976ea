"""Reads of meetings and decisions."""

from django.db import models
from django.db.models import F, Q

from commons.querysets import by_wish
from core.visibility import Visibility
from organizations.standing import standing_of


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Convened public meetings to all; anything not private to the community; planned and private ones to the
        coordination team."""
        standing = standing_of(user, now)
        if standing.is_coordination:
            return self
        seen = Q(visibility=Visibility.PUBLIC) & ~Q(state="planned")
        if standing.is_community:
            seen |= Q(visibility__in=[Visibility.PUBLIC, Visibility.COMMUNITY]) & ~Q(state="planned")
        return self.filter(seen)

    def for_year(self, year):
        return self.filter(year=year)

    def newest_first(self):
        return self.order_by(F("starts_on").desc(nulls_first=True), "-code")

    def ahead(self, now):
        """Meetings with a known beginning that are not over, nearest first."""
        return self.filter(ends_at__gt=now, state__in=["convened", "in_session"]).order_by("starts_at")


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Public once the meeting's outcome is published; before that, and for community ones, the organisations."""
        standing = standing_of(user, now)
        if standing.is_coordination:
            return self
        published = Q(meeting__state="published", meeting__visibility=Visibility.PUBLIC)
        seen = Q(visibility=Visibility.PUBLIC) & published
        if standing.is_community:
            seen |= Q(visibility__in=[Visibility.PUBLIC, Visibility.COMMUNITY]) & ~Q(
                meeting__visibility=Visibility.PRIVATE
            )
        return self.filter(seen)

    def for_year(self, year):
        return self.filter(meeting__year=year)

    def with_context(self):
        return self.select_related("meeting", "theme").order_by("theme__position", "number", "code")


class AgendaItemQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        return self.filter(by_wish(user, now)) if not standing_of(user, now).is_coordination else self
