"""Our own source files, as the tests of the project's rules read them."""

import ast
import tomllib
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.ROOT)
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
#: The apps in layers, the highest first; siblings share one.
LAYERS = [[name.strip() for name in layer.split("|")] for layer in CONTRACTS["contracts"][0]["layers"]]
APPS = [name for layer in LAYERS for name in layer]
PACKAGES = CONTRACTS["root_packages"]


def files(*suffixes, folders=(*PACKAGES, "templates", "static", "tests", "benchmarks")):
    """Our files with one of these suffixes: no environment, no data, no migrations."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in suffixes and not {"migrations", "__pycache__"} & set(path.parts):
                yield path


def name_of(path):
    """A file's name from the root of the project on, with slashes."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path):
    """A Python file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def modules_of(*kinds, folders=APPS):
    """The Python files of these kinds of module: `services.py` as well as all in `services/`."""
    for path in files(".py", folders=folders):
        inside = path.relative_to(ROOT).with_suffix("").parts[1:]
        if set(kinds) & set(inside):
            yield path
