"""What every test may ask for."""

import os
import re

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from core.translations.catalogues import compile_stale


def pytest_configure(config):
    """Pages are tested in their languages, also when pytest is started without ./test."""
    compile_stale()
    _take_a_cache_of_our_own(os.environ.get("PYTEST_XDIST_WORKER", ""))


def _take_a_cache_of_our_own(worker):
    """Processes that test side by side share one Redis, and each empties its cache before each test: so each has a
    database of its own there, from 8 on (a Redis has 16). The embedded cache is a process's own anyway."""
    default = settings.CACHES["default"]
    if worker and default.get("LOCATION", "").startswith("redis:"):
        number = 8 + int(re.sub(r"\D", "", worker)) % 8
        default["LOCATION"] = re.sub(r"(redis://[^/]+)(/\d*)?$", rf"\1/{number}", default["LOCATION"])


@pytest.fixture(autouse=True)
def no_memory_between_tests():
    """The cache outlives a test's transaction, and the language its last request: neither leaks into the next one."""
    cache.clear()
    translation.activate("es")


@pytest.fixture(autouse=True)
def downloads_are_closed(monkeypatch):
    """A browser reads a download to its end, which closes the file; a test that looks at the headers alone does not."""
    request, downloads = Client.request, []

    def remembering(self, **environ):
        response = request(self, **environ)
        if response.streaming:
            downloads.append(response)
        return response

    monkeypatch.setattr(Client, "request", remembering)
    yield
    for response in downloads:
        response.close()


@pytest.fixture
def signed_in():
    """`signed_in(user)` gives a browser of that user, each time another; `client` stays a visitor's."""

    def sign_in(user):
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
