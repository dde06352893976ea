"""The secret vote: who has taken part, what lies in the urn, and the key. Nothing here relates a person to a box."""

from django.db import models

from elections.models.elections import Election, RollEntry
from organizations.models import Person


class ElectionKey(models.Model):
    """The key of an election's boxes, kept by the portal until the result is certified; then its row is deleted."""

    election = models.OneToOneField(Election, primary_key=True, on_delete=models.PROTECT, related_name="key")
    public = models.BinaryField()
    #: Sealed under a key derived from SECRET_KEY.
    kept = models.BinaryField()

    def __str__(self):
        return f"{self.election_id}"


class Participation(models.Model):
    """An organisation has voted in secret; one row for each entry of the roll, by constraint. It has no time."""

    entry = models.OneToOneField(RollEntry, primary_key=True, on_delete=models.PROTECT, related_name="participation")
    cast_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self):
        return f"{self.entry_id}"


class Box(models.Model):
    """A sealed ballot, called by the SHA-256 of its bytes: no number in order, no time, no key to anybody.

    `urn` is the context it is sealed for. On SQLite the table has no hidden row number either (see its migration).
    """

    digest = models.CharField(primary_key=True, max_length=64)
    urn = models.CharField(max_length=64)
    #: Of the roll entry: boxes of one weight are at least three.
    weight = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()

    class Meta:
        verbose_name_plural = "boxes"

    def __str__(self):
        return self.digest
