"""A real browser. Outside CI its absence skips; in CI (CASA_CI=1) it fails: a skip must not hide a missing part."""

import os
import shutil

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from tests import factories as make

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
#: Seven organisations; the last two speak Portuguese.
NAMES = ("UNO", "DOS", "TRES", "CUATRO", "CINCO", "SEIS", "SETE")
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def pytest_collection_modifyitems(items):
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    """One headless Chromium for all tests; each test has its own context."""
    if not CHROMIUM:
        reason = "no Chromium on PATH (set CHROMIUM)"
        pytest.fail(reason) if os.environ.get("CASA_CI") else pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Visitor:
    """Somebody with their own browser session; console errors and failed answers are kept to be asserted."""

    def __init__(self, browser, address, size, **options):
        self.address = address
        self.context = browser.new_context(viewport=size, **options)
        self.context.set_default_timeout(15_000)
        self.page = self.context.new_page()
        self.complaints = []
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("response", lambda answer: answer.status >= 500 and self.complaints.append(answer.url))

    def hear(self, message):
        """Chromium also writes an error for a page that is answered with 4xx, which is how a form says what is wrong."""
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            self.complaints.append(message.text)

    def go(self, path):
        return self.page.goto(self.address + path)

    def sign_in(self, email, language="es"):
        """Come in with a session of one's own; signing in by the form is tests/browser/test_pages.py's."""
        known = Client()
        known.force_login(User.objects.get(email=email), backend="allauth.account.auth_backends.AuthenticationBackend")
        name = settings.SESSION_COOKIE_NAME
        self.context.add_cookies([{"name": name, "value": known.cookies[name].value, "url": self.address}])
        self.go(f"/{language}/my-work/")


@pytest.fixture
def visit(chromium, live_server):
    """`visit(size=PHONE, locale="pt-BR")` opens a browser of its own; nobody may have heard a console error."""
    visitors = []

    def open_one(size=DESKTOP, **options):
        visitors.append(Visitor(chromium, live_server.url, size, **options))
        return visitors[-1]

    yield open_one
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for visitor in visitors:
        visitor.context.close()
    assert complaints == []


@pytest.fixture
def seven():
    """{acronym: (organisation, delegate)}: the last two speak Portuguese."""
    found = {}
    for name in NAMES:
        tongue = {"language": "pt-br", "zone": "America/Sao_Paulo"} if name in NAMES[5:] else {}
        organization = make.organization(name)
        found[name] = organization, make.delegate(organization, **tongue)
    return found
