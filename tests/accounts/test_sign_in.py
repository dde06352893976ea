"""Signing in: by password or by mailed code, never by oneself; a closed account is out at once."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import translation

from accounts.models import User
from tests import factories as make

pytestmark = pytest.mark.django_db
PASSWORD = "demo-password-1"


def is_in(browser):
    return "_auth_user_id" in browser.session


@pytest.fixture
def ana():
    return make.user("ana@casa.example")


class TestPassword:
    def test_signs_in_whatever_the_case(self, client, ana):
        response = client.post("/es/account/login/", {"login": "ANA@casa.example", "password": PASSWORD})
        assert response["Location"] == "/es/my-work/"
        assert is_in(client)

    @pytest.mark.parametrize(
        ("login", "password"),
        [
            ("ana@casa.example", "wrong"),
            ("nobody@casa.example", PASSWORD),
            ("", ""),
            ("x" * 5000, "y" * 5000),
            ("' OR 1=1 --", "x"),
            ("ana@casa.example\x00", PASSWORD),
        ],
    )
    def test_nothing_else_does(self, client, ana, login, password):
        assert client.post("/es/account/login/", {"login": login, "password": password}).status_code in (200, 400)
        assert not is_in(client)

    def test_the_answer_does_not_tell_who_has_an_account(self, client, ana):
        pages = [
            client.post("/en/account/login/", {"login": login, "password": "wrong"}).content.decode()
            for login in ("ana@casa.example", "eva@casa.example")
        ]
        known, unknown = (re.sub(r"ana@|eva@|value=\"[^\"]*\"", "", page) for page in pages)
        assert known == unknown

    def test_an_address_that_was_not_proven_does_not_enter(self, client, ana):
        ana.emailaddress_set.update(verified=False)
        client.post("/es/account/login/", {"login": ana.email, "password": PASSWORD})
        assert not is_in(client)

    def test_it_goes_on_to_the_page_that_was_asked_for_and_never_elsewhere(self, ana):
        data = {"login": ana.email, "password": PASSWORD}
        assert Client().post("/es/account/login/?next=/es/about/", data)["Location"] == "/es/about/"
        assert Client().post("/es/account/login/?next=https://evil.example/", data)["Location"] == "/es/my-work/"

    def test_signing_out_is_a_button(self, signed_in, ana):
        browser = signed_in(ana)
        browser.get("/es/account/logout/")
        assert is_in(browser)
        browser.post("/es/account/logout/")
        assert not is_in(browser)


class TestMailedCode:
    def ask(self, browser, address, language="es"):
        return browser.post(f"/{language}/account/login/code/", {"email": address})

    def code(self):
        return re.search(r"^\s+([A-Z0-9-]{4,})\s*$", mail.outbox[-1].body, re.MULTILINE).group(1)

    def test_signs_in(self, client, ana):
        assert self.ask(client, ana.email).status_code == 302
        client.post("/es/account/login/code/confirm/", {"code": self.code()})
        assert is_in(client)

    def test_a_wrong_code_does_not(self, client, ana):
        self.ask(client, ana.email)
        for wrong in ("", "WRONG", "x" * 5000):
            client.post("/es/account/login/code/confirm/", {"code": wrong})
            assert not is_in(client)

    def test_it_works_once_and_in_its_own_browser(self, client, ana):
        self.ask(client, ana.email)
        code = self.code()
        other = Client()
        other.post("/es/account/login/code/confirm/", {"code": code})
        assert not is_in(other)
        client.post("/es/account/login/code/confirm/", {"code": code})
        client.post("/es/account/logout/")
        client.post("/es/account/login/code/confirm/", {"code": code})
        assert not is_in(client)

    def test_nobody_is_written_to_who_has_no_account(self, client):
        assert self.ask(client, "nobody@casa.example").status_code == 302
        assert mail.outbox == []

    @pytest.mark.parametrize("language", ["es", "pt-br", "en"])
    def test_the_mail_is_in_the_persons_language_whatever_the_pages(self, client, language):
        person = make.user(language=language)
        self.ask(client, person.email, "en" if language == "es" else "es")
        with translation.override(language):
            sentence = translation.gettext("It is valid for ten minutes and works once, in this browser.")
        assert sentence in mail.outbox[-1].body


class TestReset:
    def test_sets_a_new_password(self, client, ana):
        client.post("/es/account/password/reset/", {"email": ana.email})
        path = re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body).group(1)
        form = client.get(path)["Location"]
        assert client.get(form).status_code == 200
        client.post(form, {"password1": "otra-clave-larga-7", "password2": "otra-clave-larga-7"})
        ana.refresh_from_db()
        assert ana.check_password("otra-clave-larga-7")
        again = Client()
        again.get(path)
        assert ana.check_password("otra-clave-larga-7")

    def test_an_unknown_address_gets_the_same_answer_and_no_mail(self, client, ana):
        known = client.post("/es/account/password/reset/", {"email": ana.email})
        unknown = client.post("/es/account/password/reset/", {"email": "nobody@casa.example"})
        assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
        assert len(mail.outbox) == 1

    @pytest.mark.parametrize("key", ["1-x", "0-set-password", "zzzz-" + "9" * 400])
    def test_a_made_up_link_changes_nothing(self, client, ana, key):
        assert client.get(f"/es/account/password/reset/key/{key}/").status_code in (200, 302, 404)
        ana.refresh_from_db()
        assert ana.check_password(PASSWORD)


class TestClosed:
    def test_nobody_makes_an_account_by_themselves(self, client):
        assert client.get("/es/account/signup/").status_code == 200
        client.post("/es/account/signup/", {"email": "eva@casa.example", "password1": "clave-muy-larga-9"})
        assert not User.objects.exists()

    def test_a_closed_account_is_out_at_once(self, signed_in, ana):
        browser = signed_in(ana)
        assert browser.get("/es/my-work/").status_code == 200
        User.objects.update(is_active=False)
        assert "/account/login/" in browser.get("/es/my-work/")["Location"]

    def test_and_does_not_come_back_in(self, client, ana):
        User.objects.update(is_active=False)
        client.post("/es/account/login/", {"login": ana.email, "password": PASSWORD})
        assert not is_in(client)


@pytest.mark.parametrize("language", ["es", "pt", "en"])
@pytest.mark.parametrize(
    "page",
    ["login/", "login/code/", "password/reset/", "password/reset/done/", "signup/", "inactive/"],
)
def test_the_pages_of_a_visitor(client, language, page):
    response = client.get(f"/{language}/account/{page}")
    assert response.status_code == 200
    assert "<h1" in response.content.decode()
    assert not re.search(r"<[^>]+ (?:style|on\w+)=", response.content.decode())


@pytest.mark.parametrize("page", ["email/", "password/change/", "logout/"])
def test_the_pages_of_somebody(signed_in, ana, page):
    assert signed_in(ana).get(f"/es/account/{page}").status_code == 200
    assert Client().get(f"/es/account/{page}").status_code == 302


def test_an_address_longer_than_the_database_keeps_is_refused(signed_in, ana):
    address = f"{'a' * 60}@{'.'.join(['b' * 60] * 3)}.{'c' * 9}.com"
    answer = signed_in(ana).post("/es/account/email/", {"email": address, "action_add": ""})
    assert answer.status_code == 200 and "email" in answer.context["form"].errors
    assert not ana.emailaddress_set.filter(email=address).exists()
