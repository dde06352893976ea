"""One row per citable record, and the links between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Record(models.Model):
    """A permanent, citable code. Addresses, threads and search stand on it, whatever the title becomes."""

    code = models.CharField(primary_key=True, max_length=24)
    kind = models.CharField(max_length=3)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    words = models.TextField(blank=True, default="", help_text="code and titles, folded; see core.records.words")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "number"], name="record_number_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="record_number_from_one"),
        ]

    def __str__(self) -> str:
        return self.code


class RecordCounter(models.Model):
    """The last number given to a kind in a year; its row is what two writers queue on."""

    kind = models.CharField(max_length=3)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="record_counter_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"


class LinkKind(models.TextChoices):
    CAME_FROM = "came_from", _("comes from")
    CONTINUES = "continues", _("continues")
    RESULT_OF = "result_of", _("is a result of")


class Link(models.Model):
    """`origin` led to `outcome`: read backwards as "comes from", forwards as "what came of this"."""

    origin = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="outcomes")
    outcome = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="origins")
    kind = models.CharField(max_length=12, choices=LinkKind)
    by = models.CharField(max_length=36, blank=True, help_text="opaque key of who linked, as in the journal")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["origin", "outcome"], name="link_once"),
            models.CheckConstraint(condition=~models.Q(origin=models.F("outcome")), name="link_not_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.origin_id} → {self.outcome_id}"


class Citable(models.Model):
    """A model whose rows carry a permanent code; `core.records.services.reserve` gives it."""

    code = models.CharField(_("code"), max_length=24, unique=True, editable=False)

    class Meta:
        abstract = True
