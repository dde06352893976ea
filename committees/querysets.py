"""Reads of committees, seats and terms: public registers."""

from django.db import models
from django.db.models import Prefetch, Q

from committees.states import NominationState
from core.visibility import Visibility
from organizations.querysets import held_on
from organizations.standing import standing_of


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


class ElectionQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """From the call on, by its wish; in preparation, and what was annulled before any call, the coordination team."""
        standing = standing_of(user, now)
        if standing.is_coordination:
            return self
        wishes = [Visibility.PUBLIC, Visibility.COMMUNITY] if standing.is_community else [Visibility.PUBLIC]
        return self.filter(visibility__in=wishes).exclude(state="draft").exclude(rules_hash="")

    def newest_first(self):
        return self.select_related("committee").order_by("-opens_at", "-code")


class NominationQuerySet(models.QuerySet):
    def with_people(self):
        return self.select_related("organization", "proposed_by", "person").order_by("number", "name", "pk")

    def candidates(self):
        """Those who accepted, in the order of the ballot."""
        return self.filter(state=NominationState.ACCEPTED).with_people()


class RollQuerySet(models.QuerySet):
    def in_order(self):
        return self.select_related("organization", "voter", "alternate").order_by("organization__position", "pk")

    def of_person(self, person_id):
        """Where a person votes, as voter or alternate."""
        return self.filter(Q(voter=person_id) | Q(alternate=person_id))
