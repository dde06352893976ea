"""The live room of a meeting in session: its current agenda item, who is present, its questions and the answers."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from meetings.models.meetings import AgendaItem, Decision, Meeting
from meetings.states import Answer, Presence, QuestionKind
from organizations.models import Organization


class RoomSession(models.Model):
    """What the room of a meeting in session shows; below `quorum` organisations nothing can be decided."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="room_session")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    item_since = models.DateTimeField(null=True, blank=True)
    quorum = models.PositiveSmallIntegerField(_("quorum"))

    def __str__(self):
        return f"room of {self.meeting_id}"


class AttendancePeriod(models.Model):
    """From when until when an organisation was present, in person or remotely; it may leave and come back."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance_periods")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    presence = models.CharField(_("how"), max_length=10, choices=Presence)
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["arrived_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "organization"], condition=Q(left_at=None), name="attendance_period_open_once"
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("arrived_at")),
                name="attendance_period_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return f"{self.organization_id} in {self.meeting_id}"


class Question(models.Model):
    """A question to the organisations present: consensus or a show of hands. Every answer is open."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="questions")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=QuestionKind, default=QuestionKind.CONSENSUS)
    words = models.CharField(_("question"), max_length=240)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    #: How many organisations were in the room when it was closed.
    present = models.PositiveSmallIntegerField(null=True, blank=True)
    decision = models.OneToOneField(Decision, null=True, blank=True, on_delete=models.SET_NULL, related_name="question")

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting"], condition=Q(closed_at=None), name="question_one_at_a_time")
        ]

    def __str__(self):
        return self.words


class QuestionAnswer(models.Model):
    """The answer of an organisation; it can be changed until the question is closed."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(_("answer"), max_length=10, choices=Answer)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    author = models.CharField(max_length=36, blank=True, help_text="opaque key, as in the journal")
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "organization"], name="question_answer_once")]

    def __str__(self):
        return f"{self.organization_id} {self.answer}"
