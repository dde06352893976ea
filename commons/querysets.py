"""Reads of themes, texts and actions."""

from django.db import models
from django.db.models import Case, F, IntegerField, Prefetch, Q, Value, When

from core.visibility import Visibility
from organizations.querysets import held_on
from organizations.standing import standing_of


def within_visibility(user, now):
    """Q for the records whose visibility includes a reader: public ones and, for the community, its own."""
    standing = standing_of(user, now)
    seen = Q(visibility=Visibility.PUBLIC)
    if standing.is_community:
        seen |= Q(visibility=Visibility.COMMUNITY)
    return seen


class ThemeQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Themes are public words."""
        return self

    def in_order(self):
        return self.order_by("position", "slug")

    def offered_on(self, day):
        """Themes one may choose on a day; retired ones stay on what was written before."""
        return self.filter(held_on(day, "offered_from", "retired_on")).order_by("position", "slug")


class TextQuerySet(models.QuerySet):
    def with_versions(self):
        """Each text with its versions, oldest first, in one more query."""
        versions = self.model._meta.get_field("versions").related_model.objects.order_by("number")
        return self.prefetch_related(Prefetch("versions", queryset=versions, to_attr="all_versions"))


class SignOffQuerySet(models.QuerySet):
    def of(self, text):
        """Every answer about the official versions of a text, the first that was given first."""
        return self.filter(version__text=text).select_related("organization", "version").order_by("signed_at", "pk")

    def answered(self, versions):
        """{(version id, organisation id)} of those who answered about these versions. One query."""
        return set(self.filter(version__in=versions).values_list("version_id", "organization_id"))


def file_seen(standing, now, prefix=""):
    """Q for the files that a reader may see: those of its visibility once the embargo is over, and those of its own
    organisations."""
    visibilities = [Visibility.PUBLIC, Visibility.COMMUNITY] if standing.is_community else [Visibility.PUBLIC]
    over = Q(**{f"{prefix}embargo_until": None}) | Q(**{f"{prefix}embargo_until__lte": now})
    own = Q(**{f"{prefix}organization__in": standing.organizations})
    return Q(**{f"{prefix}visibility__in": visibilities}) & over | own


class FileQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """By their visibility once their embargo is over; before, to the organisation that gave them and the coordination
        team."""
        standing = standing_of(user, now)
        return self if standing.is_coordination else self.filter(file_seen(standing, now))


class ActionItemQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Public ones to all once what they come from is published; public and community ones to the community;
        private ones to those who own or coordinate them."""
        standing = standing_of(user, now)
        if standing.is_coordination:
            return self
        released = Q() if standing.is_community else Q(held_back=False)
        return self.filter(within_visibility(user, now) & released | Q(organization__in=standing.organizations))

    def unfinished(self):
        return self.filter(state__in=["open", "in_progress"])

    def overdue_on(self, day):
        """Unfinished ones whose day has passed."""
        return self.unfinished().filter(due_on__lt=day)

    def overdue_first(self):
        """What is to be done by its day, what has no day, then what is finished."""
        finished = Case(
            When(state__in=["done", "dropped"], then=Value(1)), default=Value(0), output_field=IntegerField()
        )
        return self.order_by(finished, F("due_on").asc(nulls_last=True), "code")

    def with_people(self):
        return self.select_related("organization", "person")
