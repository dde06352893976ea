"""The year: what stands on the first page, for whom, and at what cost."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from casa import year as reading
from casa.year.words import first_paragraph, sentence, tally, whole_sentences
from commons.models import ActionItem, Text, TextVersion
from core.records import services as records
from core.text import Shown
from core.visibility import Visibility
from meetings.models import Attendance
from spaces.models import Edition, EditionDeadline, Space
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 3, 2, 15, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def march():
    with time_machine.travel(NOW, tick=False):
        yield


def annual(year=2026, state="published", organizations=0, outcome="", **fields):
    row = make.meeting(year=year, kind="annual", state=state, **fields)
    for _n in range(organizations):
        Attendance.objects.create(meeting=row, organization=make.organization(), presence="in_person")
    if outcome:
        row.outcome = Text.objects.create(authoritative_language="es")
        row.save()
        TextVersion.objects.create(text=row.outcome, language="es", number=1, body=outcome, written_at=NOW)
    return row


def action(organization, title="Tarea Demo", visibility=Visibility.PUBLIC, **fields):
    row = ActionItem(organization=organization, title_es=title, visibility=visibility, **fields)
    return records.create("ACT", 2026, row)


def follows(origin, outcome):
    records.link(origin.code, outcome.code, NOW)
    return outcome


def edition(starts_on, space=None, **fields):
    space = space or Space.objects.create(slug=f"demo-{make.count.__next__()}", name_es="Foro Demo", kind="regional")
    row = Edition(space=space, year=starts_on.year, title_es="Foro Demo", starts_on=starts_on, **fields)
    return records.create("EDI", starts_on.year, row)


class TestWhichYear:
    def test_the_current_one_when_it_has_anything(self, client):
        annual(2025)
        edition(datetime.date(2026, 8, 1))
        assert client.get("/es/").context["year"].number == 2026

    def test_else_the_latest_told_with_a_sentence(self, client):
        annual(2023)
        annual(2024)
        edition(datetime.date(2025, 8, 1))
        response = client.get("/en/")
        assert response.context["year"].number == 2024
        assert "Nothing from 2026 is public yet: this is 2024, the latest year on record." in response.content.decode()

    def test_an_empty_house_says_what_is_to_come(self, client):
        response = client.get("/en/")
        assert response.status_code == 200
        assert "Nothing from 2026 is public yet." in response.content.decode()

    def test_a_planned_meeting_makes_no_year_public(self, client):
        annual(2027, state="planned")
        assert client.get("/es/years/2027/").status_code == 404
        assert client.get("/es/years/2026/").status_code == 200

    @pytest.mark.parametrize("year", ["1899", "2150", "0", "99999999999999999999", "abc", "-1"])
    def test_absurd_years_are_no_pages(self, client, year):
        assert client.get(f"/es/years/{year}/").status_code == 404


class TestSentence:
    def test_counts_organisations_in_words(self, client):
        annual(organizations=7)
        assert "In January, seven organisations agreed" in client.get("/en/").content.decode()

    def test_does_not_count_what_no_source_counts(self, client):
        annual()
        assert "The organisations met to agree what to do together in 2026." in client.get("/en/").content.decode()

    def test_apologies_are_not_presence(self, client):
        row = annual(organizations=2)
        Attendance.objects.create(meeting=row, organization=make.organization(), presence="apologies")
        assert "two organisations" in client.get("/en/").content.decode()

    def test_ahead_and_held(self):
        year = reading.Year(2026, 2026, annual=annual(state="convened"))
        with translation.override("en"):
            assert sentence(year).startswith("The organisations meet on 22–23 January 2026.")
            year.annual.state = "held"
            assert sentence(year).startswith("The organisations met on 22–23 January 2026.")

    def test_the_first_sentences_whole(self):
        words = "Uno dos tres. Cuatro cinco 17.º LACIGF seis. " + "Siete " * 90 + "fin."
        assert whole_sentences(words, limit=10) == "Uno dos tres. Cuatro cinco 17.º LACIGF seis."
        assert whole_sentences("una " * 200, limit=10).count("una") == 200

    def test_the_first_paragraph_is_plain_words(self):
        lede = first_paragraph(
            Shown("# Título\n\n**Uno** & [dos](https://x.example) <b>tres</b>.\n\nOtro.", "es", "en")
        )
        assert lede.value == "Uno & dos <b>tres</b>."
        assert lede.is_other_language

    def test_tally(self):
        assert tally({}) == ""
        assert len(tally({"fulfilled": 1, "underway": 2, "dropped": 3, "": 4}).split(", ")) == 4


class TestCommitments:
    def test_stand_by_theme_with_their_latest_evidence(self, client):
        meeting, theme = annual(), make.theme(name_en="Routing")
        decision = make.decision(meeting, "Compromiso Demo", theme=theme, state="underway")
        done = follows(decision, action(make.organization(), "Hecha Demo", state="done"))
        follows(decision, action(make.organization(), "Abierta Demo", due_on=datetime.date(2026, 9, 1)))
        [group] = client.get("/en/").context["year"].groups
        [commitment] = group.commitments
        assert str(group.title) == "Routing"
        assert commitment.latest.code == done.code
        assert len(commitment.outcomes) == 2

    def test_what_is_only_due_is_no_evidence(self, client):
        decision = make.decision(annual(), state="underway")
        due = follows(decision, action(make.organization(), due_on=datetime.date(2026, 9, 1)))
        [commitment] = client.get("/es/").context["year"].groups[0].commitments
        assert (commitment.latest, commitment.next_step.code) == (None, due.code)

    def test_what_was_only_talked_about_is_no_commitment(self, client):
        make.decision(annual(), "Conversación Demo", how="noted")
        year = client.get("/es/").context["year"]
        assert year.groups == []
        assert [str(c.row.title) for c in year.talked] == ["Conversación Demo"]

    def test_a_visitor_reads_only_what_is_public(self, client, signed_in):
        meeting = annual()
        make.decision(meeting, "Pública Demo")
        make.decision(meeting, "Entre nosotras Demo", visibility=Visibility.COMMUNITY)
        assert "Entre nosotras Demo" not in client.get("/es/").content.decode()
        assert "Pública Demo" in client.get("/es/").content.decode()
        member = signed_in(make.delegate(make.organization()))
        assert "Entre nosotras Demo" in member.get("/es/").content.decode()

    def test_nothing_before_the_outcome_is_published(self, client, signed_in):
        make.decision(annual(state="held"), "Temprana Demo")
        assert "Temprana Demo" not in client.get("/es/").content.decode()
        assert "Temprana Demo" in signed_in(make.delegate(make.organization())).get("/es/").content.decode()

    def test_priorities_once_their_cycle_is_published(self, client):
        cycle = make.cycle(2026, state="published")
        plan = make.plan(cycle, make.organization(), state="closed")
        make.priority(plan, "Prioridad pública Demo")
        make.priority(plan, "Prioridad reservada Demo", visibility=Visibility.COMMUNITY)
        page = client.get("/es/").content.decode()
        assert "Prioridad pública Demo" in page
        assert "Prioridad reservada Demo" not in page

    def test_an_open_cycle_shows_nothing_to_visitors(self, client, signed_in):
        plan = make.plan(make.cycle(2026), make.organization(), state="submitted")
        make.priority(plan, "Prioridad temprana Demo")
        assert "Prioridad temprana Demo" not in client.get("/es/").content.decode()
        assert "Prioridad temprana Demo" in signed_in(make.delegate(make.organization())).get("/es/").content.decode()


class TestDates:
    def test_the_next_three_with_their_announced_zone(self, client):
        row = edition(datetime.date(2026, 8, 1))
        for day in (10, 11, 12, 13):
            closes = datetime.datetime(2026, 5, day, 5, tzinfo=datetime.UTC)
            EditionDeadline.objects.create(
                edition=row,
                title_es=f"Plazo {day}",
                day=closes.date() - datetime.timedelta(days=1),
                closes_at=closes,
                zone="America/Bogota",
            )
        response = client.get("/es/")
        assert [str(m.title) for m in response.context["year"].ahead] == ["Plazo 10", "Plazo 11", "Plazo 12"]
        assert "23:59" in response.content.decode()
        assert "UTC−5" in response.content.decode()

    def test_what_is_over_cancelled_or_only_a_year_is_not_ahead(self, client):
        edition(datetime.date(2026, 2, 1))
        edition(datetime.date(2026, 9, 1), state="cancelled")
        edition(datetime.date(2026, 1, 1), date_precision="year")
        month = edition(datetime.date(2026, 3, 1), date_precision="month")
        year = client.get("/es/").context["year"]
        assert [m.code for m in year.ahead] == [month.code]
        assert len(year.undated) == 1
        assert len(year.arch) == 2

    def test_dates_of_next_year_are_ahead_already(self, client):
        annual(2026)
        make.meeting(year=2027, state="convened", kind="annual")
        assert len(client.get("/es/").context["year"].ahead) == 1
        assert client.get("/es/years/2026/").context["year"].arch[0]["when"].startswith("22–23")


class TestThreads:
    def test_where_from_and_what_came_of(self, client):
        cycle = make.cycle(2026, state="published")
        priority = make.priority(make.plan(cycle, make.organization(), state="closed"))
        decision = follows(priority, make.decision(annual()))
        done = follows(decision, action(make.organization(), state="done"))
        response = client.get(f"/es/threads/{decision.code}/")
        assert [n.code for n in response.context["origins"]] == [priority.code]
        assert [n.code for n in response.context["outcomes"]] == [done.code]

    def test_a_hidden_record_has_no_thread_and_no_permalink(self, client, signed_in):
        hidden = make.decision(annual(), visibility=Visibility.COMMUNITY)
        for path in (f"/es/threads/{hidden.code}/", f"/c/{hidden.code}/"):
            assert client.get(path).status_code == 404
        member = signed_in(make.delegate(make.organization()))
        assert member.get(f"/es/threads/{hidden.code}/").status_code == 200

    @pytest.mark.parametrize(("asked", "prefix"), [("pt-BR", "/pt/"), ("en", "/en/"), ("de", "/es/")])
    def test_a_code_leads_to_its_page_in_the_readers_language(self, client, asked, prefix):
        decision = make.decision(annual())
        response = client.get(f"/c/{decision.code.lower()}/", headers={"accept-language": asked})
        assert response.status_code == 302
        assert response["Location"] == f"{prefix}meetings/decisions/{decision.code}/"
        assert "Accept-Language" in response["Vary"]

    @pytest.mark.parametrize("code", ["CASA-2026-DEC-999", "CASA-2026-XXX-001", "CASA-" + "9" * 400, "x"])
    def test_unknown_codes(self, client, code):
        assert client.get(f"/c/{code}/").status_code == 404
        assert client.get(f"/es/threads/{code}/").status_code == 404


@pytest.mark.parametrize("language", ["es", "pt", "en"])
@pytest.mark.parametrize("page", ["", "years/", "years/2026/", "about/", "follow/"])
def test_pages_stand_in_every_language(client, language, page):
    annual(organizations=3, outcome="Uno.\n\nDos.")
    response = client.get(f"/{language}/{page}")
    assert response.status_code == 200
    assert client.head(f"/{language}/{page}").status_code == 200


def _fill(meeting, rows):
    for n in range(rows):
        decision = make.decision(meeting, theme=make.theme(), number=n + 1, state="underway")
        follows(decision, action(make.organization(), due_on=datetime.date(2026, 5, 1)))
        row = edition(datetime.date(2026, 6, 1) + datetime.timedelta(days=n))
        EditionDeadline.objects.create(edition=row, title_es="Plazo", day=datetime.date(2026, 5, 1), zone="")


def _queries(client, path):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_the_year_costs_the_same_at_3_and_at_30_rows(client):
    meeting = annual(outcome="Uno.")
    _fill(meeting, 3)
    few = [_queries(client, path) for path in ("/es/", "/es/years/2026/", "/es/years/")]
    _fill(meeting, 27)
    assert [_queries(client, path) for path in ("/es/", "/es/years/2026/", "/es/years/")] == few
    assert max(few) <= 8


def test_a_year_of_two_hundred_threads_costs_what_one_of_twenty_does(client):
    meeting = annual(outcome="Uno.")
    themes, owners = [make.theme() for _n in range(10)], [make.organization() for _n in range(7)]

    def fill(number):
        for n in range(number):
            decision = make.decision(meeting, theme=themes[n % 10], number=meeting.decisions.count() + 1)
            follows(decision, action(owners[n % 7], due_on=datetime.date(2026, 5, 1)))

    fill(20)
    few = _queries(client, "/es/years/2026/")
    fill(180)
    assert _queries(client, "/es/years/2026/") == few <= 10


def test_a_thread_costs_the_same_at_3_and_at_30_rows(client):
    decision = make.decision(annual())
    for _n in range(3):
        follows(decision, action(make.organization()))
    few = _queries(client, f"/es/threads/{decision.code}/")
    for _n in range(27):
        follows(decision, action(make.organization()))
    assert _queries(client, f"/es/threads/{decision.code}/") == few <= 8


@pytest.mark.parametrize("state", ["convened", "in_session", "held"])
def test_a_draft_of_the_outcome_is_not_told_before_it_is_published(client, signed_in, state):
    annual(state=state, outcome="Un borrador que nadie aprobó.")
    for page in ("/es/", "/es/years/2026/"):
        assert "Un borrador" not in client.get(page).content.decode()
    delegate = make.delegate(make.organization())
    assert "Un borrador" not in signed_in(delegate).get("/es/years/2026/").content.decode()
