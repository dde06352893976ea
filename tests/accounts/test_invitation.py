"""Invitations and personal links: one button, once, until a day; looking changes nothing."""

import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts import services
from accounts.models import PersonalLink, User
from core.errors import NotNow
from core.models import JournalEntry
from core.outbox.models import OutboxMessage
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited():
    services.invite(
        "ana@casa.example",
        language="es",
        zone="America/Montevideo",
        actor=None,
        now=timezone.now(),
        on_behalf_of="DEMO",
    )
    return User.objects.get(email="ana@casa.example")


def address():
    """The page in the newest invitation, as its reader would open it."""
    text = OutboxMessage.objects.filter(kind="invitation").order_by("-pk").first().text
    return next(line for line in text.splitlines() if line.startswith("http")).removeprefix("http://localhost:8000")


def is_in(browser):
    return "_auth_user_id" in browser.session


class TestAccepting:
    def test_proves_the_address_and_signs_in(self, client, invited):
        assert not invited.emailaddress_set.filter(verified=True).exists()
        assert client.post(address())["Location"] == "/es/my-work/"
        assert is_in(client)
        assert invited.emailaddress_set.filter(verified=True).exists()

    def test_a_look_changes_nothing(self, client, invited):
        for _n in range(3):
            assert client.get(address()).status_code == 200
            assert client.head(address()).status_code == 200
        assert not is_in(client)
        assert PersonalLink.objects.alive(timezone.now()).count() == 1
        assert not invited.emailaddress_set.filter(verified=True).exists()
        assert not JournalEntry.objects.filter(verb="invitation_accepted").exists()

    def test_a_second_use_is_refused(self, client, invited):
        page = address()
        client.post(page)
        again = Client()
        assert again.post(page).status_code == 410
        assert again.get(page).status_code == 410
        assert not is_in(again)

    def test_a_late_use_is_refused(self, client, invited):
        page = address()
        with time_machine.travel(timezone.now() + datetime.timedelta(days=services.INVITATION_DAYS, seconds=1)):
            assert client.get(page).status_code == 410
            assert client.post(page).status_code == 410
        assert not is_in(client)

    def test_a_withdrawn_one_is_refused(self, client, invited):
        PersonalLink.objects.update(revoked_at=timezone.now())
        assert client.post(address()).status_code == 410
        assert not is_in(client)

    def test_the_newest_invitation_revokes_the_ones_before(self, client, invited):
        first = address()
        services.invite("ana@casa.example", language="es", zone="America/Montevideo", actor=None, now=timezone.now())
        assert client.post(first).status_code == 410
        assert client.post(address()).status_code == 302

    @pytest.mark.parametrize("typed", ["ANA@casa.example", "Ana@Casa.Example"])
    def test_however_it_is_typed_the_newest_one_revokes_the_ones_before(self, client, invited, typed):
        first = address()
        services.invite(typed, language="es", zone="America/Montevideo", actor=None, now=timezone.now())
        assert PersonalLink.objects.alive(timezone.now()).count() == 1
        assert client.post(first).status_code == 410
        assert client.post(address()).status_code == 302

    def test_it_goes_to_the_account_s_own_address_never_to_one_that_only_looks_like_it(self):
        """`K` is the Kelvin sign: it is not the letter, and its lower case is."""
        services.invite("mike@casa.example", language="es", zone="America/Montevideo", actor=None, now=timezone.now())
        services.invite(
            "mi\u212ae@casa.example", language="es", zone="America/Montevideo", actor=None, now=timezone.now()
        )
        services.invite(
            "\u212aim@casa.example", language="es", zone="America/Montevideo", actor=None, now=timezone.now()
        )
        sent = set(OutboxMessage.objects.filter(kind="invitation").values_list("address", flat=True))
        assert sent == {"mike@casa.example", "kim@casa.example"}
        assert set(PersonalLink.objects.values_list("address", flat=True)) == sent

    def test_a_closed_account_stays_closed(self, client, invited):
        User.objects.update(is_active=False)
        assert client.post(address()).status_code == 410
        assert not is_in(client)

    @pytest.mark.parametrize("token", ["x", "x" * 2000, "<script>alert(1)</script>", "../..", "💥"])
    def test_what_is_no_token(self, client, invited, token):
        with translation.override("es"):
            path = reverse("accounts:invitation_accept", args=["TOKEN"]).replace("TOKEN", token)
        assert client.get(path).status_code in (404, 410)
        assert client.post(path).status_code in (404, 410)
        assert not is_in(client)

    def test_needs_the_forms_token(self, invited):
        browser = Client(enforce_csrf_checks=True)
        assert browser.post(address()).status_code == 403
        assert not is_in(browser)

    def test_a_link_for_something_else_opens_nothing(self, invited):
        token = services.issue_link("poll", "CASA-2026-MEE-001", "ana@casa.example", timezone.now(), 3)
        with pytest.raises(NotNow):
            services.accept_invitation(token, now=timezone.now())
        assert services.use_link(token, "poll", timezone.now()).code == "CASA-2026-MEE-001"

    def test_the_token_is_stored_nowhere(self, invited):
        token = address().rstrip("/").split("/")[-1]
        assert token not in str(list(PersonalLink.objects.values()))
        assert token not in str(list(JournalEntry.objects.values()))


