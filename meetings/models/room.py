"""In the room: what is being treated, who is there at this moment, what is asked and how each organisation answers."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from meetings.models.meetings import AgendaItem, Decision, Meeting
from meetings.states import Presence, QuestionKind, Stand
from organizations.models import Organization


class Room(models.Model):
    """The state of a meeting's room; `quorum` is the number of organisations below which nothing is decided."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="room")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    item_since = models.DateTimeField(null=True, blank=True)
    quorum = models.PositiveSmallIntegerField(_("quorum"))

    def __str__(self):
        return f"room of {self.meeting_id}"


class Stay(models.Model):
    """From when until when an organisation was in the room, there or from afar; it may leave and come back."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="stays")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    presence = models.CharField(_("how"), max_length=10, choices=Presence)
    came_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["came_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "organization"], condition=Q(left_at=None), name="stay_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("came_at")), name="stay_ends_after_it_begins"
            ),
        ]

    def __str__(self):
        return f"{self.organization_id} in {self.meeting_id}"


class Question(models.Model):
    """Something put to the organisations present: do they agree, or a show of hands. Every answer is open."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="questions")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=QuestionKind, default=QuestionKind.CONSENSUS)
    words = models.CharField(_("question"), max_length=240)
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    #: How many organisations were in the room when it was closed.
    present = models.PositiveSmallIntegerField(null=True, blank=True)
    decision = models.OneToOneField(Decision, null=True, blank=True, on_delete=models.SET_NULL, related_name="question")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting"], condition=Q(closed_at=None), name="question_one_at_a_time")
        ]

    def __str__(self):
        return self.words


class QuestionAnswer(models.Model):
    """How an organisation answers; it may be said otherwise until the question is closed."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    stand = models.CharField(_("answer"), max_length=10, choices=Stand)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    author = models.CharField(max_length=36, blank=True, help_text="opaque key, as in the journal")
    said_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "organization"], name="question_answer_once")]

    def __str__(self):
        return f"{self.organization_id} {self.stand}"
