"""Reads of committees, seats and terms: public registers."""

from django.db import models
from django.db.models import Prefetch, Q

from organizations.querysets import held_on


class CommitteeQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        return self

    def in_order(self):
        return self.order_by("position", "slug")


class SeatQuerySet(models.QuerySet):
    def in_order(self):
        return self.select_related("sector").order_by("sector__position", "sector__slug", "ordinal")

    def with_terms(self):
        """Each seat with `held`, its terms newest first; one more query."""
        terms = self.model._meta.get_field("terms").related_model.objects.newest_first()
        return self.prefetch_related(Prefetch("terms", queryset=terms, to_attr="held"))


class TermQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Who represents the community is public."""
        return self

    def on(self, day):
        """Terms running on a day. A term without a known end runs until one is recorded."""
        return self.filter(held_on(day, "starts_on", "ended_on")).filter(
            Q(planned_end=None) | Q(planned_end__gte=day) | Q(ended_on__gte=day)
        )

    def newest_first(self):
        return self.select_related("person", "organization").order_by("-starts_on", "-pk")

    def with_people(self):
        return self.select_related("seat__committee", "seat__sector", "person", "organization").order_by(
            "seat__committee__position", "seat__ordinal", "-starts_on"
        )
