"""The minutes of a meeting: one part for each agenda item, with all its versions."""

import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.models.meetings import AgendaItem, Meeting
from meetings.querysets import MinutesPartQuerySet, MinutesQuerySet
from meetings.states import Handling, MinutesState
from organizations.models import Organization, Person


class Minutes(models.Model):
    """The record of a meeting: written by the coordination team, circulated among the organisations, approved."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    state = models.CharField(_("state"), max_length=10, choices=MinutesState, default=MinutesState.DRAFT)
    begun_at = models.DateTimeField()
    circulated_at = models.DateTimeField(null=True, blank=True)
    comments_until = models.DateTimeField(_("comments until"), null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(circulated_at__isnull=False, comments_until__isnull=False),
                name="minutes_circulated_with_a_day",
            )
        ]

    def __str__(self):
        return f"minutes of {self.meeting_id}"

    def get_absolute_url(self):
        return reverse("meetings:minutes", args=[self.meeting.code])

    @property
    def last_minute(self):
        """The last minute in which a comment is accepted: `comments_until` is exclusive."""
        return self.comments_until - datetime.timedelta(minutes=1)

    def accepts_comments(self, now):
        return self.state == MinutesState.CIRCULATED and now < self.comments_until


class MinutesPart(models.Model):
    """The minutes of one agenda item or, where `item` is empty, of the meeting in general."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="parts")
    # An item with minutes cannot be removed: services.agenda.remove_item refuses it.
    item = models.OneToOneField(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="minutes_part"
    )
    handling = models.CharField(_("how it is read"), max_length=10, choices=Handling, default=Handling.OPEN)
    readers = models.ManyToManyField(Person, blank=True, related_name="+", verbose_name=_("named readers"))

    objects = MinutesPartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["minutes"], condition=Q(item=None), name="minutes_one_general_part")
        ]

    def __str__(self):
        return f"part {self.pk} of minutes {self.minutes_id}"

    @property
    def names_nobody(self):
        return self.handling == Handling.CHATHAM


class MinutesRevision(models.Model):
    """One version of a part; nothing is ever overwritten. `restores` is the number of the version it brings back."""

    part = models.ForeignKey(MinutesPart, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    body = models.TextField(_("text"), max_length=20_000, blank=True)
    restores = models.PositiveIntegerField(null=True, blank=True)
    author = models.CharField(max_length=36, blank=True, help_text="opaque key, as in the journal")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "number"], name="minutes_revision_once")]

    def __str__(self):
        return f"{self.part_id} {self.number}"


class MinutesComment(models.Model):
    """A comment of an organisation on a part while the minutes are circulated, and how it was answered."""

    part = models.ForeignKey(MinutesPart, on_delete=models.CASCADE, related_name="comments")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(_("comment"), max_length=2000)
    author = models.CharField(max_length=36, blank=True, help_text="opaque key, as in the journal")
    commented_at = models.DateTimeField()
    taken_up = models.BooleanField(_("taken up"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=400, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["commented_at", "pk"]

    def __str__(self):
        return f"{self.organization_id} on {self.part_id}"
