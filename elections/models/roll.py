"""The roll: which organisations vote, by whom, and who of them is in the room."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from elections.models.elections import Election
from elections.querysets import RollQuerySet
from organizations.models import Organization, Person


class RollEntry(models.Model):
    """An organisation votes, by its voter or, in their place, its alternate."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="roll")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="roll_entries")
    voter = models.ForeignKey(Person, verbose_name=_("voter"), on_delete=models.PROTECT, related_name="votes_on")
    #: As how many votes its vote counts; above 1 only where the rules say so.
    weight = models.PositiveIntegerField(_("weight"), default=1)
    alternate = models.ForeignKey(
        Person,
        verbose_name=_("alternate"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stands_in_on",
    )

    objects = RollQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "roll entries"
        constraints = [
            models.UniqueConstraint(fields=["election", "organization"], name="roll_organization_once"),
            models.UniqueConstraint(fields=["election", "voter"], name="roll_voter_once"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="roll_weight_from_one"),
            models.UniqueConstraint(fields=["election", "alternate"], name="roll_alternate_once"),
            models.CheckConstraint(
                condition=Q(alternate=None) | ~Q(alternate=F("voter")), name="roll_alternate_is_another"
            ),
        ]

    def __str__(self):
        return f"{self.organization} {self.election_id}"


class CheckIn(models.Model):
    """An elector in the room checked in for a day; until its end nobody else votes for their organisation."""

    entry = models.ForeignKey(RollEntry, on_delete=models.PROTECT, related_name="check_ins")
    day = models.DateField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    checked_in_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "day"], name="check_in_once_a_day")]

    def __str__(self):
        return f"{self.entry_id} {self.day}"
