"""Django's entrance to the ground's models; each subject keeps its own file."""

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

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.code}"


class Heartbeat(models.Model):
    """When a recurring task last came to its end; the health page tells its age."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"


__all__ = ["Heartbeat", "JournalEntry", "Link", "OutboxMessage", "Record", "RecordCounter"]
