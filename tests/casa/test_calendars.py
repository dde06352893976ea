"""Calendars of one's own: by a secret address that can be withdrawn, of what one may see today and no more."""

import datetime
import logging

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import PersonalLink
from accounts.queries import calendar_tokens
from accounts.services import open_calendar
from commons.services.actions import ActionPlan, record_action, update_action
from core.logs import NoSecrets, without_secrets
from core.records import services as records
from core.visibility import Visibility
from organizations.models import Mandate
from spaces.models import Edition, Space
from spaces.services.editions import set_edition_state
from tests import factories as make
from tests.calendars import read_by_all

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 3, 2, 15, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def march():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def organization():
    return make.organization("DEMO-A")


def task(organization, title="Tarea Demo"):
    due_on = datetime.date(2026, 4, 1)
    return record_action(ActionPlan(title, "es", organization, 2026, due_on), actor=None, now=NOW)


def path_of(user, code="mine"):
    return f"/es/calendars/{open_calendar(user, code, NOW)}.ics"


def summaries(client, path):
    return sorted(read.summary for read in read_by_all(client.get(path).content).values())


def edition(**fields):
    space = Space.objects.create(slug=f"demo-{Space.objects.count()}", name_es="Foro Demo", kind="regional")
    day = {"starts_on": datetime.date(2026, 8, 4), "title_es": fields.pop("title_es", "FDU 2026")}
    return records.create("EDI", 2026, Edition(space=space, year=2026, **day | fields))


def test_a_delegate_reads_what_a_delegate_may_see(client, organization):
    user, other = make.delegate(organization), make.organization("DEMO-B")
    make.meeting(title_es="De la comunidad", visibility=Visibility.COMMUNITY, link="https://meet.example.org/x")
    make.meeting(title_es="Planeada", state="planned")
    make.meeting(title_es="Restringida", visibility=Visibility.PRIVATE)
    edition()
    task(organization)
    task(other, "De otros")
    response = client.get(path_of(user))
    assert summaries(client, path_of(user)) == ["DEMO-A: Tarea Demo", "De la comunidad", "FDU 2026"]
    assert b"meet.example.org" in response.content
    assert "private" in response["Cache-Control"]
    # The same page for somebody who belongs nowhere: what is public, and no address for taking part.
    nobody = client.get(path_of(make.user()))
    assert b"meet.example.org" not in nobody.content and b"De la comunidad" not in nobody.content


def test_the_team_does_not_read_planned_dates_as_if_somebody_had_been_called(client):
    make.meeting(title_es="Planeada", state="planned")
    make.meeting(title_es="Restringida", visibility=Visibility.PRIVATE)
    assert summaries(client, path_of(make.coordination())) == ["Restringida"]


def test_an_organisations_own_calendar(client, organization):
    user, other = make.delegate(organization), make.organization("DEMO-B")
    own, foreign = edition(title_es="Con parte nuestra"), edition(title_es="Sin parte nuestra")
    make.participation(own, organization)
    make.participation(foreign, other)
    task(organization)
    assert summaries(client, path_of(user, organization.slug)) == ["Con parte nuestra", "DEMO-A: Tarea Demo"]
    assert client.get(path_of(user, other.slug)).status_code == 404
    Mandate.objects.filter(person__user=user).update(ends_on=datetime.date(2026, 3, 1))
    assert client.get(path_of(user, organization.slug)).status_code == 404


def test_an_address_is_made_shown_again_renewed_and_withdrawn(signed_in, client, organization, march):
    user = make.delegate(organization)
    browser = signed_in(user)
    assert "/calendars/" not in browser.get("/es/follow/").content.decode()
    browser.post("/es/follow/mine/")
    first = calendar_tokens(user, NOW)["mine"]
    assert f"/es/calendars/{first}.ics" in browser.get("/es/follow/").content.decode()
    assert client.get(f"/es/calendars/{first}.ics").status_code == 200
    assert first not in str(list(PersonalLink.objects.values())), "the address itself is stored nowhere"
    march.shift(60)
    browser.post("/es/follow/mine/")
    second = calendar_tokens(user, NOW)["mine"]
    assert (client.get(f"/es/calendars/{first}.ics").status_code, second != first) == (404, True)
    browser.post("/es/follow/mine/", {"withdraw": "1"})
    assert client.get(f"/es/calendars/{second}.ics").status_code == 404
    assert calendar_tokens(user, NOW) == {}


def test_nobody_makes_an_address_for_what_is_not_theirs(signed_in, client, organization):
    other = make.organization("DEMO-B")
    assert signed_in(make.delegate(organization)).post(f"/es/follow/{other.slug}/").status_code == 404
    assert client.post("/es/follow/mine/").status_code == 302
    assert PersonalLink.objects.count() == 0


def test_it_is_read_and_nothing_else(client, organization):
    path = path_of(make.delegate(organization))
    assert client.post(path).status_code == 405
    first = client.get(path)
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert not first.cookies


def test_a_task_that_is_done_leaves_also_who_asks_only_since_when(client, organization, march):
    user, action = make.delegate(organization), task(organization)
    path = path_of(user)
    since = {"if-modified-since": client.get(path)["Last-Modified"]}
    assert client.get(path, headers=since).status_code == 304
    march.shift(60)
    later = NOW + datetime.timedelta(minutes=1)
    update_action(action, state="done", words="Demo", evidence="", actor=user, now=later)
    again = client.get(path, headers=since)
    assert again.status_code == 200 and b"Tarea Demo" not in again.content


def test_a_closed_account_has_no_calendar(client, organization):
    user = make.delegate(organization)
    path = path_of(user)
    user.is_active = False
    user.save()
    assert client.get(path).status_code == 404


def test_an_edition_that_is_confirmed_or_called_off_raises_its_sequence(client):
    row, team = edition(), make.coordination()
    seen = []
    for state in (None, "confirmed", "postponed", "confirmed"):
        if state:
            row.refresh_from_db()
            set_edition_state(row, state, actor=team, now=NOW + datetime.timedelta(hours=len(seen)))
        (read,) = read_by_all(client.get("/es/calendar.ics").content).values()
        seen.append((read.sequence, read.status))
    assert seen == [(0, "TENTATIVE"), (1, "CONFIRMED"), (2, "CANCELLED"), (3, "CONFIRMED")]


def test_tokens_stay_out_of_the_log(client, organization, caplog):
    path = path_of(make.delegate(organization))
    token = path.rsplit("/", 1)[1].removesuffix(".ics")
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Not Found: %s", (path,), None)
    assert NoSecrets().filter(record)
    assert token not in record.getMessage() and record.getMessage() == "Not Found: /es/calendars/….ics"
    line = '"GET /es/meetings/CASA-2026-MEE-001/calendar.ics HTTP/1.1" 200'
    assert without_secrets(line) == line


def test_costs_the_same_at_3_and_at_30_rows(client, organization):
    user = make.delegate(organization)
    path = path_of(user)

    def cost():
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        return len(seen)

    def fill(number):
        for _n in range(number):
            make.meeting()
            make.participation(edition(), organization)
            task(organization)

    fill(3)
    few = cost()
    fill(27)
    assert cost() == few <= 10
