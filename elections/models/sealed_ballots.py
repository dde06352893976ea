"""The secret vote: who has taken part, the sealed ballots, the key. Nothing here relates a person to a sealed ballot."""

from django.db import models

from elections.models.elections import Election
from elections.models.roll import RollEntry
from organizations.models import Person


class ElectionKey(models.Model):
    """The key of an election's ballot box; the portal holds it until the result is certified, then its row is deleted."""

    election = models.OneToOneField(Election, primary_key=True, on_delete=models.PROTECT, related_name="key")
    public_key = models.BinaryField()
    #: Sealed under a key derived from SECRET_KEY.
    sealed_private_key = models.BinaryField()

    def __str__(self):
        return f"{self.election_id}"


class Participation(models.Model):
    """An organisation has voted in secret; one row for each entry of the roll, by constraint. It has no time."""

    entry = models.OneToOneField(RollEntry, primary_key=True, on_delete=models.PROTECT, related_name="participation")
    cast_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self):
        return f"{self.entry_id}"


class SealedBallot(models.Model):
    """A sealed ballot, identified by the SHA-256 of its bytes: no number in order, no time, no key to anybody.

    `ballot_box` is the context it is sealed for. On SQLite the table has no hidden row number either (see its
    migration).
    """

    digest = models.CharField(primary_key=True, max_length=64)
    ballot_box = models.CharField(max_length=64)
    #: Of the roll entry: sealed ballots of one weight are at least three.
    weight = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()

    def __str__(self):
        return self.digest
