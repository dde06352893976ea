"""The communiqué: the outcome of a meeting, published in the name of the organisations that sign it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commons.models import LANGUAGE_CHOICES, TextVersion, unnamed
from core.text import TranslatedModel, translated
from meetings.models.meetings import Meeting
from meetings.querysets import CommuniqueQuerySet
from meetings.states import CommuniqueState, MeetingState
from organizations.models import Organization


class Communique(models.Model):
    """The signing of the outcome text of a meeting, between the last decision and the announced time.

    `version` is the official version that is open for signing and, once published, the one that was published.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="communique")
    state = models.CharField(_("state"), max_length=9, choices=CommuniqueState, default=CommuniqueState.DRAFT)
    publishes_at = models.DateTimeField(_("goes out"), null=True, blank=True)
    version = models.ForeignKey(TextVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: Whether anybody signed that version: nothing is published in nobody's name.
    is_signed = models.BooleanField(default=False)
    begun_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    objects = CommuniqueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(publishes_at__isnull=False, version__isnull=False),
                name="communique_signed_with_an_hour",
            )
        ]

    def __str__(self):
        return f"communiqué of {self.meeting_id}"

    def get_absolute_url(self):
        return reverse("meetings:communique", args=[self.meeting.code])

    @property
    def accepts_answers(self):
        return self.state != CommuniqueState.DRAFT

    def is_published_at(self, now):
        """Whether it is published at an instant: from the announced time on, however late the task that publishes it runs."""
        if self.state == CommuniqueState.PUBLISHED:
            return True
        due = self.state == CommuniqueState.SIGNING and self.is_signed and self.publishes_at <= now
        return due and self.meeting.state == MeetingState.HELD


class Photograph(TranslatedModel):
    """The photograph of a communiqué: never without its description, its credit, and the consent of those it shows."""

    communique = models.OneToOneField(Communique, on_delete=models.CASCADE, related_name="photograph")
    stored = models.FileField(upload_to=unnamed, max_length=100)
    media = models.CharField(max_length=20)
    ending = models.CharField(max_length=8)
    #: SHA-256 of the stored bytes: its address changes when the picture does.
    digest = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    caption = translated(models.CharField(_("caption"), max_length=300))
    #: What it shows, for people who cannot see it.
    alt = translated(models.CharField(_("description"), max_length=500))
    credit = models.CharField(_("credit"), max_length=160)
    consent = models.CharField(_("consent"), max_length=300)
    author = models.CharField(max_length=36, blank=True, help_text="opaque key, as in the journal")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(credit="") & ~Q(consent=""), name="photograph_with_credit_and_consent")
        ]

    def __str__(self):
        return f"photograph of {self.communique_id}"

    @property
    def seal(self):
        """The part of its address that tells this picture from an earlier one."""
        return self.digest[:16]


class EmbargoReader(models.Model):
    """Somebody who can read the communiqué before it is published, by a personal link: a journalist, for instance."""

    communique = models.ForeignKey(Communique, on_delete=models.CASCADE, related_name="readers")
    name = models.CharField(_("name"), max_length=120)
    outlet = models.CharField(_("for which medium"), max_length=120, blank=True)
    address = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    given_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["communique", "address"], condition=Q(revoked_at=None), name="embargo_reader_once"
            )
        ]

    def __str__(self):
        return f"{self.communique_id} {self.name}"


class OwnAccount(models.Model):
    """A page elsewhere on which an organisation gives its own account of a meeting, linked below the common text."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="accounts")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), max_length=500)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES, default="es")
    author = models.CharField(max_length=36, blank=True, help_text="opaque key, as in the journal")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "url"], name="own_account_once")]

    def __str__(self):
        return self.title
