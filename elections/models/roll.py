"""The published roll: how it is corrected, and who signs in for whom in the room."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from elections.models.elections import Election, RollEntry
from elections.models.procedure import Claim
from elections.querysets import CorrectionQuerySet
from organizations.models import Organization, Person


class RollCorrection(models.Model):
    """One officer asks that the published roll be corrected, another confirms it; nothing changes before that."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="corrections")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    #: Empty: the organisation is struck from the roll.
    voter = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    alternate = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: Where votes have weights: the one it shall have.
    weight = models.PositiveIntegerField(_("weight"), default=1)
    reason = models.CharField(_("reason"), max_length=400)
    claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="corrections")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    is_confirmed = models.BooleanField(null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(answered_by=F("asked_by")), name="correction_by_two_officers"),
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


class CheckIn(models.Model):
    """Who votes for an organisation in the room signed in this morning; until the evening nobody else votes for it."""

    entry = models.ForeignKey(RollEntry, on_delete=models.PROTECT, related_name="check_ins")
    day = models.DateField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    signed_in_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "day"], name="check_in_once_a_day")]

    def __str__(self):
        return f"{self.entry_id} {self.day}"
