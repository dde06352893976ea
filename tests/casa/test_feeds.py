"""Calendar, news, sitemap, robots: read back with readers that are not ours; only what a visitor may see."""

import datetime
import xml.etree.ElementTree as ET

import icalendar
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.records import services as records
from core.visibility import Visibility
from engagement.models import TrainingProgramme, TrainingSession
from spaces.models import DeadlineChange, Edition, EditionDeadline, Space
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 3, 2, 15, tzinfo=datetime.UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(autouse=True)
def march():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def space():
    return Space.objects.create(slug="demo-foro", name_es="Foro, Demo; uno", kind="regional", acronym="FDU")


def edition(space, starts_on=datetime.date(2026, 8, 4), **fields):
    fields.setdefault("ends_on", starts_on + datetime.timedelta(days=2))
    return records.create(
        "EDI",
        starts_on.year,
        Edition(space=space, year=starts_on.year, title_es="FDU 2026", starts_on=starts_on, **fields),
    )


def deadline(edition, **fields):
    closes = datetime.datetime(2026, 5, 11, 5, tzinfo=datetime.UTC)
    defaults = {
        "title_es": "Propuestas",
        "day": datetime.date(2026, 5, 10),
        "closes_at": closes,
        "zone": "America/Bogota",
    }
    return EditionDeadline.objects.create(edition=edition, **defaults | fields)


def events(client, path="/es/calendar.ics"):
    response = client.get(path)
    assert response["Content-Type"].startswith("text/calendar")
    return {str(event["SUMMARY"]): event for event in icalendar.Calendar.from_ical(response.content).walk("VEVENT")}


def entries(client, path="/es/feed.atom"):
    response = client.get(path)
    assert response["Content-Type"].startswith("application/atom+xml")
    return ET.fromstring(response.content).findall(f"{ATOM}entry")


class TestCalendar:
    def test_says_what_the_pages_say(self, client, space):
        row = edition(space)
        deadline(row)
        found = events(client)
        assert found["FDU 2026"]["DTSTART"].dt == datetime.date(2026, 8, 4)
        assert found["FDU 2026"]["DTEND"].dt == datetime.date(2026, 8, 7)
        last = found["FDU 2026: Propuestas"]
        assert last["DTSTART"].dt == datetime.datetime(2026, 5, 11, 4, 59, tzinfo=datetime.UTC)
        assert "23:59" in last["DESCRIPTION"] and "UTC−5" in last["DESCRIPTION"]

    def test_only_public_meetings(self, client):
        make.meeting(title_es="Pública Demo")
        make.meeting(title_es="Planeada Demo", state="planned")
        make.meeting(title_es="Reservada Demo", visibility=Visibility.COMMUNITY)
        assert set(events(client)) == {"Pública Demo"}

    def test_a_member_downloads_the_same_public_calendar(self, client, signed_in):
        make.meeting(title_es="Reservada Demo", visibility=Visibility.COMMUNITY)
        assert events(signed_in(make.delegate(make.organization()))) == {}

    def test_what_is_cancelled_stays_and_says_so(self, client, space):
        edition(space, state="cancelled")
        event = events(client)["FDU 2026"]
        assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CANCELLED", 1)

    def test_a_moved_deadline_raises_its_sequence_and_keeps_its_identity(self, client, space):
        row = deadline(edition(space))
        before = events(client)["FDU 2026: Propuestas"]
        DeadlineChange.objects.create(deadline=row, old_day=row.day, new_day=row.day, at=NOW)
        after = events(client)["FDU 2026: Propuestas"]
        assert after["UID"] == before["UID"]
        assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)

    def test_no_event_on_a_day_that_nobody_announced(self, client, space):
        edition(space, date_precision="month")
        edition(space, date_precision="year")
        assert events(client) == {}

    def test_of_one_space(self, client, space):
        edition(space)
        Space.objects.create(slug="demo-otro", name_es="Otro", kind="regional")
        assert list(events(client, "/en/spaces/demo-foro/calendar.ics")) == ["FDU 2026"]
        assert events(client, "/en/spaces/demo-otro/calendar.ics") == {}
        assert client.get("/en/spaces/no-such/calendar.ics").status_code == 404

    def test_costs_the_same_at_3_and_at_30_rows(self, client, space):
        def cost():
            with CaptureQueriesContext(connection) as seen:
                client.get("/es/calendar.ics")
            return len(seen)

        for _n in range(3):
            deadline(edition(space))
            make.meeting()
        few = cost()
        for _n in range(27):
            deadline(edition(space))
            make.meeting()
        assert cost() == few <= 4


