"""Themes, sectors, long texts with versions and who signed them, and actions."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commons.querysets import ActionItemQuerySet, FileQuerySet, SignOffQuerySet, TextQuerySet, ThemeQuerySet
from commons.states import SIGNED, ActionState, SignOffAnswer
from core.files import download_name
from core.records.models import Citable
from core.sources import SourcedModel
from core.text import LANGUAGE_NAMES, Shown, TextStatus, TranslatedModel, content_language, translated
from core.visibility import VisibleModel
from organizations.models import Organization, Person

LANGUAGE_CHOICES = [(code, LANGUAGE_NAMES[code]) for code in LANGUAGE_NAMES]


class Theme(TranslatedModel):
    """A subject of Internet governance by which priorities, decisions and projects are grouped."""

    slug = models.SlugField(max_length=60, unique=True)
    name = translated(models.CharField(_("name"), max_length=120))
    position = models.PositiveSmallIntegerField(default=99)
    offered_from = models.DateField(null=True, blank=True)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    objects = ThemeQuerySet.as_manager()

    def __str__(self):
        return self.name

    def is_offered_on(self, day):
        """Whether one may choose it on a day."""
        return (self.offered_from is None or self.offered_from <= day) and (
            self.retired_on is None or self.retired_on >= day
        )


class Sector(TranslatedModel):
    """A stakeholder group, as bodies with seats by sector divide them."""

    slug = models.SlugField(max_length=60, unique=True)
    name = translated(models.CharField(_("name"), max_length=120))
    position = models.PositiveSmallIntegerField(default=99)

    def __str__(self):
        return self.name


class Text(models.Model):
    """A long text with one official language and versions in others; each version is an immutable row."""

    authoritative_language = models.CharField(
        _("official language"), max_length=2, choices=LANGUAGE_CHOICES, default="es"
    )

    objects = TextQuerySet.as_manager()

    def __str__(self):
        return f"text {self.pk} ({self.authoritative_language})"

    def latest(self):
        """{language: newest TextVersion}; no query where `with_versions` was used."""
        versions = self.all_versions if hasattr(self, "all_versions") else self.versions.order_by("number")
        return {version.language: version for version in versions}

    def official(self):
        return self.latest().get(self.authoritative_language)

    def status(self, language):
        """TextStatus of a language's newest version."""
        latest = self.latest()
        version, source = latest.get(language), latest.get(self.authoritative_language)
        if version is None:
            return TextStatus.MISSING
        if language == self.authoritative_language:
            return TextStatus.OFFICIAL
        if source is None or version.made_from_id != source.pk:
            return TextStatus.STALE
        return TextStatus.CURRENT if version.reviewer else TextStatus.UNREVIEWED

    def shown(self, language=None):
        """The version for a reader: in their language where there is one, else the official one, else any."""
        wanted = content_language(language)
        latest = self.latest()
        for code in (wanted, self.authoritative_language, *latest):
            if code in latest and latest[code].body:
                return Shown(latest[code].body, code, wanted)
        return Shown("", wanted, wanted)


class TextVersion(models.Model):
    """One version of a text in one language; nothing is ever overwritten."""

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="versions")
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    number = models.PositiveIntegerField()
    body = models.TextField(_("text"), max_length=40_000)
    made_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="translations")
    reviewer = models.CharField(max_length=120, blank=True)
    author = models.CharField(max_length=36, blank=True, help_text="opaque key, as in the journal")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "language", "number"], name="text_version_once")]

    def __str__(self):
        return f"{self.text_id} {self.language} {self.number}"


def unnamed(_instance, _filename):
    """Where a file is stored: under a name that nobody chose and that ends in nothing."""
    return f"papers/{uuid.uuid4().hex}"


class File(VisibleModel):
    """A file that an organisation or the coordination team gave, known by its content; others see it after
    `embargo_until`."""

    title = models.CharField(_("title"), max_length=160)
    stored = models.FileField(upload_to=unnamed, max_length=100)
    media = models.CharField(max_length=100)
    ending = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="files", verbose_name=_("given by")
    )
    embargo_until = models.DateTimeField(_("not before"), null=True, blank=True)
    author = models.CharField(max_length=36, blank=True, help_text="opaque key, as in the journal")
    added_at = models.DateTimeField()

    objects = FileQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self):
        return self.title

    @property
    def name(self):
        """The name under which it is downloaded."""
        return download_name(self.title, self.ending)


class SignOff(models.Model):
    """An organisation answered whether a text is published in its name: exactly this version, by itself or aloud in the
    room."""

    version = models.ForeignKey(TextVersion, on_delete=models.PROTECT, related_name="sign_offs")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="sign_offs")
    stand = models.CharField(_("answer"), max_length=12, choices=SignOffAnswer)
    words = models.CharField(_("reservation"), max_length=1000, blank=True)
    aloud = models.BooleanField(_("said aloud in the room"), default=False)
    author = models.CharField(max_length=36, blank=True, help_text="opaque key, as in the journal")
    signed_at = models.DateTimeField()

    objects = SignOffQuerySet.as_manager()

    class Meta:
        ordering = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "organization"], name="sign_off_once"),
            models.CheckConstraint(
                condition=~Q(stand=SignOffAnswer.RESERVE) | ~Q(words=""), name="sign_off_reserve_with_words"
            ),
        ]

    def __str__(self):
        return f"{self.organization_id} {self.stand} {self.version_id}"

    @property
    def is_signed(self):
        return self.stand in SIGNED


class ActionItem(Citable, TranslatedModel, SourcedModel, VisibleModel):
    """Something an organisation undertook to do, with a day by which it is done."""

    title = translated(models.CharField(_("action"), max_length=240))
    organization = models.ForeignKey(
        Organization, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="actions"
    )
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.SET_NULL, related_name="actions"
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=ActionState, default=ActionState.OPEN)
    #: What it comes from is not published for all yet: until then no visitor sees it, whatever its own visibility.
    held_back = models.BooleanField(default=False, editable=False)

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organization", "state"], name="action_of_organization")]

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return reverse("commons:action_detail", args=[self.code])

    @property
    def is_finished(self):
        return self.state in (ActionState.DONE, ActionState.DROPPED)

    def is_overdue_on(self, day):
        return self.due_on is not None and self.due_on < day and not self.is_finished


class ActionUpdate(models.Model):
    """What an owner reported about an action; appended, never edited."""

    action = models.ForeignKey(ActionItem, on_delete=models.CASCADE, related_name="updates")
    at = models.DateTimeField()
    state = models.CharField(_("state"), max_length=12, choices=ActionState)
    words = models.CharField(_("what was done"), max_length=600, blank=True)
    evidence = models.URLField(_("evidence"), blank=True, help_text=_("A public web address that shows it."))
    author = models.CharField(max_length=36, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ActionState.DROPPED) | ~Q(words=""), name="action_dropped_with_reason"
            )
        ]

    def __str__(self):
        return f"{self.action_id} {self.state}"
