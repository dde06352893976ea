"""Reads of meetings, decisions and agendas. One question decides for all three: may this reader know of the meeting."""

import datetime

from django.db import models
from django.db.models import BooleanField, Count, ExpressionWrapper, F, Prefetch, Q

from commons.querysets import file_seen
from core.visibility import Visibility
from organizations.standing import standing_of


def meeting_seen(standing, prefix=""):
    """Q: the meeting itself may be known. Planned ones, and those cancelled before anybody was called, may not."""

    def q(**conditions):
        return Q(**{f"{prefix}{name}": value for name, value in conditions.items()})

    wishes = [Visibility.PUBLIC, Visibility.COMMUNITY] if standing.is_community else [Visibility.PUBLIC]
    never_called = q(state="cancelled", convened_at=None)
    return q(visibility__in=wishes) & ~q(state="planned") & ~never_called


def decision_seen(standing, now, prefix=""):
    """Q: a decision may be known: to the public once its meeting's outcome is published."""
    published = Q(**{f"{prefix}visibility": Visibility.PUBLIC, f"{prefix}meeting__visibility": Visibility.PUBLIC})
    if not standing.is_community:
        return published & outcome_out(now, f"{prefix}meeting__")
    wishes = Q(**{f"{prefix}visibility__in": [Visibility.PUBLIC, Visibility.COMMUNITY]})
    return wishes & meeting_seen(standing, f"{prefix}meeting__")


def outcome_out(now, prefix=""):
    """Q: a meeting's outcome is published: by an act or, where it was announced and signed, by its hour."""
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
        """Meetings with a known beginning that are not over, nearest first."""
        return self.filter(ends_at__gt=now, state__in=["convened", "in_session"]).order_by("starts_at")

    def beginning_between(self, since, until):
        """Convened meetings that begin in a half-open span, by their hour or, where only days are known, their day."""
        by_hour = Q(starts_at__gte=since, starts_at__lt=until)
        # A day begins up to 14 hours before or 12 after its UTC date; the exact instant is computed by the reader.
        by_day = Q(starts_at=None, starts_on__gte=_day(since, -1), starts_on__lte=_day(until, 1))
        return self.filter(by_hour | by_day, state="convened", date_precision="day").order_by("starts_on", "code")

    def on_calendars(self, user, now):
        """Convened meetings with days or hours, cancelled ones too: calendars must hear of them. `is_seen` says whether
        this reader may know of each; whoever lists them looks at it."""
        standing = standing_of(user, now)
        seen = Q(pk__gt=0) if standing.is_coordination else meeting_seen(standing)
        dated = Q(starts_at__isnull=False) | Q(starts_on__isnull=False, date_precision="day")
        never_called = Q(state="planned") | Q(state="cancelled", convened_at=None)
        rows = self.filter(dated).exclude(never_called).annotate(is_seen=ExpressionWrapper(seen, BooleanField()))
        return rows.order_by(F("starts_on").asc(nulls_last=True), "code")

    def with_outcome(self):
        """Each meeting with the text of its outcome and all versions, in one more query."""
        versions = self.model._meta.get_field("outcome").related_model._meta.get_field("versions").related_model
        ordered = Prefetch(
            "outcome__versions", queryset=versions.objects.order_by("number"), to_attr="all_versions"
        )  # fmt: skip
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
        """Items of a meeting the reader may know of, by their own wish; restricted ones to the coordination team."""
        standing = standing_of(user, now)
        if standing.is_coordination:
            return self
        wishes = [Visibility.PUBLIC, Visibility.COMMUNITY] if standing.is_community else [Visibility.PUBLIC]
        return self.filter(meeting_seen(standing, "meeting__"), visibility__in=wishes)

    def in_order(self):
        return self.select_related("presenter", "room").order_by(F("day").asc(nulls_first=True), "position", "pk")


class PaperQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Papers of points the reader may know of, each by its file's own wish and embargo."""
        standing = standing_of(user, now)
        rows = self.select_related("file__organization")
        if standing.is_coordination:
            return rows
        wishes = [Visibility.PUBLIC, Visibility.COMMUNITY] if standing.is_community else [Visibility.PUBLIC]
        item = meeting_seen(standing, "item__meeting__") & Q(item__visibility__in=wishes)
        return rows.filter(item & file_seen(standing, now, "file__"))

    def by_item(self, meeting):
        """{item id: [Paper]} of a meeting. One query."""
        found = {}
        for row in self.filter(item__meeting=meeting).order_by("file__added_at", "pk"):
            found.setdefault(row.item_id, []).append(row)
        return found


class ItemProposalQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """An organisation's own, and all of them to the coordination team: what was not taken is nobody else's."""
        standing = standing_of(user, now)
        rows = self.select_related("organization")
        return rows if standing.is_coordination else rows.filter(organization__in=standing.organizations)

    def counting(self):
        """Those that use up minutes."""
        return self.filter(state__in=["proposed", "taken"])


class DatePollQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Polls of meetings of the community to its members, whose dates they are; to nobody else but the coordination
        team, not even once the meeting is public."""
        standing = standing_of(user, now)
        if standing.is_coordination:
            return self
        if not standing.is_community:
            return self.none()
        return self.filter(meeting__visibility__in=[Visibility.PUBLIC, Visibility.COMMUNITY])

    def closing_between(self, since, until):
        return self.filter(state="open", closes_at__gte=since, closes_at__lt=until).select_related("meeting")

    def to_answer(self, address, now):
        """Open polls in which this address was asked and has not answered."""
        waiting = self.filter(state="open", closes_at__gt=now, voices__address=address, voices__answered_at=None)
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
        """Parts of minutes that the reader may see: not those about a point they may not know of, and a restricted
        one only where they are named."""
        standing = standing_of(user, now)
        if standing.is_coordination:
            return self
        if not standing.is_community:
            return self.none()
        known = Q(item=None) | Q(item__visibility__in=[Visibility.PUBLIC, Visibility.COMMUNITY])
        named = ~Q(handling="restricted") | Q(pk__in=self.model.readers.through.objects.filter(
            person_id=standing.person_id).values("minutespart_id"))  # fmt: skip
        seen = meeting_seen(standing, "minutes__meeting__")
        return self.filter(seen, known, named, minutes__state__in=["circulated", "approved"])

    def in_order(self):
        """As the agenda goes; the general part comes last."""
        day = F("item__day").asc(nulls_first=True)
        return self.order_by(models.Case(models.When(item=None, then=1), default=0), day, "item__position", "pk")


class CommuniqueQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """To the organisations from the beginning; to everybody once it is out and its meeting is public."""
        standing = standing_of(user, now)
        if standing.is_coordination:
            return self
        seen = meeting_seen(standing, "meeting__")
        return self.filter(seen) if standing.is_community else self.filter(seen & outcome_out(now, "meeting__"))

    def whole(self):
        """With the meeting and its text, all versions included, in two more queries."""
        versions = self.model.version.field.related_model.objects.order_by("number")
        ordered = Prefetch("meeting__outcome__versions", queryset=versions, to_attr="all_versions")
        return self.select_related("meeting__outcome", "version", "photograph").prefetch_related(ordered)

    def due(self, now):
        """Those whose announced hour has come, which somebody signed and whose meeting is over."""
        found = self.filter(outcome_out(now, "meeting__"), state="signing").select_related("meeting")
        return found.exclude(meeting__visibility=Visibility.PRIVATE)

    def asked(self, now):
        """Those that are open for signing and whose hour is ahead."""
        return self.filter(state="signing", publishes_at__gt=now).select_related("meeting")
