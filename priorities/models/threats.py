"""Threats and opportunities, and which organisations endorse them."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commons.models import Theme
from core.countries import name as country_name
from core.records.models import Citable
from core.text import TranslatedModel, translated
from organizations.models import Organization
from priorities.models.cycles import PlanningCycle
from priorities.querysets.threats import EndorsementQuerySet, ThreatQuerySet
from priorities.states import Impact, Scope, ThreatKind, ThreatState, Urgency


class ThreatOpportunity(Citable, TranslatedModel):
    """Something that may harm or help the Internet here in the year.

    One without attribution holds neither its organisation nor its author nor its hour, nor does any other row of the
    database: nobody can find out whose it is (docs/decisions/0008).
    """

    cycle = models.ForeignKey(PlanningCycle, on_delete=models.PROTECT, related_name="threats")
    kind = models.CharField(_("kind"), max_length=11, choices=ThreatKind)
    title = translated(models.CharField(_("in one line"), max_length=200))
    why = translated(models.TextField(_("why"), max_length=2000))
    theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.PROTECT, related_name="threats", verbose_name=_("theme")
    )
    scope = models.CharField(_("scope"), max_length=8, choices=Scope, default=Scope.REGIONAL)
    country = models.CharField(_("country"), max_length=2, blank=True)
    impact = models.PositiveSmallIntegerField(_("impact"), choices=Impact, default=Impact.MIDDLE)
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=Urgency, default=Urgency.THIS_YEAR)
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="threats"
    )
    state = models.CharField(_("state"), max_length=9, choices=ThreatState, default=ThreatState.FILED)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    #: Where the coordination team would merge it; its organisation answers.
    merge_wanted = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(default=1)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = ThreatQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "threats and opportunities"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ThreatState.MERGED, merged_into__isnull=False)
                | ~Q(state=ThreatState.MERGED) & Q(merged_into=None),
                name="threat_merged_into_something",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="threat_not_into_itself"
            ),
            models.CheckConstraint(
                condition=~Q(state=ThreatState.SET_ASIDE) | ~Q(reason=""), name="threat_set_aside_with_reason"
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return reverse("priorities:threat_detail", args=[self.code])

    @property
    def is_attributed(self):
        return self.organization_id is not None

    @property
    def place(self):
        """Its scope in words; the country where it is national."""
        return country_name(self.country) if self.country else self.get_scope_display()


class Endorsement(models.Model):
    """An organisation's support for a threat or opportunity."""

    threat = models.ForeignKey(ThreatOpportunity, on_delete=models.CASCADE, related_name="endorsements")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="endorsements")
    at = models.DateTimeField()

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["threat", "organization"], name="endorsement_once")]

    def __str__(self):
        return f"{self.organization} {self.threat_id}"