class TestNews:
    def test_outcomes_moves_and_deeds(self, client, space):
        meeting = make.meeting(state="published", title_es="Anual Demo", published_at=NOW)
        row = deadline(edition(space))
        DeadlineChange.objects.create(deadline=row, old_day=datetime.date(2026, 4, 30), new_day=row.day, at=NOW)
        programme = TrainingProgramme.objects.create(slug="demo", name_es="Demo")
        records.create(
            "TRA",
            2026,
            TrainingSession(
                programme=programme,
                year=2026,
                title_es="Taller Demo",
                starts_on=datetime.date(2026, 2, 3),
                state="published",
                visibility=Visibility.PUBLIC,
            ),
        )
        ids = [entry.findtext(f"{ATOM}id") for entry in entries(client)]
        assert f"tag:localhost,2026:{meeting.code}/outcome" in ids
        assert len(ids) == len(set(ids)) == 3

    def test_nothing_that_a_visitor_may_not_read(self, client, signed_in):
        make.meeting(state="published", visibility=Visibility.COMMUNITY)
        make.meeting(state="held")
        assert entries(client) == []
        assert entries(signed_in(make.coordination())) == []

    def test_an_old_change_is_news_of_its_own_time(self, client, space):
        row = deadline(edition(space, datetime.date(2020, 8, 4)), day=datetime.date(2020, 5, 10))
        DeadlineChange.objects.create(deadline=row, new_day=row.day, at=NOW)
        assert entries(client)[0].findtext(f"{ATOM}updated").startswith("2020-05-11")

    def test_hostile_words_stay_words(self, client):
        make.meeting(state="published", published_at=NOW, title_es="<script>alert(1)</script> & ]]>")
        assert "<script>alert(1)</script> & ]]>" in entries(client)[0].findtext(f"{ATOM}title")


@pytest.mark.parametrize(
    "path", ["/es/calendar.ics", "/pt/feed.atom", "/sitemap.xml", "/en/spaces/demo-foro/calendar.ics"]
)
class TestComingBack:
    def test_nothing_new_is_a_304(self, client, space, path):
        deadline(edition(space))
        make.meeting(state="published", published_at=NOW)
        first = client.get(path)
        assert client.get(path).content == first.content
        again = client.get(path, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        if "Last-Modified" in first:
            assert client.get(path, headers={"if-modified-since": first["Last-Modified"]}).status_code == 304

    def test_something_new_is_not(self, client, space, path):
        first = client.get(path)
        deadline(edition(space))
        make.meeting(state="published", published_at=NOW)
        assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 200

    def test_reading_only_and_without_cookies(self, client, space, path):
        assert client.post(path).status_code == 405
        assert client.head(path).status_code == 200
        response = client.get(path)
        assert "Set-Cookie" not in response and not response.cookies
        assert "public" in response["Cache-Control"]


class TestSitemap:
    def addresses(self, client):
        found = ET.fromstring(client.get("/sitemap.xml").content).findall(f"{MAP}url")
        return [url.findtext(f"{MAP}loc").removeprefix("http://localhost:8000") for url in found]

    def test_every_address_stands_in_every_language(self, client, space):
        make.organization()
        edition(space)
        make.decision(make.meeting(state="published"))
        found = self.addresses(client)
        assert len(found) == len(set(found)) > 30
        assert {path: client.get(path).status_code for path in found if client.get(path).status_code != 200} == {}
        assert {path.split("/")[1] for path in found} == {"es", "pt", "en"}

    def test_nothing_that_a_visitor_may_not_read(self, client, signed_in):
        hidden = make.decision(make.meeting(state="published"), visibility=Visibility.COMMUNITY)
        signed_in(make.coordination())
        assert not [path for path in self.addresses(client) if hidden.code in path]


def test_robots_keep_out_of_a_demonstration(client, settings):
    settings.CASA_DEMO = True
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()
    settings.CASA_DEMO = False
    words = client.get("/robots.txt").content.decode()
    assert "Disallow: /\n" not in words
    assert "/sitemap.xml" in words


def test_the_icon_is_found_where_browsers_look(client):
    assert client.get("/favicon.ico")["Location"] == "/static/img/favicon.svg"
