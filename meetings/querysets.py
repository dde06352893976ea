"""Lists of meetings and what belongs to them, as far as a reader can see them; mostly that follows from the meeting."""

import datetime

from django.db import models
from django.db.models import BooleanField, Count, ExpressionWrapper, F, Prefetch, Q

from commons.querysets import file_seen
from core.visibility import Visibility
from organizations.standing import standing_of


def _visibilities(standing):
    """What the reader can see by its visibility alone."""
    return [Visibility.PUBLIC, Visibility.COMMUNITY] if standing.is_community else [Visibility.PUBLIC]


def meeting_seen(standing, prefix=""):
    """Q: the meeting can be seen; not while planned, and not where it was cancelled before it was convened."""

    def q(**conditions):
        return Q(**{f"{prefix}{name}": value for name, value in conditions.items()})

    never_convened = q(state="cancelled", convened_at=None)
    return q(visibility__in=_visibilities(standing)) & ~q(state="planned") & ~never_convened


def decision_seen(standing, now, prefix=""):
    """Q: a decision can be seen: by the public once its meeting's outcome is published."""
    published = Q(**{f"{prefix}visibility": Visibility.PUBLIC, f"{prefix}meeting__visibility": Visibility.PUBLIC})
    if not standing.is_community:
        return published & outcome_published(now, f"{prefix}meeting__")
    visible = Q(**{f"{prefix}visibility__in": [Visibility.PUBLIC, Visibility.COMMUNITY]})
    return visible & meeting_seen(standing, f"{prefix}meeting__")


def outcome_published(now, prefix=""):
    """Q: a meeting's outcome is published: by hand, or because the time of a signed communiqué has come."""
    due = {"state": "signing", "is_signed": True, "publishes_at__lte": now}
    by_hour = Q(**{f"{prefix}state": "held"}, **{f"{prefix}communique__{name}": is_ for name, is_ in due.items()})
    return Q(**{f"{prefix}state": "published"}) | by_hour


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Convened public meetings to all, those of the community to its members; planned and private ones to the
        coordination team."""
        standing = standing_of(user, now)
        return self if standing.is_coordination else self.filter(meeting_seen(standing))

    def for_year(self, year):
        return self.filter(year=year)

    def newest_first(self):
        return self.order_by("-year", F("starts_on").desc(nulls_first=True), "-code")

    def ahead(self, now):
        """Meetings with a known beginning that are not over, the next one first."""
        return self.filter(ends_at__gt=now, state__in=["convened", "in_session"]).order_by("starts_at")

    def beginning_between(self, since, until):
        """Convened meetings that begin in a half-open span, by their hour or, where only days are known, their day."""
        by_hour = Q(starts_at__gte=since, starts_at__lt=until)
        # A day begins up to 14 hours before or 12 after its UTC date; the exact instant is computed by the reader.
        by_day = Q(starts_at=None, starts_on__gte=_day(since, -1), starts_on__lte=_day(until, 1))
        return self.filter(by_hour | by_day, state="convened", date_precision="day").order_by("starts_on", "code")

    def on_calendars(self, user, now):
        """Convened meetings with days or hours, cancelled ones too, which calendars must hear of.

        `is_seen` says whether this reader can see each: those that are hidden again only count as a change.
        """
        standing = standing_of(user, now)
        seen = Q(pk__gt=0) if standing.is_coordination else meeting_seen(standing)
        dated = Q(starts_at__isnull=False) | Q(starts_on__isnull=False, date_precision="day")
        never_convened = Q(state="planned") | Q(state="cancelled", convened_at=None)
        rows = self.filter(dated).exclude(never_convened).annotate(is_seen=ExpressionWrapper(seen, BooleanField()))
        return rows.order_by(F("starts_on").asc(nulls_last=True), "code")

    def with_outcome(self):
        """Each meeting with the text of its outcome and all versions, in one more query."""
        versions = self.model._meta.get_field("outcome").related_model._meta.get_field("versions").related_model
        ordered = Prefetch("outcome__versions", queryset=versions.objects.order_by("number"), to_attr="all_versions")
        return self.select_related("outcome", "communique__photograph").prefetch_related(ordered)

    def with_decision_count(self, user, now):
        """Each meeting with how many of its decisions this reader may see."""
        standing = standing_of(user, now)
        seen = None if standing.is_coordination else decision_seen(standing, now, "decisions__")
        return self.annotate(decision_count=Count("decisions", filter=seen, distinct=True))


def _day(moment, days):
    return moment.date() + datetime.timedelta(days=days)


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Public once the meeting's outcome is published; before that, and for community ones, the organisations."""
        standing = standing_of(user, now)
        return self if standing.is_coordination else self.filter(decision_seen(standing, now))

    def for_year(self, year):
        return self.filter(meeting__year=year)

    def with_context(self):
        return self.select_related("meeting", "theme").order_by("theme__position", "number", "code")

    def by_number(self):
        return self.select_related("theme").order_by("number", "code")


class AgendaItemQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Items of a meeting the reader can see, by their own visibility; private ones to the coordination team."""
        standing = standing_of(user, now)
        if standing.is_coordination:
            return self
        return self.filter(meeting_seen(standing, "meeting__"), visibility__in=_visibilities(standing))

    def in_order(self):
        return self.select_related("presenter", "room").order_by(F("day").asc(nulls_first=True), "position", "pk")


class PaperQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Papers of items the reader can see, each by its file's own visibility and embargo."""
        standing = standing_of(user, now)
        rows = self.select_related("file__organization")
        if standing.is_coordination:
            return rows
        item = meeting_seen(standing, "item__meeting__") & Q(item__visibility__in=_visibilities(standing))
        return rows.filter(item & file_seen(standing, now, "file__"))

    def by_item(self, meeting):
        """The papers of a meeting, {item id: papers}. One query."""
        found = {}
        for row in self.filter(item__meeting=meeting).order_by("file__added_at", "pk"):
            found.setdefault(row.item_id, []).append(row)
        return found


class ItemProposalQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """The reader's own organisations' proposals; all of them to the coordination team."""
        standing = standing_of(user, now)
        rows = self.select_related("organization")
        return rows if standing.is_coordination else rows.filter(organization__in=standing.organizations)

    def counting(self):
        """Proposals that use up minutes."""
        return self.filter(state__in=["proposed", "taken"])


class DatePollQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Polls on meetings of the community to its members; to nobody else but the coordination team, not even once the
        meeting is public."""
        standing = standing_of(user, now)
        if standing.is_coordination:
            return self
        if not standing.is_community:
            return self.none()
        return self.filter(meeting__visibility__in=[Visibility.PUBLIC, Visibility.COMMUNITY])

    def closing_between(self, since, until):
        return self.filter(state="open", closes_at__gte=since, closes_at__lt=until).select_related("meeting")

    def to_answer(self, address, now):
        """Open polls of which this address is a respondent that has not answered."""
        waiting = self.filter(
            state="open", closes_at__gt=now, respondents__address=address, respondents__answered_at=None
        )
        return waiting.select_related("meeting")


class MinutesQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """The organisations, once circulated; a draft is the coordination team's. Visitors read the outcome instead."""
        standing = standing_of(user, now)
        if standing.is_coordination:
            return self
        if not standing.is_community:
            return self.none()
        return self.filter(meeting_seen(standing, "meeting__"), state__in=["circulated", "approved"])


class MinutesPartQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Parts of circulated minutes about items the reader can see; restricted ones only where they are named."""
        standing = standing_of(user, now)
        if standing.is_coordination:
            return self
        if not standing.is_community:
            return self.none()
        known = Q(item=None) | Q(item__visibility__in=[Visibility.PUBLIC, Visibility.COMMUNITY])
        naming = self.model.readers.through.objects.filter(person_id=standing.person_id).values("minutespart_id")
        named = ~Q(handling="restricted") | Q(pk__in=naming)
        seen = meeting_seen(standing, "minutes__meeting__")
        return self.filter(seen, known, named, minutes__state__in=["circulated", "approved"])

    def in_order(self):
        """As the agenda goes; the general part comes last."""
        day = F("item__day").asc(nulls_first=True)
        return self.order_by(models.Case(models.When(item=None, then=1), default=0), day, "item__position", "pk")


class CommuniqueQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """To the organisations from the beginning; to everybody once published, where its meeting is public."""
        standing = standing_of(user, now)
        if standing.is_coordination:
            return self
        seen = meeting_seen(standing, "meeting__")
        return self.filter(seen) if standing.is_community else self.filter(seen & outcome_published(now, "meeting__"))

    def whole(self):
        """Each with its meeting and text, all versions included, in two more queries."""
        versions = self.model.version.field.related_model.objects.order_by("number")
        ordered = Prefetch("meeting__outcome__versions", queryset=versions, to_attr="all_versions")
        return self.select_related("meeting__outcome", "version", "photograph").prefetch_related(ordered)

    def due(self, now):
        """Those whose announced time has come, that somebody signed and whose meeting is over."""
        found = self.filter(outcome_published(now, "meeting__"), state="signing").select_related("meeting")
        return found.exclude(meeting__visibility=Visibility.PRIVATE)

    def open_for_signing(self, now):
        """Those that are open for signing and whose time has not come."""
        return self.filter(state="signing", publishes_at__gt=now).select_related("meeting")
