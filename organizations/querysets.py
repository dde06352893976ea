"""Reads of organisations, people and mandates."""

from django.db import models
from django.db.models import Q

from organizations.states import PORTAL_ROLES, OrganizationKind


def held_on(day, start="starts_on", end="ends_on"):
    """Rows whose period contains a day; an empty end is still running, an empty start began before memory."""
    return (Q(**{f"{start}__lte": day}) | Q(**{start: None})) & (Q(**{f"{end}__gte": day}) | Q(**{end: None}))


class OrganizationQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Organisations are public."""
        return self

    def members_on(self, day):
        """The composition of the community on a day, in order of joining then acronym."""
        return self.filter(held_on(day, "member_from", "member_until"), kind=OrganizationKind.MEMBER).in_order()

    def in_order(self):
        return self.order_by("position", "acronym")


class MandateQuerySet(models.QuerySet):
    def on(self, day):
        """Mandates held on a day."""
        return self.filter(held_on(day))

    def for_portal(self):
        return self.filter(role__in=PORTAL_ROLES)

    def with_people(self):
        return self.select_related("person__user", "organization").order_by(
            "organization__position", "role", "person__name"
        )
