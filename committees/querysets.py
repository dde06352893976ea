"""Reads of committees, seats and terms: public registers."""

from django.db import models
from django.db.models import Q

from organizations.querysets import held_on


class CommitteeQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        return self

    def in_order(self):
        return self.order_by("position", "slug")


class TermQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Who represents the community is public."""
        return self

    def on(self, day):
        """Terms running on a day. A term without a known end runs until one is recorded."""
        return self.filter(held_on(day, "starts_on", "ended_on")).filter(
            Q(planned_end=None) | Q(planned_end__gte=day) | Q(ended_on__gte=day)
        )

    def with_people(self):
        return self.select_related("seat__committee", "seat__sector", "person", "organization").order_by(
            "seat__committee__position", "seat__ordinal", "-starts_on"
        )
