"""Institutions, visits and meetings with policymakers, training for justice and law enforcement."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.countries import name as country_name
from core.dates import Precision
from core.records.models import Citable
from core.sources import SourcedModel
from core.text import TranslatedModel, translated
from core.visibility import VisibleModel
from engagement.querysets import ProgrammeQuerySet, PublishedQuerySet
from engagement.states import ActivityKind, ActivityState, InstitutionKind, SessionState
from organizations.models import Organization
from spaces.models import Space


class Institution(TranslatedModel, SourcedModel):
    """A public body: the door through which people of policy are met."""

    slug = models.SlugField(max_length=60, unique=True)
    name = translated(models.CharField(_("name"), max_length=200))
    kind = models.CharField(_("kind"), max_length=18, choices=InstitutionKind)
    country = models.CharField(_("country"), max_length=2, blank=True)
    space = models.ForeignKey(Space, null=True, blank=True, on_delete=models.PROTECT, related_name="institutions")

    def __str__(self):
        return self.name


class DatedModel(models.Model):
    """Dates as exact as the source gives them, and where."""

    year = models.PositiveSmallIntegerField(_("year"))
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    date_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    date_note = translated(models.CharField(_("note on the date"), max_length=240))
    venue = translated(models.CharField(_("venue"), max_length=160))
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)

    class Meta:
        abstract = True

    @property
    def place(self):
        country = country_name(self.country) if self.country else ""
        return ", ".join(part for part in (self.city, country) if part)


class Activity(Citable, TranslatedModel, SourcedModel, VisibleModel, DatedModel):
    """A visit to Casa de Internet, a meeting, a hearing or a letter with policymakers."""

    kind = models.CharField(_("kind"), max_length=8, choices=ActivityKind, default=ActivityKind.VISIT)
    title = translated(models.CharField(_("title"), max_length=240))
    summary = translated(models.TextField(_("summary")))
    institutions = models.ManyToManyField(Institution, related_name="activities")
    hosts = models.ManyToManyField(Organization, blank=True, related_name="activities", verbose_name=_("hosts"))
    taking_part = models.ManyToManyField(
        Organization,
        blank=True,
        related_name="activities_joined",
        verbose_name=_("taking part"),
        help_text=_("Named by the source as taking part, where it does not say who received."),
    )
    state = models.CharField(_("state"), max_length=10, choices=ActivityState, default=ActivityState.PLANNED)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "activities"

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return reverse("engagement:activity_detail", args=[self.code])


class TrainingProgramme(TranslatedModel, SourcedModel):
    """A series of training for judges, prosecutors and law enforcement; the names of its sessions change."""

    slug = models.SlugField(max_length=60, unique=True)
    name = translated(models.CharField(_("name"), max_length=200))
    description = translated(models.TextField(_("description")))

    objects = ProgrammeQuerySet.as_manager()

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("engagement:programme_detail", args=[self.slug])


class TrainingSession(Citable, TranslatedModel, SourcedModel, VisibleModel, DatedModel):
    """One training. No participant is stored: totals as the source gives them."""

    programme = models.ForeignKey(TrainingProgramme, on_delete=models.PROTECT, related_name="sessions")
    title = translated(models.CharField(_("title"), max_length=240))
    summary = translated(models.TextField(_("summary")))
    hosts = models.ManyToManyField(Organization, blank=True, related_name="training_sessions")
    attendees = models.PositiveIntegerField(_("attendees"), null=True, blank=True)
    countries = models.PositiveSmallIntegerField(_("countries represented"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=SessionState, default=SessionState.PLANNED)

    objects = PublishedQuerySet.as_manager()

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return reverse("engagement:session_detail", args=[self.code])
