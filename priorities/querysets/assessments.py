"""Reads of assessments."""

from django.db import models
from django.db.models import Q

from core.visibility import Visibility
from organizations.standing import standing_of
from priorities.states import AssessmentState


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """A draft to those who write it; what is published to the member organisations, or to everybody."""
        standing = standing_of(user, now)
        published = Q(state=AssessmentState.PUBLISHED)
        seen = published & Q(visibility=Visibility.PUBLIC)
        if standing.is_community:
            seen |= published
        if standing.writes_for:
            seen |= Q(organization__in=standing.writes_for)
        if standing.is_coordination:
            seen |= Q(organization=None)
        return self.filter(seen)

    def published(self):
        return self.filter(state=AssessmentState.PUBLISHED)

    def in_order(self):
        """The one of all together first, then by organisation."""
        together = models.F("organization__position").asc(nulls_first=True)
        return self.select_related("organization").order_by("-year", "subject", together)
