"""Reads of threats and opportunities."""

from django.db import models
from django.db.models import Count, F

from organizations.standing import standing_of
from priorities.states import PUBLISHED_STATES, ThreatState


class ThreatQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """All to the member organisations, but what its owner withdrew; to everybody, what was adopted, once the year
        is published."""
        standing = standing_of(user, now)
        if standing.is_community:
            withdrawn = models.Q(state=ThreatState.WITHDRAWN)
            return self.exclude(withdrawn & ~models.Q(organization__in=standing.writes_for))
        return self.filter(state=ThreatState.ADOPTED, cycle__state__in=PUBLISHED_STATES)

    def for_year(self, year):
        return self.filter(cycle__year=year)

    def weighed(self):
        """With `behind`, how many organisations endorse each; most first, then what weighs most."""
        counted = self.annotate(behind=Count("endorsements"), weight=F("impact") * F("urgency"))
        return counted.select_related("theme", "organization", "cycle").order_by("-behind", "-weight", "code")

    def merges_to_answer(self, organizations):
        """Those of these organisations that the coordination team would merge into another."""
        wanted = self.filter(organization__in=organizations, state=ThreatState.FILED).exclude(merge_wanted=None)
        return wanted.select_related("merge_wanted", "organization")


class EndorsementQuerySet(models.QuerySet):
    def in_order(self):
        return self.select_related("organization").order_by("organization__position")
