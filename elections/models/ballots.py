"""Open ballots, and ballot papers as officers entered them."""

from django.db import models

from elections.models.elections import Election
from elections.models.nominations import Nomination
from elections.models.roll import RollEntry
from elections.querysets import BallotQuerySet
from organizations.models import Person


class Ballot(models.Model):
    """An organisation has voted, openly; one row for each entry of the roll, by constraint."""

    entry = models.OneToOneField(RollEntry, on_delete=models.PROTECT, related_name="ballot")
    cast_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    cast_at = models.DateTimeField()
    marks = models.ManyToManyField(Nomination, related_name="ballots")
    #: Where marks alone do not say it: candidates in the voter's order, or {number: yes | no}; an abstention is left out.
    choices = models.JSONField(null=True, blank=True)

    objects = BallotQuerySet.as_manager()

    def __str__(self):
        return f"{self.entry}"


class PaperEntry(models.Model):
    """What one officer read from the ballot papers; it counts once another, independently, has read the same."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="paper_entries")
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ballots = models.JSONField()
    entered_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "paper entries"
        constraints = [models.UniqueConstraint(fields=["election", "entered_by"], name="paper_entered_once_by_each")]

    def __str__(self):
        return f"{self.election_id} {self.entered_by_id}"
