"""What the top layer itself stores."""

from django.db import models


class LoadedEntry(models.Model):
    """An entry of the record's files as it stood when last loaded, and the row it became.

    With it a correction in a file reaches the same row, what people changed here meanwhile is left alone,
    and an entry that left the files can be named.
    """

    key = models.CharField(primary_key=True, max_length=120)
    row = models.CharField(max_length=40, help_text="primary key of the row")
    content = models.JSONField(default=dict)
    loaded_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "loaded entries"

    def __str__(self):
        return self.key
