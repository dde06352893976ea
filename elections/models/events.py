"""The public chain of what was done in an election, the scrutineers who watch over it, and the draw."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from elections.models.elections import Election
from elections.querysets import ScrutineerQuerySet
from elections.states import EVENT_WORDS
from organizations.models import Organization, Person


class ElectionEvent(models.Model):
    """Something was done in an election: a public chain in which each entry seals the one before."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=40)
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["election", "number"], name="election_event_once")]

    def __str__(self):
        return f"{self.election_id} {self.number} {self.verb}"

    @property
    def words(self):
        """What this event says to people."""
        return EVENT_WORDS.get(self.verb, self.verb)


class Scrutineer(models.Model):
    """Somebody who watches over the election and says whether its result conforms: no candidate, each of another organisation."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="scrutineers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="scrutinies")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    conforms = models.BooleanField(null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=400, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ScrutineerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["election", "person"], name="scrutineer_once"),
            models.UniqueConstraint(fields=["election", "organization"], name="scrutineers_of_different_organizations"),
        ]

    def __str__(self):
        return f"{self.person}"


class Draw(models.Model):
    """The order that settles a tie: names from a hat, before two witnesses of different organisations, or what follows
    from a public value, which has no witnesses and needs none."""

    election = models.OneToOneField(Election, on_delete=models.PROTECT, related_name="draw")
    order = models.JSONField()
    first_witness = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    second_witness = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: The public value exactly as printed, and the seed that follows from it and the seal of the closing.
    value = models.CharField(_("public value"), max_length=200, blank=True)
    seed = models.CharField(max_length=64, blank=True)
    drawn_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(first_witness=F("second_witness")), name="draw_two_witnesses"),
            models.CheckConstraint(
                condition=Q(value="", seed="", first_witness__isnull=False, second_witness__isnull=False)
                | ~Q(value="") & ~Q(seed="") & Q(first_witness=None, second_witness=None),
                name="draw_by_witnesses_or_value",
            ),
        ]

    def __str__(self):
        return f"{self.election}"
