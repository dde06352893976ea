"""The outbox's one table."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    PENDING = "pending", _("waiting")
    SENT = "sent", _("sent")
    DEAD = "dead", _("not delivered")
    DROPPED = "dropped", _("no longer needed")


class OutboxMessage(models.Model):
    """One mail to one address, written once and sent at least once."""

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60, db_index=True)
    code = models.CharField(max_length=40, blank=True, db_index=True)
    address = models.EmailField()
    language = models.CharField(max_length=8)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True, help_text="an iCalendar object, sent as text/calendar")
    calendar_method = models.CharField(max_length=10, blank=True)
    stop_address = models.CharField(max_length=700, blank=True, help_text="one-click stop, for List-Unsubscribe")
    not_before = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.CharField(max_length=36, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "not_before"], name="outbox_due")]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"
