"""Spaces, their editions, and the deadlines of editions, which move."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.clock import ZoneField
from core.countries import name as country_name
from core.dates import Precision
from core.records.models import Citable
from core.sources import SourcedModel
from core.text import TranslatedModel, translated
from core.visibility import VisibleModel
from organizations.models import Organization, Person
from spaces.querysets import EditionDeadlineQuerySet, EditionQuerySet, ParticipationQuerySet, SpaceQuerySet
from spaces.states import (
    PARTICIPATION_MOVES,
    DeadlineKind,
    EditionState,
    Mode,
    ParticipationKind,
    ParticipationState,
    SpaceKind,
)

ONE_MINUTE = datetime.timedelta(minutes=1)


class Space(TranslatedModel, SourcedModel):
    """A forum, body or initiative where Internet governance happens."""

    slug = models.SlugField(max_length=60, unique=True)
    name = translated(models.CharField(_("name"), max_length=160))
    acronym = models.CharField(_("acronym"), max_length=24, blank=True)
    description = translated(models.TextField(_("description")))
    kind = models.CharField(_("kind"), max_length=18, choices=SpaceKind)
    country = models.CharField(_("country"), max_length=2, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    site = models.URLField(_("site"), blank=True)
    position = models.PositiveSmallIntegerField(default=99)

    objects = SpaceQuerySet.as_manager()

    def __str__(self):
        return self.acronym or self.name

    def get_absolute_url(self):
        return reverse("spaces:space_detail", args=[self.slug])

    @property
    def short_name(self):
        return self.acronym or self.name

    @property
    def country_name(self):
        return country_name(self.country) if self.country else ""


class Edition(Citable, TranslatedModel, SourcedModel):
    """One year's occurrence of a space, with its dates as exact as the source gives them."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="editions")
    year = models.PositiveSmallIntegerField(_("year"))
    ordinal = models.PositiveSmallIntegerField(_("number of the edition"), null=True, blank=True)
    title = translated(models.CharField(_("title"), max_length=200))
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    date_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    zone = ZoneField(blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, blank=True, default=Mode.UNKNOWN)
    state = models.CharField(_("state"), max_length=10, choices=EditionState, default=EditionState.ANNOUNCED)
    note = translated(models.TextField(_("note")))

    #: Of `with_deadlines()`.
    dated_deadlines: "list[EditionDeadline]"

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")), name="edition_in_order"
            ),
        ]

    def __str__(self):
        return f"{self.space} {self.year}"

    def get_absolute_url(self):
        return reverse("spaces:edition_detail", args=[self.code])

    @property
    def country_name(self):
        return country_name(self.country) if self.country else ""

    @property
    def place(self):
        return ", ".join(part for part in (self.city, self.country_name) if part)

    def is_over_on(self, day):
        """Whether it is over; where no days are known, once its year has passed."""
        last = self.ends_on or self.starts_on
        return last < day if last else self.year < day.year


class EditionChange(models.Model):
    """The dates of an edition were moved: what they were before. Nothing is overwritten without a row here."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="changes")
    old_starts_on = models.DateField(null=True, blank=True)
    old_ends_on = models.DateField(null=True, blank=True)
    old_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    at = models.DateTimeField()
    by = models.CharField(max_length=36, blank=True)
    note = models.CharField(_("reason"), max_length=300, blank=True)

    def __str__(self):
        return f"{self.edition_id}: {self.old_starts_on}"


class EditionDeadline(TranslatedModel, SourcedModel):
    """Until when something may be sent to an edition: an instant with its announced zone, or only a day."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="deadlines")
    kind = models.CharField(_("kind"), max_length=14, choices=DeadlineKind, default=DeadlineKind.OTHER)
    title = translated(models.CharField(_("title"), max_length=200))
    opens_on = models.DateField(_("opens"), null=True, blank=True)
    day = models.DateField(_("day"), help_text=_("The last day, in the announced zone."))
    closes_at = models.DateTimeField(
        _("closes"), null=True, blank=True, help_text=_("Closing instant (exclusive), if known.")
    )
    zone = ZoneField(blank=True, help_text=_("As announced; empty if the announcement did not say."))
    note = translated(models.TextField(_("note")))

    #: Of `with_changes()`, oldest first.
    moves: "list[DeadlineChange]"

    objects = EditionDeadlineQuerySet.as_manager()

    def __str__(self):
        return f"{self.edition}: {self.title}"

    @property
    def last_minute(self):
        """The minute that was announced ("until 23:59"), one before the exclusive instant."""
        return self.closes_at and self.closes_at.replace(second=0, microsecond=0) - ONE_MINUTE


class DeadlineChange(models.Model):
    """A deadline was moved: what it was before, when known. Nothing is overwritten without a row here."""

    deadline = models.ForeignKey(EditionDeadline, on_delete=models.CASCADE, related_name="changes")
    old_day = models.DateField(_("previous day"), null=True, blank=True)
    new_day = models.DateField(_("new day"))
    announced_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=36, blank=True)
    note = models.CharField(max_length=300, blank=True)

    def __str__(self):
        return f"{self.old_day} → {self.new_day}"


class ParticipationAction(Citable, TranslatedModel, SourcedModel, VisibleModel):
    """Our part in an edition: what one organisation does there, from the plan to the evidence."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="participation")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="participation")
    kind = models.CharField(_("kind"), max_length=12, choices=ParticipationKind, default=ParticipationKind.SPEAKER)
    title = translated(models.CharField(_("title"), max_length=240))
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="participation", verbose_name=_("person")
    )
    state = models.CharField(_("state"), max_length=9, choices=ParticipationState, default=ParticipationState.PLANNED)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    evidence = models.URLField(_("evidence"), max_length=500, blank=True)
    #: When its state was last reported: what the news are sorted by.
    reported_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ParticipationState.DROPPED) | ~Q(reason=""), name="participation_dropped_with_reason"
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return reverse("spaces:participation_detail", args=[self.code])

    @property
    def still_changes(self):
        """Whether it is neither done nor given up; only until then it may be corrected."""
        return bool(PARTICIPATION_MOVES[self.state])
