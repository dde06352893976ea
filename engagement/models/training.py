"""Training for judges, prosecutors and law enforcement. No participant is stored."""

from dataclasses import replace

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.countries import name as country_name
from core.counts import PublishedCounts, one_way
from core.records.models import Citable
from core.sources import SourcedModel
from core.text import TranslatedModel, translated
from core.visibility import VisibleModel
from engagement.models.institutions import DatedModel
from engagement.querysets import ProgrammeQuerySet, PublishedQuerySet
from engagement.states import SessionState, TraineeRole
from organizations.models import Organization


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
    """One training. No participant is stored: totals as the source gives them, or counts by country and by role.

    The counts as entered are for those who held it; everybody else reads `published_countries` and `published_roles`.
    """

    programme = models.ForeignKey(TrainingProgramme, on_delete=models.PROTECT, related_name="sessions")
    title = translated(models.CharField(_("title"), max_length=240))
    summary = translated(models.TextField(_("summary")))
    hosts = models.ManyToManyField(Organization, blank=True, related_name="training_sessions")
    attendees = models.PositiveIntegerField(_("attendees"), null=True, blank=True)
    countries = models.PositiveSmallIntegerField(_("countries represented"), null=True, blank=True)
    #: {two letters: number} and {engagement.states.TraineeRole: number}; both empty, or of the same sum.
    by_country = models.JSONField(_("by country"), default=dict, blank=True)
    by_role = models.JSONField(_("by role"), default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=10, choices=SessionState, default=SessionState.PLANNED)

    objects = PublishedQuerySet.as_manager()

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return reverse("engagement:session_detail", args=[self.code])

    @property
    def published_countries(self) -> PublishedCounts:
        """How many came from each country, by name, as everybody may read it."""
        counts = one_way(self.by_country)
        return replace(counts, cells=[(country_name(code), number) for code, number in counts.cells])

    @property
    def published_roles(self) -> PublishedCounts:
        """How many there were of each role, in words, as everybody may read it."""
        counts = one_way(self.by_role)
        return replace(counts, cells=[(TraineeRole(role).label, number) for role, number in counts.cells])

    @property
    def was_counted(self) -> bool:
        return bool(self.by_country or self.by_role)
