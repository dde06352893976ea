"""What surrounds a vote: claims and their answers, scrutineers, supports, questions to candidates."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from elections.models.elections import Election, Nomination, RollEntry
from elections.querysets import ScrutineerQuerySet
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


class NoClaims(models.Model):
    """An elector says that they have no claim: once all have, nobody waits for the hour."""

    entry = models.ForeignKey(RollEntry, on_delete=models.PROTECT, related_name="no_claims")
    stage = models.CharField(max_length=12, choices=ClaimStage)
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "no claims"
        constraints = [models.UniqueConstraint(fields=["entry", "stage"], name="no_claims_once")]

    def __str__(self):
        return f"{self.entry_id} {self.stage}"


class Scrutineer(models.Model):
    """Somebody who watches over the election: no candidate, each of another organisation; says whether it conforms."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="scrutineers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="scrutinies")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    conforms = models.BooleanField(null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=400, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)

    objects = ScrutineerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["election", "person"], name="scrutineer_once"),
            models.UniqueConstraint(fields=["election", "organization"], name="scrutineers_of_different_organizations"),
        ]

    def __str__(self):
        return f"{self.person}"


class Support(models.Model):
    """A member organisation supports a candidate, and everybody reads it with the candidates."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="supports")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="supports")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nomination", "organization"], name="support_once")]

    def __str__(self):
        return f"{self.nomination_id} {self.organization_id}"


class Question(models.Model):
    """A member organisation asks a candidate, who answers; both are read with the candidates."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="questions")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("question"), max_length=1000)
    asked_at = models.DateTimeField()
    answer = models.TextField(_("answer"), max_length=3000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]

    def __str__(self):
        return f"{self.nomination_id} {self.pk}"


class PaperEntry(models.Model):
    """What one officer read from the papers; it counts once another, by themselves, has read the same."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="paper_entries")
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    papers = models.JSONField()
    entered_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "paper entries"
        constraints = [models.UniqueConstraint(fields=["election", "entered_by"], name="papers_entered_once_by_each")]

    def __str__(self):
        return f"{self.election_id} {self.entered_by_id}"
