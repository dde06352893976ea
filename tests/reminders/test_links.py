"""Stopping by one click, choosing in one's preferences, reporting from a mail."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import MailStop
from accounts.queries import stop_page, stopped
from accounts.services import issue_links, revoke_links
from commons.states import ACTION_LINK
from core import clock
from tests import factories as make

pytestmark = pytest.mark.django_db
KIND = "reminder.commons.action"


def path(page):
    return "/" + page.split("/", 3)[3]


def test_looking_stops_nothing_and_one_click_does_without_account_or_form_token():
    page = path(stop_page("nobody@example.org", KIND))
    client = Client(enforce_csrf_checks=True)
    assert client.get(page).status_code == 200
    assert not MailStop.objects.exists()
    for _ in range(2):
        assert client.post(page, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert stopped({("nobody@example.org", KIND)})
    client.post(page, {"again": "1"})
    assert not MailStop.objects.exists()


def test_a_forged_address_stops_nothing(client):
    page = path(stop_page("nobody@example.org", KIND))
    for wrong in (page[:-3] + "xx/", path(stop_page("nobody@example.org", "invitation"))):
        assert client.get(wrong).status_code == 410
        assert client.post(wrong).status_code == 410
    assert not MailStop.objects.exists()


def test_preferences_choose_kinds(signed_in):
    user = make.user()
    client = signed_in(user)
    page = reverse("accounts:preferences")
    assert b'value="reminder.commons.action"' in client.get(page).content
    form = {"language": "es", "zone": "America/Montevideo"}
    client.post(page, form | {"reminders": ["reminder.meetings.meeting"]})
    assert stopped({(user.email, KIND), (user.email, "reminder.meetings.meeting")}) == {(user.email, KIND)}
    client.post(page, form | {"reminders": ["reminder.meetings.meeting", KIND]})
    assert not stopped({(user.email, KIND)})


@pytest.fixture
def sent():
    """An action and the page of a link to it."""
    organization = make.organization()
    user = make.delegate(organization)
    action = make.action(organization)
    token = issue_links(ACTION_LINK, {(action.code, user.email)}, clock.now(), 10)[(action.code, user.email)]
    return action, user, reverse("commons:action_by_link", args=[action.code, token])


FORM = {"state": "done", "words": "Hecho", "evidence": ""}


def test_a_report_from_a_mail_works_once_and_opening_it_uses_nothing_up(client, sent):
    action, user, page = sent
    for _ in range(3):
        assert client.get(page).status_code == 200
    assert client.post(page, FORM | {"state": "dropped", "words": ""}).status_code == 422, "a reason is needed"
    assert client.post(page, FORM).status_code == 200
    update = action.updates.get()
    assert (update.state, update.author) == ("done", user.journal_key)
    assert client.post(page, FORM).status_code == 410
    assert client.get(page).status_code == 410
    assert action.updates.count() == 1


def test_expired_revoked_or_of_another_action(client, sent, monkeypatch):
    action, user, page = sent
    other = make.action(make.organization())
    assert client.post(page.replace(action.code, other.code), FORM).status_code == 410
    later = clock.now() + clock.datetime.timedelta(days=11)
    with monkeypatch.context() as moved:
        moved.setattr(clock, "now", lambda: later)
        assert client.post(page, FORM).status_code == 410
    revoke_links(ACTION_LINK, action.code, user.email, clock.now())
    assert client.post(page, FORM).status_code == 410
    assert action.updates.count() == 0


def test_who_no_longer_writes_for_the_organisation_does_nothing(client, sent):
    action, user, page = sent
    user.person.mandates.all().delete()
    assert client.post(page, FORM).status_code == 410
    assert action.updates.count() == 0
