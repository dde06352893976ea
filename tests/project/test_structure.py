"""The project's own rules (docs/architecture.md) that import-linter cannot see."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from core import permissions
from core.records.models import Citable
from core.records.registry import kinds
from core.visibility import VisibleModel
from tests.project.sources import APPS, LAYERS, ROOT, files, name_of

#: How far up each app is: siblings are as high as one another.
HEIGHT = {name: -place for place, layer in enumerate(LAYERS) for name in layer}
OWN_APPS = [config for config in apps.get_app_configs() if Path(config.path).parent == ROOT]
OWN_MODELS = [model for config in OWN_APPS for model in config.get_models()]
#: Where the formatter is told to leave a line alone: tables of moves, and little else.
MOST_LEFT_UNFORMATTED = 223  # the aim is fewer than 50; this figure only falls


def test_every_installed_app_of_ours_is_in_a_layer():
    assert sorted(config.name for config in OWN_APPS) == sorted(APPS)


def test_foreign_keys_point_down():
    """String foreign keys slip past import checks."""
    up = []
    for model in OWN_MODELS:
        here = model._meta.app_label
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not field.auto_created and target in OWN_MODELS and HEIGHT[target._meta.app_label] > HEIGHT[here]:
                up.append(f"{model.__name__}.{field.name}")
    assert up == []


def test_core_names_no_model_of_another_layer():
    assert [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("core").get_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model._meta.app_label != "core"
    ] == []


def test_every_citable_model_is_a_kind_of_record():
    citable = {model for model in OWN_MODELS if issubclass(model, Citable)}
    assert citable == {kind.model() for kind in kinds().values()}


@pytest.mark.parametrize("model", [m for m in OWN_MODELS if issubclass(m, VisibleModel)], ids=lambda m: m.__name__)
def test_every_model_with_a_visibility_computes_its_audience(model):
    assert hasattr(model.objects.all(), "visible_to")


def test_there_are_no_modules_without_a_subject():
    forbidden = {"utils.py", "helpers.py", "mixins.py", "managers.py", "signals.py"}
    assert [name_of(path) for path in files(".py") if path.name in forbidden] == []


IN_ONE_FILE = {
    "elections/counting/core.py": 530,  # copied, byte for byte, into the evidence of an election
    # A first visit asks for two sheets; a third by subject would be a third request.
    "static/css/components.css": 730,
    "static/css/site.css": 415,
}


def test_no_file_is_longer_than_one_subject():
    long = {}
    for path in files(".py", ".css", ".js"):  # templates: test_templates.py
        lines = path.read_text(encoding="utf-8").count("\n")
        name = name_of(path)
        if lines > IN_ONE_FILE.get(name, 400):
            long[name] = lines
    assert long == {}


def test_only_services_write_a_state():
    """A state moves by an act: one function that locks, checks, changes and journals."""
    writes = re.compile(r"\.state\s*=[^=]|\.update\([^)]*\bstate=")
    allowed = {"services", "states.py", "outbox"}
    found = []
    for path in files(".py"):
        parts = {*path.parts, path.stem, path.name}
        if allowed & parts or path.is_relative_to(ROOT / "tests") or "supervisor" in path.parts:
            continue
        if writes.search(path.read_text(encoding="utf-8")):
            found.append(name_of(path))
    assert found == []


def test_every_permission_says_who_has_it():
    assert permissions.all_permissions()
    assert [name for name, who in permissions.all_permissions().items() if not str(who).strip()] == []


def test_no_page_asks_for_anything_from_elsewhere():
    """No CDN: scripts, styles and pictures come from the portal itself."""
    foreign = re.compile(r"""<(?:script|link|img|source|iframe)\b[^>]*\b(?:src|href)=["']https?://""", re.I)
    assert [name_of(path) for path in files(".html") if foreign.search(path.read_text(encoding="utf-8"))] == []


def test_the_formatter_sets_our_code():
    mark = "# fmt: " + "skip"
    left = {name_of(path): count for path in files(".py") if (count := path.read_text(encoding="utf-8").count(mark))}
    assert sum(left.values()) <= MOST_LEFT_UNFORMATTED, left
