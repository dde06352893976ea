"""The demonstration: loaded once, marked everywhere, entered by nobody where it is off."""

import datetime
import os
import subprocess
import sys

import pytest
import time_machine
from django.conf import settings as project
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from commons.models import ActionItem
from core.outbox.services import enqueue
from demo import loading, mailbox
from demo.calendar import Days
from demo.people import ACCOUNTS
from engagement.models import Regulation, TrainingProgramme
from meetings.models import Decision, Meeting
from organizations.models import Person
from organizations.standing import standing_of
from priorities.models import Assessment, CommonProject, PlanningCycle, Priority, ThreatOpportunity
from spaces.models import Edition
from tests import factories as make

pytestmark = pytest.mark.django_db
EMAILS = [account.email for account in ACCOUNTS]


@pytest.fixture
def on(settings):
    settings.CASA_DEMO = True


@pytest.fixture
def loaded(on):
    call_command("load_record", verbosity=0)
    call_command("load_demo", verbosity=0)


@pytest.mark.parametrize("today", ["2026-01-04", "2026-02-09", "2026-02-10", "2026-11-23", "2028-02-29"])
def test_it_loads_on_any_day_and_only_once(today, on):
    with time_machine.travel(f"{today}T15:00:00Z", tick=False):
        call_command("load_record", verbosity=0)
        assert loading.load(timezone.now()) is not None
        counts = [model.objects.count() for model in (Meeting, Decision, ActionItem, Priority, Person, Edition)]
        assert loading.load(timezone.now()) is None
        assert [model.objects.count() for model in (Meeting, Decision, ActionItem, Priority, Person, Edition)] == counts
        assert PlanningCycle.objects.current(timezone.now()).accepts(timezone.now())
        assert Meeting.objects.ahead(timezone.now()).count() == 2
        for page in ("", "my-work/", "demo/", "demo/mailbox/", "meetings/", "calendar.ics", "feed.atom"):
            assert Client().get(f"/es/{page}").status_code in (200, 302)


def test_it_needs_the_record(on):
    with pytest.raises(CommandError, match="load_record"):
        call_command("load_demo", verbosity=0)
    assert not User.objects.exists()


def test_everything_says_that_it_is_made_up(loaded):
    year = Days(timezone.now()).year
    for row in [*Decision.objects.filter(meeting__is_demo=True), *Meeting.objects.filter(is_demo=True)]:
        assert row.is_demo and row.title_es.startswith("Demo")
    assert all(row.is_demo for row in ActionItem.objects.filter(title_es__startswith="Demo"))
    assert all(
        title.startswith("Demo") for title in Priority.objects.exclude(title_es="").values_list("title_es", flat=True)
    )
    for model in (CommonProject, ThreatOpportunity, Assessment, Regulation, TrainingProgramme):
        made_up = list(model.objects.filter(is_demo=True))
        assert made_up, model
        words = [row.worked if model is Assessment else getattr(row, "title_es", "") or row.name_es for row in made_up]
        assert all(one.startswith("Demo") for one in words)
    for model in (CommonProject, ThreatOpportunity, Assessment, Regulation):
        assert not model.objects.filter(is_demo=False).exists(), (
            "nothing of it is said of real organisations' real work"
        )
    people = Person.objects.filter(user__isnull=False)
    assert people.count() == len(ACCOUNTS)
    assert all(person.is_demo and person.name.startswith("Demo") for person in people)
    assert "is a demonstration" in Client().get(f"/en/years/{year}/").content.decode()
    assert "is a demonstration" not in Client().get("/en/years/2024/").content.decode().replace(
        "This is a demonstration", ""
    )


def test_real_years_are_not_touched(loaded):
    assert not Meeting.objects.filter(year__in=[2023, 2024], is_demo=True).exists()
    assert not Edition.objects.filter(is_demo=True).exclude(space__is_demo=True).exists()


class TestWalkingIn:
    def test_one_button_for_each_role(self, client, loaded):
        page = client.get("/en/demo/").content.decode()
        for account in ACCOUNTS:
            assert f'value="{account.email}"' in page

    def test_signs_in_as_that_person(self, loaded):
        for account in ACCOUNTS:
            browser = Client()
            assert browser.post("/es/demo/", {"person": account.email})["Location"] == "/es/my-work/"
            user = User.objects.get(pk=browser.session["_auth_user_id"])
            assert user.email == account.email
            assert account.role in {role for role, _organization in standing_of(user).roles}
            assert browser.get("/es/my-work/").status_code == 200

    def test_only_with_the_forms_token(self, loaded):
        browser = Client(enforce_csrf_checks=True)
        assert browser.post("/es/demo/", {"person": EMAILS[0]}).status_code == 403

    def test_nobody_else(self, client, loaded):
        for person in ("", "nobody@demo.example", "x" * 5000, "<script>", "a\x00b"):
            assert client.post("/es/demo/", {"person": person}).status_code == 400
            assert "_auth_user_id" not in client.session

    def test_never_a_real_account(self, client, on):
        real = make.administrator(email=EMAILS[-1])
        assert not real.person.is_demo
        assert client.post("/es/demo/", {"person": real.email}).status_code == 400

    def test_the_sign_in_page_points_to_it(self, client, on, settings):
        assert "/es/demo/" in client.get("/es/account/login/").content.decode()
        settings.CASA_DEMO = False
        assert "/es/demo/" not in client.get("/es/account/login/").content.decode()