class TestInviting:
    @pytest.mark.parametrize(("language", "prefix"), [("es", "/es/"), ("pt-br", "/pt/"), ("en", "/en/")])
    def test_the_mail_is_in_the_persons_language(self, language, prefix):
        services.invite(
            "ana@casa.example",
            language=language,
            zone="America/Sao_Paulo",
            actor=None,
            now=timezone.now(),
            on_behalf_of="DEMO",
        )
        row = OutboxMessage.objects.get()
        with translation.override(language):
            sentence = translation.gettext("Open this page and press its button; it is for you alone:")
        assert row.language == language
        assert "DEMO" in row.subject
        assert prefix + "people/invitation/" in row.text
        assert sentence in row.text

    def test_who_has_signed_in_before_is_not_invited_again(self):
        make.user("ana@casa.example")
        services.invite("ANA@casa.example", language="es", zone="America/Montevideo", actor=None, now=timezone.now())
        assert (User.objects.count(), OutboxMessage.objects.count()) == (1, 0)

    def test_the_mail_says_who_for_only_where_there_is_one(self):
        services.invite("ana@casa.example", language="en", zone="America/Montevideo", actor=None, now=timezone.now())
        assert (
            OutboxMessage.objects.get().subject == "Invitation to the technical community's portal, valid for 30 days"
        )


class TestPreferences:
    def test_are_ones_own(self, signed_in):
        me, other = make.user(), make.user()
        browser = signed_in(me)
        assert browser.get("/es/people/preferences/").status_code == 200
        browser.post("/es/people/preferences/", {"language": "pt-br", "zone": "America/Bogota"})
        me.refresh_from_db()
        other.refresh_from_db()
        assert (me.language, me.zone) == ("pt-br", "America/Bogota")
        assert (other.language, other.zone) == ("es", "America/Montevideo")

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"language": "xx", "zone": "UTC"},
            {"language": "es", "zone": "Nowhere/None"},
            {"language": "es", "zone": "../../etc/passwd"},
            {"language": "es", "zone": "x" * 5000},
        ],
    )
    def test_bad_ones_change_nothing(self, signed_in, data):
        me = make.user()
        response = signed_in(me).post("/es/people/preferences/", data)
        assert response.status_code in (200, 422)
        me.refresh_from_db()
        assert (me.language, me.zone) == ("es", "America/Montevideo")

    def test_a_visitor_is_sent_to_sign_in(self, client):
        assert "/account/login/" in client.get("/es/people/preferences/")["Location"]
