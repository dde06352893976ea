"""Visits and training: what is public, totals only, threads."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.records import services as records
from engagement.models import Institution
from tests import factories as make

pytestmark = pytest.mark.django_db


def queries(client, address):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def institution(n=1):
    return Institution.objects.create(slug=f"demo-{n}", name_es=f"Institución Demo {n}", kind="regulator")


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_the_pages_open_in_every_language(client, language):
    visit, session = make.visit(), make.training()
    for page in ("", f"visits/{visit.code}/", f"training/{session.code}/", "programmes/demo/"):
        response = client.get(f"/{language}/engagement/{page}")
        assert response.status_code == 200
        assert "csrf" not in response.content.decode()


def test_an_empty_list_says_what_to_do(client):
    assert "empty" in client.get("/es/engagement/").content.decode()


def test_visits_and_training_stand_together_by_year_newest_first(client):
    undated = make.visit(2024, starts_on=None)
    april, october, old = make.visit(2024), make.training(2024), make.training(2019)
    years = client.get("/es/engagement/").context["years"]
    assert [(year, [row.code for row in rows]) for year, rows in years] == [
        (2024, [october.code, april.code, undated.code]),
        (2019, [old.code]),
    ]


@pytest.mark.parametrize(
    ("visibility", "state"), [("community", "published"), ("private", "published"), ("public", "planned")]
)
def test_what_is_not_public_does_not_exist_for_a_visitor(client, signed_in, visibility, state):
    visit = make.visit(visibility=visibility, state=state, title_es="Reservada")
    session = make.training(visibility=visibility, state=state, title_es="Reservado")
    pages = [f"/es/engagement/visits/{visit.code}/", f"/es/engagement/training/{session.code}/"]
    assert [client.get(page).status_code for page in pages] == [404, 404]
    for page in ("", "programmes/demo/"):
        assert "Reservad" not in client.get(f"/es/engagement/{page}").content.decode()
    member = signed_in(make.delegate(make.organization()))
    expected = 404 if visibility == "private" else 200
    assert [member.get(page).status_code for page in pages] == [expected, expected]


def test_attendance_is_one_total_or_said_to_be_unpublished(client):
    counted = make.training(attendees=42, countries=11)
    page = client.get(f"/en/engagement/training/{counted.code}/").content.decode()
    assert "42 attendees" in page
    assert "from 11 countries" in page
    silent = make.training()
    assert "no figure was published" in client.get(f"/en/engagement/training/{silent.code}/").content.decode()


def test_a_session_shows_what_it_came_from(client):
    decision = make.decision(make.meeting(2026, state="published"), "Capacitar Demo")
    session, later = make.training(), make.visit(title_es="Después Demo", starts_on=datetime.date(2026, 11, 1))
    records.link(decision.code, session.code, clock.now())
    records.link(session.code, later.code, clock.now())
    page = client.get(f"/es/engagement/training/{session.code}/").content.decode()
    assert page.index("Capacitar Demo") < page.index("Después Demo")


def test_hostile_words_are_shown_as_words(client):
    visit = make.visit(
        title_es="<script>alert(1)</script>", summary_es="[x](javascript:alert(1)) <img src=x onerror=a>"
    )
    page = client.get(f"/es/engagement/visits/{visit.code}/").content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize("code", ["CASA-2024-VIS-999", "nonsense", "CASA-2024-VIS-00000000000000001"])
def test_an_unknown_code_is_no_page(client, code):
    assert client.get(f"/es/engagement/visits/{code}/").status_code == 404


def test_the_pages_cost_the_same_with_three_rows_and_with_thirty(client):
    organization, body = make.organization(), institution()
    visit, session = make.visit(), make.training()
    pages = ["", f"visits/{visit.code}/", f"training/{session.code}/", "programmes/demo/"]

    def grow(n):
        for _ in range(n):
            more, training = make.visit(), make.training()
            more.hosts.add(organization)
            more.taking_part.add(organization)
            more.institutions.add(body)
            training.hosts.add(organization)
            records.link(visit.code, more.code, clock.now())
            records.link(session.code, training.code, clock.now())

    visit.hosts.add(organization)
    visit.taking_part.add(organization)
    visit.institutions.add(body)
    grow(3)
    few = [queries(client, f"/es/engagement/{page}") for page in pages]
    grow(27)
    assert [queries(client, f"/es/engagement/{page}") for page in pages] == few
    assert max(few) <= 8