#: What a portal of its own answers, without the settings of the tests: the app is there or not from its start.
ASK = """
import django
from django.core.management import get_commands
from django.test import Client
django.setup()
browser = Client(headers={"host": "localhost"})
print(*(browser.get(path).status_code for path in ("/es/demo/mailbox/?to=x", "/pt/demo/", "/es/demo/")))
print(browser.post("/es/demo/", {"person": "delegada.lacnic@demo.example"}).status_code)
print("/es/demo/" in browser.get("/es/account/login/").content.decode(), "load_demo" in get_commands())
"""


def test_a_portal_without_the_demonstration_has_no_such_page_and_no_such_command(tmp_path):
    environ = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    environ |= {
        "CASA_DATA": str(tmp_path),
        "CASA_DEMO": "0",
        "CASA_PLAIN_STATIC": "1",
        "CASA_PAGE_CACHE": "0",
        "DJANGO_SETTINGS_MODULE": "casa.settings",
    }
    asked = subprocess.run([sys.executable, "-c", ASK], cwd=project.ROOT, env=environ, capture_output=True, text=True)
    assert asked.stdout == "404 404 404\n404\nFalse False\n", asked.stderr


class TestMailbox:
    @pytest.fixture(autouse=True)
    def files(self, settings, tmp_path):
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        settings.EMAIL_FILE_PATH = tmp_path

    def test_a_mailed_code_can_be_read(self, client, on):
        make.user("demo@demo.example")
        client.post("/es/account/login/code/", {"email": "demo@demo.example"})
        [found] = mailbox.newest("demo@demo.example")
        assert found.text.strip()
        assert found.subject in client.get("/es/demo/mailbox/").content.decode()

    def test_mail_to_a_real_address_is_never_shown(self, client, on):
        make.user("somebody@lacnic.net")
        client.post("/es/account/login/code/", {"email": "somebody@lacnic.net"})
        mail.EmailMessage("Asunto", "Palabras", to=["Demo <x@demo.example.com.evil.org>"]).send()
        self.outbox("other@icann.org")
        assert mailbox.newest() == []
        assert "lacnic.net" not in client.get("/es/demo/mailbox/").content.decode()

    def outbox(self, address):
        enqueue(
            key=f"k:{address}",
            kind="test",
            address=address,
            language="es",
            template="mail/accounts/invitation",
            context={"page": "http://localhost:8000/x", "days": 2},
            at=timezone.now() - datetime.timedelta(1),
        )

    def test_a_message_of_the_outbox_stands_once_before_and_after_it_is_sent(self, client, on):
        from core.outbox.services import drain

        self.outbox("demo@demo.example")
        assert [found.is_waiting for found in mailbox.newest()] == [True]
        drain()
        assert [found.is_waiting for found in mailbox.newest()] == [False]

    def test_an_empty_one_says_what_to_do(self, client, on):
        assert "Nothing has been sent yet." in client.get("/en/demo/mailbox/").content.decode()


class TestFirstAdmin:
    def run(self, email="Ada@Casa.example", **options):
        from io import StringIO

        out = StringIO()
        call_command("first_admin", email, stdout=out, **options)
        return out.getvalue()

    def test_makes_one_and_prints_an_address_that_works_once(self, client):
        words = self.run(name="Ada")
        user = User.objects.get(email="ada@casa.example")
        standing = standing_of(user)
        assert standing.is_administrator and standing.is_coordination
        assert not user.has_usable_password() and user.person.name == "Ada"
        path = words.strip().splitlines()[-1].removeprefix("http://localhost:8000")
        assert client.get(path).status_code == 200
        assert "_auth_user_id" not in client.session
        assert client.post(path)["Location"] == "/es/my-work/"
        assert client.get("/es/my-work/").status_code == 200
        assert Client().post(path).status_code == 410

    def test_refuses_a_second(self):
        self.run()
        with pytest.raises(CommandError, match=r"already: ada@casa\.example"):
            self.run("other@casa.example")
        assert User.objects.count() == 1

    def test_a_demonstration_has_made_up_administrators_only(self, loaded):
        assert "administrator" in self.run()

    @pytest.mark.parametrize("email", ["", "x", "a@b", "a\x00@casa.example", "x" * 400 + "@casa.example"])
    def test_refuses_what_is_no_address(self, email):
        with pytest.raises(CommandError):
            self.run(email)
        assert not User.objects.exists()


def test_the_demonstration_costs_no_query_on_public_pages(client, on, django_assert_max_num_queries):
    with django_assert_max_num_queries(8, connection=connection):
        client.get("/es/")


def test_no_translation_of_it_is_said_to_be_stale(loaded, client):
    body, space = Edition.objects.filter(is_demo=True).latest("starts_on"), "demo-foro"
    for page in (
        body.get_absolute_url().replace("/es/", "/en/"),
        f"/en/spaces/{space}/",
        "/en/representation/demo-comite/",
    ):
        assert "has changed since" not in client.get(page).content.decode(), page
