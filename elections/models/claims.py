"""Claims on what was published, and corrections of the published roll."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from elections.models.elections import Election
from elections.models.roll import RollEntry
from elections.querysets import CorrectionQuerySet
from elections.states import ClaimOutcome, ClaimStage
from organizations.models import Organization, Person


class Claim(models.Model):
    """A member organisation says that something in the roll, the candidates or the result is not right."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="claims")
    stage = models.CharField(max_length=12, choices=ClaimStage)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="claims")
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("claim"), max_length=2000)
    raised_at = models.DateTimeField()
    outcome = models.CharField(_("outcome"), max_length=10, choices=ClaimOutcome, blank=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["raised_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", answer="", answered_at=None) | ~Q(outcome="") & ~Q(answer=""),
                name="claim_answered_with_reason",
            )
        ]

    def __str__(self):
        return f"{self.election_id} {self.stage} {self.organization_id}"


class ClaimWaiver(models.Model):
    """An elector declares that they have no claim: once all have, the election continues before the time for claims ends."""

    entry = models.ForeignKey(RollEntry, on_delete=models.PROTECT, related_name="claim_waivers")
    stage = models.CharField(max_length=12, choices=ClaimStage)
    waived_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    waived_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "stage"], name="claim_waived_once")]

    def __str__(self):
        return f"{self.entry_id} {self.stage}"


class RollCorrection(models.Model):
    """One officer requests a correction of the published roll, another confirms it; nothing changes before that."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="corrections")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    #: Empty: the organisation is removed from the roll.
    voter = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    alternate = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: Where votes have weights: the one it shall have.
    weight = models.PositiveIntegerField(_("weight"), default=1)
    reason = models.CharField(_("reason"), max_length=400)
    claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="corrections")
    requested_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    is_confirmed = models.BooleanField(null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["requested_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(answered_by=F("requested_by")), name="correction_by_two_officers"),
            models.CheckConstraint(
                condition=Q(answered_by=None, answered_at=None, is_confirmed=None)
                | Q(answered_by__isnull=False, answered_at__isnull=False, is_confirmed__isnull=False),
                name="correction_answered_whole",
            ),
            models.CheckConstraint(condition=Q(weight__gte=1), name="correction_weight_from_one"),
            models.UniqueConstraint(
                fields=["election", "organization"], condition=Q(is_confirmed=None), name="correction_waits_once"
            ),
        ]

    def __str__(self):
        return f"{self.election_id} {self.organization_id}"
