"""Priorities as they were submitted, and the drafts in which they are written."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commons.models import LANGUAGE_CHOICES, Theme
from core.countries import name as country_name
from core.records.models import Citable
from core.text import TranslatedModel, translated
from core.visibility import Visibility, VisibleModel
from priorities.models.plans import PriorityPlan
from priorities.querysets.plans import DraftQuerySet, PriorityQuerySet
from priorities.states import Progress
from spaces.models import Space


class PriorityDetails(VisibleModel):
    """What a priority says beside its words, alike in a draft and in what was submitted."""

    rank = models.PositiveSmallIntegerField(_("order"), default=1)
    result = models.CharField(_("expected result"), max_length=400, blank=True)
    indicator = models.CharField(_("indicator"), max_length=200, blank=True)
    month_from = models.PositiveSmallIntegerField(_("from month"), null=True, blank=True)
    month_until = models.PositiveSmallIntegerField(_("until month"), null=True, blank=True)
    countries = models.JSONField(_("countries"), default=list, blank=True)
    wants_partners = models.BooleanField(_("we are looking for partners"), default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(visibility__in=[Visibility.COMMUNITY, Visibility.PUBLIC]),
                name="%(class)s_public_or_community",
            ),
            models.CheckConstraint(
                condition=Q(month_from=None) | Q(month_from__gte=1, month_from__lte=12), name="%(class)s_month_from"
            ),
            models.CheckConstraint(
                condition=Q(month_until=None) | Q(month_until__gte=1, month_until__lte=12),
                name="%(class)s_month_until",
            ),
        ]

    @property
    def is_public(self):
        return self.visibility == Visibility.PUBLIC

    @property
    def country_names(self):
        return [country_name(code) for code in self.countries]

    @property
    def months(self):
        """`from March to June`, in words; empty when none is given."""
        first, last = self.month_from, self.month_until
        if first and last and first != last:
            return gettext("%(first)s to %(last)s") % {"first": MONTHS[first], "last": MONTHS[last]}
        if first and not last:
            return gettext("from %(month)s") % {"month": MONTHS[first]}
        if last and not first:
            return gettext("until %(month)s") % {"month": MONTHS[last]}
        return str(MONTHS[first]) if first else ""


class Priority(Citable, TranslatedModel, PriorityDetails):
    """Something an organisation sets out to do this year, as it was submitted."""

    plan = models.ForeignKey(PriorityPlan, on_delete=models.CASCADE, related_name="priorities")
    title = translated(models.CharField(_("priority"), max_length=200))
    why = translated(models.TextField(_("why"), max_length=2000))
    action = translated(models.CharField(_("one concrete action"), max_length=400))
    theme = models.ForeignKey(
        Theme, verbose_name=_("theme"), null=True, blank=True, on_delete=models.PROTECT, related_name="priorities"
    )
    spaces = models.ManyToManyField(Space, verbose_name=_("spaces"), blank=True, related_name="priorities")
    continues = models.ForeignKey(
        "self",
        verbose_name=_("continues"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="continued_by",
    )
    state = models.CharField(_("progress"), max_length=14, choices=Progress, default=Progress.UNDERWAY)
    #: Set when a later submission no longer has it. Its code and links remain; only its own writers still read it.
    left_out_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = PriorityQuerySet.as_manager()

    class Meta(PriorityDetails.Meta):
        verbose_name_plural = "priorities"

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return reverse("priorities:priority_detail", args=[self.code])


class PriorityDraft(PriorityDetails):
    """A priority being written, in its writer's language; anything may still be empty. It has no code until submitted.

    People read "card" where the code says draft.
    """

    NEEDED = ("title", "why", "action", "theme")

    plan = models.ForeignKey(PriorityPlan, on_delete=models.CASCADE, related_name="drafts")
    of = models.ForeignKey(Priority, null=True, blank=True, on_delete=models.CASCADE, related_name="drafts")
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES, default="es")
    title = models.CharField(_("priority"), max_length=200, blank=True)
    why = models.TextField(_("why"), max_length=2000, blank=True)
    action = models.CharField(_("one concrete action"), max_length=400, blank=True)
    theme = models.ForeignKey(
        Theme, verbose_name=_("theme"), null=True, blank=True, on_delete=models.PROTECT, related_name="drafts"
    )
    spaces = models.ManyToManyField(Space, verbose_name=_("spaces"), blank=True, related_name="priority_drafts")
    continues = models.ForeignKey(
        Priority,
        verbose_name=_("continues"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="continued_by_drafts",
    )
    edited_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = DraftQuerySet.as_manager()

    class Meta(PriorityDetails.Meta):
        pass

    def __str__(self):
        return self.title or str(self.pk)

    @property
    def missing(self) -> list[str]:
        """Names of the fields that must be filled before it can be submitted."""
        filled = {
            "theme": self.theme_id,
            "title": self.title.strip(),
            "why": self.why.strip(),
            "action": self.action.strip(),
        }
        return [name for name in self.NEEDED if not filled[name]]

    @property
    def missing_labels(self) -> list[str]:
        """The same fields as the form calls them."""
        return [self.label_of(name) for name in self.missing]

    @classmethod
    def label_of(cls, name: str) -> str:
        """What the form calls a field."""
        return cls._meta.get_field(name).verbose_name
