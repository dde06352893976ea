"""Cycles, plans, their revisions, drafts and priorities."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commons.models import LANGUAGE_CHOICES, Theme
from core.clock import ZoneField
from core.countries import name as country_name
from core.records.models import Citable
from core.text import TranslatedModel, translated
from core.visibility import Visibility, VisibleModel
from organizations.models import Organization
from priorities.querysets import CycleQuerySet, DraftQuerySet, PlanQuerySet, PriorityQuerySet
from priorities.states import PUBLISHED_STATES, CycleState, PlanState, Progress
from spaces.models import Space

ONE_MINUTE = datetime.timedelta(minutes=1)


class PlanningCycle(models.Model):
    """One year's round of priorities: when organisations file, and when the public reads."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    zone = ZoneField(default="America/Montevideo")
    state = models.CharField(_("state"), max_length=14, choices=CycleState, default=CycleState.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = CycleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="cycle_dates_in_order"),
        ]

    def __str__(self):
        return str(self.year)

    def get_absolute_url(self):
        return reverse("priorities:cycle_detail", args=[self.year])

    @property
    def is_published(self):
        return self.state in PUBLISHED_STATES

    @property
    def last_minute(self):
        """What people are told: `closes_at` is exclusive, and "until 23:59" means the end of that minute."""
        return self.closes_at - ONE_MINUTE

    def accepts(self, now):
        """Whether plans may be written and submitted at an instant."""
        return self.state == CycleState.OPEN and self.opens_at <= now < self.closes_at


class CycleExtension(models.Model):
    """The closing of a cycle was moved: a logged act, with both instants."""

    cycle = models.ForeignKey(PlanningCycle, on_delete=models.CASCADE, related_name="extensions")
    old_closes_at = models.DateTimeField()
    new_closes_at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.cycle}: {self.old_closes_at} → {self.new_closes_at}"


class PriorityPlan(Citable):
    """What one organisation files for one year; "we present none this year" is a full answer.

    What was submitted are its priorities; what is being written are its drafts. So peers go on reading the last
    submission while a change to it is prepared (docs/decisions: drafts beside what was submitted).
    """

    cycle = models.ForeignKey(PlanningCycle, on_delete=models.PROTECT, related_name="plans")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="plans")
    state = models.CharField(_("state"), max_length=10, choices=PlanState, default=PlanState.DRAFT)
    none_this_year = models.BooleanField(_("we present none this year"), default=False)
    none_reason = models.CharField(_("reason"), max_length=400, blank=True)
    #: Not empty while a change to a submitted plan is being prepared.
    amend_reason = models.CharField(_("reason for amending"), max_length=400, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cycle", "organization"], name="plan_once_a_cycle")]

    def __str__(self):
        return f"{self.organization} {self.cycle}"

    def get_absolute_url(self):
        return reverse("priorities:plan_detail", args=[self.code])

    @property
    def is_filed(self):
        return self.state != PlanState.DRAFT

    @property
    def is_amending(self):
        return self.state == PlanState.SUBMITTED and bool(self.amend_reason)

    @property
    def is_being_written(self):
        """Whether its drafts may change, as far as its own state goes; the cycle must accept as well."""
        return self.state == PlanState.DRAFT or self.is_amending


class PlanRevision(models.Model):
    """A plan as it was submitted: immutable, hashed."""

    plan = models.ForeignKey(PriorityPlan, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=36, blank=True)
    reason = models.CharField(_("reason for amending"), max_length=400, blank=True)
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_revision_once")]

    def __str__(self):
        return f"{self.plan_id} {self.number}"


class PriorityDetails(VisibleModel):
    """What a priority says beside its words, alike in a draft and in what was submitted."""

    rank = models.PositiveSmallIntegerField(_("order"), default=1)
    result = models.CharField(_("expected result"), max_length=400, blank=True)
    indicator = models.CharField(_("indicator"), max_length=200, blank=True)
    month_from = models.PositiveSmallIntegerField(_("from month"), null=True, blank=True)
    month_until = models.PositiveSmallIntegerField(_("until month"), null=True, blank=True)
    countries = models.JSONField(_("countries"), default=list, blank=True)
    wants_partners = models.BooleanField(_("we look for partners"), default=False)

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
    #: Set when a later submission no longer has it. Its code and its links stand; only its own writers still read it.
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
    """A card being written, in its writer's language; anything may still be empty. It has no code until submitted."""

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
    def missing(self):
        """Names of the fields that must be filled before it can be submitted."""
        filled = {"theme": self.theme_id, "title": self.title.strip(), "why": self.why.strip(),
                  "action": self.action.strip()}  # fmt: skip
        return [name for name in self.NEEDED if not filled[name]]

    @property
    def missing_words(self):
        return [self._meta.get_field(name).verbose_name for name in self.missing]
