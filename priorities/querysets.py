"""Reads of cycles, plans and priorities."""

from django.db import models
from django.db.models import Count, Q

from core.visibility import Visibility
from organizations.standing import standing_of
from priorities.states import PUBLISHED_STATES, PlanState


class CycleQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Open and later cycles to the community, published ones to all, drafts to the coordination team."""
        standing = standing_of(user, now)
        if standing.is_coordination:
            return self
        if standing.is_community:
            return self.exclude(state="draft")
        return self.filter(state__in=PUBLISHED_STATES)

    def newest_first(self):
        return self.order_by("-year")


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Submitted plans to the community, published ones to all; a draft only to those who write it.

        The coordination team sees that a draft exists (in the cycle's dashboard), never its words.
        """
        standing = standing_of(user, now)
        filed = ~Q(state=PlanState.DRAFT)
        own = Q(organization__in=standing.writes_for)
        if standing.is_community:
            return self.filter(filed | own)
        return self.filter(filed & Q(cycle__state__in=PUBLISHED_STATES) | own)

    def with_counts(self):
        return self.annotate(priority_count=Count("priorities"))


class PriorityQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Drafts to their writers; submitted ones to the community; to all, what their owner made public once the
        cycle is published."""
        standing = standing_of(user, now)
        filed = ~Q(plan__state=PlanState.DRAFT)
        seen = filed & Q(visibility=Visibility.PUBLIC, plan__cycle__state__in=PUBLISHED_STATES)
        if standing.is_community:
            seen |= filed & Q(visibility__in=[Visibility.PUBLIC, Visibility.COMMUNITY])
        return self.filter(seen | Q(plan__organization__in=standing.writes_for))

    def for_year(self, year):
        return self.filter(plan__cycle__year=year)

    def with_context(self):
        return self.select_related("plan__organization", "plan__cycle", "theme").order_by(
            "plan__organization__position", "rank", "code"
        )
