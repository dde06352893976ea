"""Reads of cycles, plans, drafts and priorities."""

from django.conf import settings
from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When

from core.visibility import Visibility
from organizations.standing import standing_of
from priorities.states import PUBLISHED_STATES, CycleState, PlanState


class CycleQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Open and later cycles to the community, published ones to all, drafts to the coordination team."""
        standing = standing_of(user, now)
        if standing.is_coordination:
            return self
        if standing.is_community:
            return self.exclude(state=CycleState.DRAFT)
        return self.filter(state__in=PUBLISHED_STATES)

    def newest_first(self):
        return self.order_by("-year")

    def current(self, now):
        """The open cycle in which one writes now: one that accepts plans before one that has ended or not begun."""
        accepts = Case(
            When(opens_at__lte=now, closes_at__gt=now, then=Value(0)), default=Value(1), output_field=IntegerField()
        )
        return self.filter(state=CycleState.OPEN).order_by(accepts, "-year").first()


def entered(prefix=""):
    """Drafts that the coordination team entered for an organisation and that are not taken over yet."""
    waiting = Q(**{f"{prefix}taken_over_at": None, f"{prefix}state": PlanState.DRAFT})
    return waiting & ~Q(**{f"{prefix}entered_from": ""})


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Submitted plans to the community, published ones to all; a draft only to those who write it.

        The coordination team sees that a draft exists (in the cycle's dashboard), never its words, but for what it
        entered itself.
        """
        standing = standing_of(user, now)
        filed = ~Q(state=PlanState.DRAFT)
        own = Q(organization__in=standing.writes_for)
        if standing.is_coordination:
            own |= entered()
        if standing.is_community:
            return self.filter(filed | own)
        return self.filter(filed & Q(cycle__state__in=PUBLISHED_STATES) | own)

    def known_to(self, user, now):
        """Plans of which this person knows that they exist, though not what they say: acts that they may not do
        on these are refused with who may, on all others there is nothing at the address."""
        standing = standing_of(user, now)
        if standing.is_coordination:
            return self
        seen = self.visible_to(user, now).values("pk")
        return self.filter(Q(organization__in=standing.organizations) | Q(pk__in=seen))

    def filed(self):
        return self.exclude(state=PlanState.DRAFT)


class DraftQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Drafts are read by those who write for their organisation; by nobody else. The coordination team reads what
        it entered itself, until the organisation takes it over."""
        standing = standing_of(user, now)
        own = Q(plan__organization__in=standing.writes_for)
        return self.filter(own | entered("plan__") if standing.is_coordination else own)

    def in_order(self):
        return self.order_by("rank", "pk")

    def with_context(self):
        return self.select_related("theme", "continues", "of").prefetch_related("spaces").in_order()


class PriorityQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Submitted ones to the community; to all, what their owner made public once the cycle is published.

        One that was withdrawn, or left out of a later submission, is seen by its own writers alone.
        """
        standing = standing_of(user, now)
        filed = ~Q(plan__state=PlanState.DRAFT) & Q(left_out_at=None)
        seen = filed & Q(visibility=Visibility.PUBLIC, plan__cycle__state__in=PUBLISHED_STATES)
        if standing.is_community:
            seen |= filed & Q(visibility__in=[Visibility.PUBLIC, Visibility.COMMUNITY])
        return self.filter(seen | Q(plan__organization__in=standing.writes_for))

    def filed(self):
        """What is submitted and was not left out since."""
        return self.filter(left_out_at=None).exclude(plan__state=PlanState.DRAFT)

    def for_year(self, year):
        return self.filter(plan__cycle__year=year)

    def earlier_of(self, organization, year):
        """What an organisation submitted in earlier years, newest first; years may have been skipped."""
        earlier = self.filed().filter(plan__organization=organization, plan__cycle__year__lt=year)
        return earlier.select_related("plan__cycle", "theme").order_by("-plan__cycle__year", "rank", "code")

    def containing(self, text):
        """Priorities whose title, reason or action contains a text, in any language; or whose code it is."""
        where = Q(code__iexact=text)
        for name in ("title", "why", "action"):
            for code in settings.CONTENT_LANGUAGES:
                where |= Q(**{f"{name}_{code}__icontains": text})
        return self.filter(where)

    def with_context(self):
        return self.select_related("plan__organization", "plan__cycle", "theme").order_by(
            "plan__organization__position", "plan__organization__acronym", "rank", "code"
        )
