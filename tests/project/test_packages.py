"""Every pinned package is used: imported, installed as an app, or run as a command (docs/decisions/0011-packages.md)."""

import ast
import re
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.ROOT)
REQUIREMENTS = sorted(ROOT.glob("requirements*.txt"))
FOLDERS = [path.parent for path in ROOT.glob("*/__init__.py")] + [ROOT / "tests", ROOT / "benchmarks"]
#: Packages that no import shows: the file that uses them, and the words there that do.
USED_WITHOUT_IMPORT = {
    "django-stubs": ("pyproject.toml", "mypy_django_plugin"),
    "djade": ("supervisor/suite.py", "djade"),
    "djangofmt": ("supervisor/suite.py", "djangofmt"),
    "gunicorn": ("supervisor/processes.py", '"gunicorn"'),
    "import-linter": ("supervisor/suite.py", "lint-imports"),
    "mypy": ("supervisor/suite.py", "mypy"),
    "psycopg2-binary": ("casa/settings.py", 'env.db("DATABASE_URL")'),
    "pytest-django": ("pyproject.toml", "--ds=tests.settings"),
    "pytest-randomly": ("docs/decisions/0011-packages.md", "`pytest-randomly`"),  # works by being installed
    "pytest-xdist": ("supervisor/suite.py", "--dist"),
    "redis": ("casa/settings.py", "RedisCache"),
    "ruff": ("supervisor/suite.py", "ruff"),
    "slipcover": ("supervisor/suite.py", '"slipcover"'),
    "types-PyYAML": ("core/translations/pending.py", "import yaml"),  # its types, for mypy
    "vobject": ("tests/calendars.py", "import json, sys, vobject"),  # in a process of its own
    "tzdata": ("core/clock.py", "zoneinfo"),  # the zones, where the system has none
}


def pinned():
    """The names of all packages in requirements*.txt."""
    lines = (line for path in REQUIREMENTS for line in path.read_text(encoding="utf-8").splitlines())
    return {re.split(r"[=\[]", line)[0] for line in lines if line and not line.startswith(("#", "-"))}


@cache
def imported():
    """The top-level names that our Python imports, or names in its settings as an app, middleware or backend."""
    names = set()
    for path in (file for folder in FOLDERS for file in folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.split(".")[0])
            elif path.name == "settings.py" and isinstance(node, ast.Constant) and isinstance(node.value, str):
                names.add(node.value.split(".")[0])
    return names


def import_names(package):
    """The top-level names under which a distribution is imported."""
    normal = re.sub(r"[-_.]+", "-", package).lower()
    return {
        name
        for name, packages in packages_distributions().items()
        if normal in {re.sub(r"[-_.]+", "-", each).lower() for each in packages}
    }


@pytest.mark.parametrize("package", sorted(pinned() - set(USED_WITHOUT_IMPORT)))
def test_every_pinned_package_is_imported(package):
    assert import_names(package) & imported()


@pytest.mark.parametrize("package", sorted(USED_WITHOUT_IMPORT))
def test_a_package_that_is_not_imported_is_used_where_the_list_says(package):
    file, words = USED_WITHOUT_IMPORT[package]
    assert package in pinned()
    assert words in (ROOT / file).read_text(encoding="utf-8")
