"""What legislatures, regulators and courts do with the Internet: facts with their source."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commons.models import Theme
from core.countries import name as country_name
from core.records.models import Citable
from core.sources import SourcedModel
from core.text import TranslatedModel, translated
from core.visibility import Visibility, VisibleModel
from engagement.models.institutions import Institution
from engagement.querysets import RegulationQuerySet
from engagement.states import RegulationKind, RegulationStage


class Regulation(Citable, TranslatedModel, SourcedModel, VisibleModel):
    """A bill, law, decree, resolution or judgment, called in its own language. `state` is the stage of its latest
    dated event; only services write it."""

    kind = models.CharField(_("kind"), max_length=12, choices=RegulationKind, default=RegulationKind.BILL)
    title = translated(models.CharField(_("title"), max_length=300))
    reference = models.CharField(_("reference"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    body = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.PROTECT, related_name="regulation", verbose_name=_("body")
    )
    themes = models.ManyToManyField(Theme, blank=True, related_name="regulation", verbose_name=_("themes"))
    impact = models.TextField(_("what it means for us"), max_length=4000, blank=True)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("stage"), max_length=12, choices=RegulationStage, default=RegulationStage.PROPOSED)
    state_on = models.DateField(_("since"))

    objects = RegulationQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "regulation"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(visibility__in=[Visibility.PUBLIC, Visibility.COMMUNITY]),
                name="regulation_public_or_community",
            )
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return reverse("engagement:regulation_detail", args=[self.code])

    @property
    def place(self):
        """The country, or the body, whose it is."""
        return country_name(self.country) if self.country else str(self.body.name if self.body else "")


class RegulationEvent(models.Model):
    """A dated step of a regulation, with the address that says so."""

    regulation = models.ForeignKey(Regulation, on_delete=models.CASCADE, related_name="events")
    on = models.DateField(_("day"))
    stage = models.CharField(_("stage"), max_length=12, choices=RegulationStage)
    source = models.URLField(_("source"), max_length=500)
    note = models.CharField(_("note"), max_length=400, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=36, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["regulation", "on", "stage"], name="regulation_event_once"),
        ]

    def __str__(self):
        return f"{self.regulation_id} {self.on} {self.stage}"
