"""What every test may ask for."""

import pytest
from django.core.cache import cache
from django.test import Client

from core.translations.catalogues import compile_stale


def pytest_configure(config):
    """Pages are tested in their languages, also when pytest is started without ./test."""
    compile_stale()


@pytest.fixture(autouse=True)
def no_memory_between_tests():
    """The cache outlives a test's transaction; rate limits and pages must not leak into the next one."""
    cache.clear()


@pytest.fixture
def signed_in():
    """`signed_in(user)` gives a browser of that user, each time another; `client` stays a visitor's."""

    def sign_in(user):
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
