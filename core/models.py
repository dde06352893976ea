"""The models of core, where Django looks for them; each subject has a file of its own."""

from django.db import models

from core.outbox.models import OutboxMessage
from core.records.models import Link, Record, RecordCounter


class JournalEntry(models.Model):
    """Something was done. Nobody edits or deletes a row; see core.journal."""

    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=36, blank=True)
    verb = models.CharField(max_length=60)
    code = models.CharField(max_length=40, db_index=True)
    facts = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "journal entries"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.code}"


class Heartbeat(models.Model):
    """When a recurring task last came to its end; the health page shows its age."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"


__all__ = ["Heartbeat", "JournalEntry", "Link", "OutboxMessage", "Record", "RecordCounter"]
