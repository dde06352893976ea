"""What an organisation files for a year, and its revisions."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.records.models import Citable
from organizations.models import Organization
from priorities.models.cycles import PlanningCycle
from priorities.querysets.plans import PlanQuerySet
from priorities.states import PlanState


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
    amend_reason = models.CharField(_("reason for the change"), max_length=400, blank=True)
    #: The source, such as slides, from which the coordination team entered it for the organisation.
    entered_from = models.CharField(_("entered from"), max_length=300, blank=True)
    #: When somebody of the organisation first wrote in it or submitted it: from then on only the organisation writes it.
    taken_over_at = models.DateTimeField(null=True, blank=True)
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
    def is_entered(self):
        """Whether it is a draft of the coordination team, which its organisation has not taken over."""
        return self.state == PlanState.DRAFT and bool(self.entered_from) and self.taken_over_at is None

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
    reason = models.CharField(_("reason for the change"), max_length=400, blank=True)
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_revision_once")]

    def __str__(self):
        return f"{self.plan_id} {self.number}"
