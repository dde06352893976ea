"""The house's own rules (docs/architecture.md) that import-linter cannot see."""

import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from core import permissions
from core.records.models import Citable
from core.records.registry import kinds
from core.visibility import VisibleModel

ROOT = Path(settings.ROOT)
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
FLOORS = [name.strip() for layer in CONTRACTS[0]["layers"] for name in layer.split("|")]
HEIGHT = {name.strip(): -n for n, layer in enumerate(CONTRACTS[0]["layers"]) for name in layer.split("|")}
OWN_APPS = [config for config in apps.get_app_configs() if Path(config.path).parent == ROOT]
OWN_MODELS = [model for config in OWN_APPS for model in config.get_models()]


def sources(*suffixes):
    """Tracked-looking files of the house: no environment, no data, no migrations."""
    top = [*FLOORS, "supervisor", "templates", "static", "tests", "benchmarks"]
    for folder in top:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in suffixes and "migrations" not in path.parts and "__pycache__" not in path.parts:
                yield path


def test_every_installed_app_of_ours_is_on_a_floor():
    assert sorted(config.name for config in OWN_APPS) == sorted(FLOORS)


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


def test_core_names_no_model_of_another_floor():
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


def test_there_are_no_rooms_without_a_subject():
    forbidden = {"utils.py", "helpers.py", "mixins.py", "managers.py", "signals.py"}
    assert [str(path) for path in sources(".py") if path.name in forbidden] == []


#: The count is one file because it is copied, byte for byte, into the evidence of an election.
IN_ONE_FILE = {"elections/counting/core.py": 530}


def test_no_file_is_longer_than_one_subject():
    long = {}
    for path in sources(".py", ".html", ".css", ".js"):
        lines = path.read_text(encoding="utf-8").count("\n")
        name = path.relative_to(ROOT).as_posix()
        if lines > IN_ONE_FILE.get(name, 400):
            long[name] = lines
    assert long == {}


def test_only_services_write_a_state():
    """A state moves by an act: one function that locks, checks, changes and journals."""
    writes = re.compile(r"\.state\s*=[^=]|\.update\([^)]*\bstate=")
    allowed = {"services", "states.py", "outbox"}
    found = []
    for path in sources(".py"):
        parts = {*path.parts, path.stem, path.name}
        if allowed & parts or path.is_relative_to(ROOT / "tests") or "supervisor" in path.parts:
            continue
        if writes.search(path.read_text(encoding="utf-8")):
            found.append(str(path.relative_to(ROOT)))
    assert found == []


def test_every_door_says_who_may():
    assert permissions.all_permissions()
    assert [name for name, who in permissions.all_permissions().items() if not str(who).strip()] == []


def test_no_page_asks_for_anything_from_elsewhere():
    """No CDN: scripts, styles and pictures come from this house."""
    foreign = re.compile(r"""<(?:script|link|img|source|iframe)\b[^>]*\b(?:src|href)=["']https?://""", re.I)
    assert [str(path) for path in sources(".html") if foreign.search(path.read_text(encoding="utf-8"))] == []
