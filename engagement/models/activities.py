"""Visits, meetings, hearings and letters with policymakers."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.records.models import Citable
from core.sources import SourcedModel
from core.text import TranslatedModel, translated
from core.visibility import VisibleModel
from engagement.models.institutions import DatedModel, Institution
from engagement.querysets import PublishedQuerySet
from engagement.states import ActivityKind, ActivityState
from organizations.models import Organization


class Activity(Citable, TranslatedModel, SourcedModel, VisibleModel, DatedModel):
    """A visit to Casa de Internet, a meeting, a hearing or a letter with policymakers."""

    kind = models.CharField(_("kind"), max_length=8, choices=ActivityKind, default=ActivityKind.VISIT)
    title = translated(models.CharField(_("title"), max_length=240))
    summary = translated(models.TextField(_("summary")))
    purpose = models.TextField(_("purpose"), max_length=2000, blank=True)
    institutions = models.ManyToManyField(Institution, related_name="activities")
    hosts = models.ManyToManyField(Organization, blank=True, related_name="activities", verbose_name=_("hosts"))
    taking_part = models.ManyToManyField(
        Organization,
        blank=True,
        related_name="activities_joined",
        verbose_name=_("taking part"),
        help_text=_("Named by the source as taking part, when it does not say who hosted."),
    )
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=10, choices=ActivityState, default=ActivityState.PLANNED)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "activities"

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return reverse("engagement:activity_detail", args=[self.code])
