"""Reviews: what worked, what to improve, what comes next."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.records.models import Citable
from core.text import TranslatedModel, translated
from core.visibility import Visibility, VisibleModel
from organizations.models import Organization
from priorities.querysets.assessments import AssessmentQuerySet
from priorities.states import AssessmentState, TakenUp


class Assessment(Citable, TranslatedModel, VisibleModel):
    """How an edition, a common project or a whole year is seen by one organisation, or by all together.

    `subject` is the code of the edition or project, empty for the whole year. Its title says what it is about, in
    every language of the interface; what was written is in the language of its writer.
    """

    PARTS = ("worked", "improve", "next")

    year = models.PositiveSmallIntegerField(_("year"))
    subject = models.CharField(max_length=24, blank=True)
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="assessments"
    )
    title = translated(models.CharField(_("title"), max_length=300))
    worked = models.TextField(_("what worked"), max_length=3000, blank=True)
    improve = models.TextField(_("what to improve"), max_length=3000, blank=True)
    next = models.TextField(_("what comes next"), max_length=3000, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=AssessmentState, default=AssessmentState.DRAFT)
    published_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "subject", "organization"], name="assessment_once"),
            models.UniqueConstraint(
                fields=["year", "subject"], condition=Q(organization=None), name="assessment_collective_once"
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=[Visibility.COMMUNITY, Visibility.PUBLIC]),
                name="assessment_public_or_community",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return reverse("priorities:assessment_detail", args=[self.code])

    @property
    def missing_labels(self) -> list[str]:
        """What the form calls the parts that must be written before it can be published."""
        missing = [name for name in self.PARTS if not getattr(self, name)]
        return [self._meta.get_field(name).verbose_name for name in missing]


class Improvement(models.Model):
    """One line of what an assessment would improve, and what became of it: its writers say so a year later.

    Read by whoever reads its assessment, while that is published.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="improvements")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=3000)
    taken_up = models.CharField(_("taken up"), max_length=6, choices=TakenUp, blank=True)
    words = models.CharField(_("how, or why not"), max_length=400, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["assessment", "number"]
        constraints = [models.UniqueConstraint(fields=["assessment", "number"], name="improvement_once")]

    def __str__(self):
        return f"{self.assessment_id} {self.number}"
