"""docs/vocabulary.md names every model, and no model that does not exist."""

import re
from pathlib import Path

from django.apps import apps
from django.conf import settings

PAGE = Path(settings.ROOT) / "docs" / "vocabulary.md"
OWN_APPS = [config for config in apps.get_app_configs() if Path(config.path).parent == Path(settings.ROOT)]


def test_every_model_has_its_word_and_every_word_its_model():
    models = {f"{model._meta.app_label}.{model.__name__}" for app in OWN_APPS for model in app.get_models()}
    named = set(re.findall(r"`([a-z]+\.[A-Z]\w+)`", PAGE.read_text(encoding="utf-8")))
    assert {"not in the vocabulary": models - named, "no such model": named - models} == {
        "not in the vocabulary": set(),
        "no such model": set(),
    }
