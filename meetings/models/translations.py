"""Setting the translated fields of a row from what a form sends."""

from collections.abc import Mapping

from django.conf import settings

from core.text import TranslatedModel


def set_translations(row: TranslatedModel, language: str, **fields: Mapping[str, str]) -> None:
    """Set translated fields, `title={"es": …, "pt": …}`, and the official language. The caller saves.

    A translation that is new or changed is marked as made from the official text of this moment, and not reviewed.
    """
    before = {name: {code: getattr(row, f"{name}_{code}") for code in settings.CONTENT_LANGUAGES} for name in fields}
    row.source_language = language
    for name, texts in fields.items():
        for code in settings.CONTENT_LANGUAGES:
            setattr(row, f"{name}_{code}", texts.get(code, "").strip())
    for name in fields:
        for code in settings.CONTENT_LANGUAGES:
            value = getattr(row, f"{name}_{code}")
            if code != language and value and value != before[name][code]:
                row.mark_translation(name, code, reviewed=False)
