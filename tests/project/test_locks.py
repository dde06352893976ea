"""The locks name every package there is to install, since they are installed without resolving."""

import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.M)


def pinned(lock):
    return {canonicalize_name(name): version for name, version in PINNED.findall((ROOT / lock).read_text())}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_whatever_a_pinned_package_needs_is_pinned_too_at_a_version_it_takes(lock):
    pins = pinned(lock)
    assert "django" in pins
    broken = []
    for name in pins:
        try:
            needs = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue  # for another system, such as colorama
        for need in map(Requirement, needs):
            if need.marker and not need.marker.evaluate({"extra": ""}):
                continue
            pin = pins.get(canonicalize_name(need.name))
            if pin is None or not need.specifier.contains(pin, prereleases=True):
                broken.append(f"{name} needs {need}; the lock has {pin}")
    assert not broken


def test_the_extras_asked_for_are_pinned_too():
    pins = pinned("requirements.lock")
    assert {"redis", "brotli"} <= set(pins)
