"""The round of one year and the extensions of its closing."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.clock import ZoneField
from priorities.querysets.plans import CycleQuerySet
from priorities.states import PUBLISHED_STATES, CycleState

ONE_MINUTE = datetime.timedelta(minutes=1)


class PlanningCycle(models.Model):
    """One year's round of priorities: when organisations file, and when the public reads."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    zone = ZoneField(default="America/Montevideo")
    state = models.CharField(_("state"), max_length=14, choices=CycleState, default=CycleState.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = CycleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="cycle_dates_in_order"),
        ]

    def __str__(self):
        return str(self.year)

    def get_absolute_url(self):
        return reverse("priorities:cycle_detail", args=[self.year])

    @property
    def is_published(self):
        return self.state in PUBLISHED_STATES

    @property
    def journal_code(self) -> str:
        """What the journal calls it: a cycle is no citable record."""
        return f"cycle-{self.year}"

    @property
    def last_minute(self) -> datetime.datetime:
        """The closing as people read it: `closes_at` is exclusive, and "until 23:59" means the end of that minute."""
        return self.closes_at - ONE_MINUTE

    def accepts(self, now: datetime.datetime) -> bool:
        """Whether plans may be written and submitted at an instant."""
        return self.state == CycleState.OPEN and self.opens_at <= now < self.closes_at


class CycleExtension(models.Model):
    """The closing of a cycle was moved: a logged act, with both instants."""

    cycle = models.ForeignKey(PlanningCycle, on_delete=models.CASCADE, related_name="extensions")
    old_closes_at = models.DateTimeField()
    new_closes_at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.cycle}: {self.old_closes_at} → {self.new_closes_at}"
