"""The poll on the dates of a planned meeting: its options, its respondents, their replies."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock, dates
from meetings.models.meetings import Meeting
from meetings.querysets import DatePollQuerySet
from meetings.states import Availability, PollState
from organizations.models import Organization


class DatePoll(models.Model):
    """A poll on when a meeting could be, among everybody who speaks for a member organisation.

    Times are in `zone`; `quorum` is the number of organisations with which a date is good enough.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="polls")
    state = models.CharField(_("state"), max_length=9, choices=PollState, default=PollState.OPEN)
    closes_at = models.DateTimeField(_("closes"))
    zone = clock.ZoneField()
    quorum = models.PositiveSmallIntegerField(_("organisations needed"), default=1)
    note = models.CharField(_("note"), max_length=400, blank=True)
    opened_at = models.DateTimeField()
    chosen = models.ForeignKey("PollOption", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = DatePollQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting"], condition=Q(state="open"), name="poll_open_once"),
            models.CheckConstraint(
                condition=Q(state="decided", chosen__isnull=False) | ~Q(state="decided") & Q(chosen=None),
                name="poll_decided_for_an_option",
            ),
        ]

    def __str__(self):
        return f"{self.meeting.code} {self.state}"

    def get_absolute_url(self):
        return reverse("meetings:poll", args=[self.meeting.code])

    @property
    def last_minute(self):
        """The last minute in which an answer is accepted: `closes_at` is exclusive."""
        return self.closes_at - datetime.timedelta(minutes=1)

    def accepts(self, now):
        """Whether it accepts answers at an instant."""
        return self.state == PollState.OPEN and now < self.closes_at


class PollOption(models.Model):
    """One possible date: whole days, or an instant with its end."""

    poll = models.ForeignKey(DatePoll, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["poll", "position"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "position"], name="poll_option_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="poll_option_days_in_order"),
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="poll_option_hours_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.poll_id} {self.starts_on}"

    @property
    def days(self):
        """Its days in words."""
        return dates.span(self.starts_on, self.ends_on, dates.Precision.DAY)


class PollRespondent(models.Model):
    """Somebody who can answer a poll, for one organisation."""

    poll = models.ForeignKey(DatePoll, on_delete=models.CASCADE, related_name="respondents")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    address = models.EmailField()
    language = models.CharField(max_length=8)
    zone = clock.ZoneField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "address"], name="poll_respondent_once")]

    def __str__(self):
        return f"{self.poll_id} {self.address}"


class PollReply(models.Model):
    """Whether one option suits one respondent."""

    respondent = models.ForeignKey(PollRespondent, on_delete=models.CASCADE, related_name="replies")
    option = models.ForeignKey(PollOption, on_delete=models.CASCADE, related_name="replies")
    availability = models.CharField(max_length=5, choices=Availability)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["respondent", "option"], name="poll_reply_once")]

    def __str__(self):
        return f"{self.respondent_id} {self.option_id} {self.availability}"
