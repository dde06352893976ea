"""Text in several languages with one that prevails.

A record says in `source_language` which of its versions is the official one. Each other version is *missing*,
*current*, *stale* (the source changed since) or *unreviewed*. Shown text falls back to the source, and says so.
Titles live in one column per language (django-translated-fields: one query, the same text in SQL and Python);
long texts with reviews are `commons.Text`.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

LANGUAGE_NAMES = {"es": _("Spanish"), "pt": _("Portuguese"), "en": _("English"), "fr": _("French")}
HTML_LANG = {"es": "es", "pt": "pt-BR", "en": "en", "fr": "fr"}


def language_in_words(code: str) -> str:
    """A language's name as it is written inside a sentence: Spanish and Portuguese write it in lower case, English does not."""
    name = str(LANGUAGE_NAMES.get(code, code))
    return name if (get_language() or "").startswith("en") else name.lower()


class TextStatus(models.TextChoices):
    OFFICIAL = "official", _("official")
    CURRENT = "current", _("up to date")
    STALE = "stale", _("out of date")
    UNREVIEWED = "unreviewed", _("not reviewed")
    MISSING = "missing", _("missing")


def content_language(code: str | None = None) -> str:
    """The content language for an interface language: `pt-br` reads `pt`."""
    return (code or get_language() or settings.LANGUAGE_CODE).split("-")[0]


@dataclass(frozen=True)
class Shown:
    """A text as shown, the language it is in, and the language that was wanted."""

    value: str
    language: str
    wanted: str

    @property
    def is_other_language(self) -> bool:
        return self.language != self.wanted

    def __str__(self) -> str:
        return self.value


def _getter(name: str, field: str) -> Callable[[Any], str]:
    return lambda self: shown(self, name).value


def _setter(name: str, field: str) -> Callable[[Any, Any], NoReturn]:
    def refuse(self: Any, value: Any) -> NoReturn:
        raise AttributeError(f"set {name}_<language>, so that it is clear which version is meant")

    return refuse


def translated(field: models.Field) -> TranslatedField:
    """One column per content language for `field`; reading the bare name gives what a reader sees."""
    field.blank = True
    if isinstance(field, models.CharField | models.TextField):
        field.default = ""
    return TranslatedField(field, languages=settings.CONTENT_LANGUAGES, attrgetter=_getter, attrsetter=_setter)


def shown(row: Any, name: str, language: str | None = None) -> Shown:
    """The version of `row.name` for a reader: in their language, else the source, else any."""
    wanted = content_language(language)
    source = getattr(row, "source_language", settings.LANGUAGE_CODE)
    for code in (wanted, source, *settings.CONTENT_LANGUAGES):
        if value := getattr(row, f"{name}_{code}", ""):
            return Shown(value, code, wanted)
    return Shown("", wanted, wanted)


def choose(texts: Mapping[str, str], source: str, language: str | None = None) -> Shown:
    """The same choice from {language: text}, for rows that were read as plain values."""
    wanted = content_language(language)
    for code in (wanted, source, *settings.CONTENT_LANGUAGES):
        if value := texts.get(code):
            return Shown(value, code, wanted)
    return Shown("", wanted, wanted)


def shown_sql(name: str, language: str | None = None) -> Coalesce:
    """The same choice as `shown`, as an expression for ordering and searching."""
    wanted = content_language(language)
    by_source = Case(
        *[When(source_language=code, then=F(f"{name}_{code}")) for code in settings.CONTENT_LANGUAGES],
        default=Value(""),
    )
    columns = [NullIf(F(f"{name}_{wanted}"), Value("")), NullIf(by_source, Value(""))]
    columns += [NullIf(F(f"{name}_{code}"), Value("")) for code in settings.CONTENT_LANGUAGES]
    return Coalesce(*columns, Value(""), output_field=models.TextField())


def fingerprint(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()[:16]


class TranslatedModel(models.Model):
    """A record with titles in several languages, one of which prevails."""

    source_language = models.CharField(
        _("official language"), max_length=2, choices=[(k, LANGUAGE_NAMES[k]) for k in LANGUAGE_NAMES], default="es"
    )
    #: {language: {"of": fingerprint of the source it was made from, "reviewed": bool}}
    translation_marks = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    def source_text(self, name: str) -> str:
        return getattr(self, f"{name}_{self.source_language}")

    def translation_status(self, name: str, language: str) -> TextStatus:
        """TextStatus of one version of one field."""
        if language == self.source_language:
            return TextStatus.OFFICIAL
        if not getattr(self, f"{name}_{language}"):
            return TextStatus.MISSING
        mark = self.translation_marks.get(f"{name}.{language}", {})
        if mark.get("of") != fingerprint(self.source_text(name)):
            return TextStatus.STALE
        return TextStatus.CURRENT if mark.get("reviewed") else TextStatus.UNREVIEWED

    def mark_translation(self, name: str, language: str, reviewed: bool) -> None:
        """Note that this version was made from the source as it is now. The caller saves."""
        self.translation_marks[f"{name}.{language}"] = {
            "of": fingerprint(self.source_text(name)),
            "reviewed": bool(reviewed),
        }
