"""Where a fact comes from. Real facts without a public address are not published."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

_is_url = URLValidator(schemes=["http", "https"])


def valid_sources(value: Any) -> None:
    """Validator: a list of {"url": https address, "note": optional words, "lang": optional language of that page}."""
    if not isinstance(value, list):
        raise ValidationError(_("Sources must be a list of web addresses."))
    for entry in value:
        if not isinstance(entry, dict) or set(entry) - {"url", "note", "lang"}:
            raise ValidationError(_("Each source has a web address and, if useful, a note."))
        _is_url(entry.get("url", ""))


class SourcedModel(models.Model):
    """A record that says where its facts come from."""

    sources = models.JSONField(_("sources"), default=list, blank=True, validators=[valid_sources])
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True
