"""Who represents the community on a day, and what is said where it is not known."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from committees.models import Term
from committees.queries import TermLine, place_on
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = datetime.date


def queries(client, address):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.fixture
def cmpi():
    return make.committee("cmpi", acronym="CMPI")


@pytest.fixture
def seat(cmpi):
    return cmpi.seats.get(ordinal=1)


def holders(client, day):
    (committee,) = client.get(f"/es/representation/?on={day}").context["committees"]
    return [place.term and place.term.person.name for place in committee.places]


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_the_pages_open_in_every_language(client, cmpi, language):
    for page in ("", "?on=2024-02-01", "cmpi/"):
        response = client.get(f"/{language}/representation/{page}")
        assert response.status_code == 200
        assert "csrf" not in response.content.decode()


def test_nothing_on_record_says_so(client):
    assert "empty" in client.get("/en/representation/").content.decode()


def test_who_held_the_seat_on_any_day(client, seat):
    organization = make.organization()
    make.term(seat, organization, DAY(2022, 1, 28), ended_on=DAY(2024, 1, 22), person=make.person("Demo Primera"))
    make.term(seat, organization, DAY(2024, 1, 23), person=make.person("Demo Segunda"))
    assert holders(client, "2021-12-31") == [None, None, None]
    assert holders(client, "2022-01-28")[0] == "Demo Primera"
    assert holders(client, "2024-01-22")[0] == "Demo Primera"
    assert holders(client, "2024-01-23")[0] == "Demo Segunda"
    assert holders(client, "2030-01-01")[0] == "Demo Segunda"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"ended_on": DAY(2025, 6, 1)},
        {"planned_end": DAY(2025, 6, 1)},
        {"planned_end": DAY(2025, 6, 1), "ended_on": DAY(2025, 9, 1)},
    ],
)
def test_one_row_and_the_query_reckon_alike(seat, fields):
    term = make.term(seat, make.organization(), DAY(2024, 1, 23), **fields)
    for day in (DAY(2024, 1, 22), DAY(2024, 1, 23), DAY(2025, 6, 1), DAY(2025, 6, 2), DAY(2025, 9, 1), DAY(2025, 9, 2)):
        assert term.runs_on(day) == Term.objects.on(day).filter(pk=term.pk).exists(), day


def place(seat, day):
    seat.held = list(seat.terms.newest_first())
    return place_on(seat, day)


def test_vacant_unpublished_and_before_memory_are_three_things(seat):
    assert place(seat, DAY(2026, 1, 1)).is_vacant
    make.term(seat, make.organization(), DAY(2024, 1, 23), ended_on=DAY(2025, 1, 1))
    assert place(seat, DAY(2026, 1, 1)).is_vacant
    early = place(seat, DAY(2020, 1, 1))
    assert (early.is_vacant, early.before_memory) == (False, True)
    seat.committee.holders_known = False
    assert not place(seat, DAY(2026, 1, 1)).is_vacant


def test_an_unknown_end_is_said_to_be_unknown(client, seat):
    make.term(seat, make.organization())
    for page in ("", "cmpi/"):
        assert "planned end: not known" in client.get(f"/en/representation/{page}").content.decode()


def test_when_and_why_a_term_ended_and_who_held_the_seat_last(seat):
    ended = {"ended_on": DAY(2025, 1, 1), "end_reason": "resigned"}
    term = make.term(seat, make.organization(), DAY(2024, 1, 23), person=make.person("Demo Última"), **ended)
    with translation.override("en"):
        assert TermLine(term).until_and_why == "until 1 January 2025 (resignation)"
        assert TermLine(Term(planned_end=DAY(2027, 1, 1))).until_and_why == "planned until 1 January 2027"
        assert place(seat, DAY(2026, 1, 1)).nobody_because == "Last held by Demo Última."
        assert place(seat, DAY(2020, 1, 1)).nobody_because.startswith("That day is before")
        seat.terms.all().delete()
        assert place(seat, DAY(2026, 1, 1)).nobody_because == "Nobody is recorded in this seat."


def test_a_month_is_not_shown_as_a_day(client, seat):
    make.term(seat, make.organization(), DAY(2024, 1, 23), start_precision="month")
    page = client.get("/en/representation/cmpi/").content.decode()
    assert "since January 2024" in page
    assert "23 January" not in page


@pytest.mark.parametrize("asked", ["yesterday", "2024-02-30", "9" * 3000])
def test_a_day_that_is_none_is_answered_with_a_sentence(client, cmpi, asked):
    response = client.get("/es/representation/", {"on": asked})
    assert response.status_code == 200
    assert "notice--warn" in response.content.decode()


def test_what_chose_is_linked_only_where_it_may_be_read(client, seat):
    meeting = make.meeting(2024, state="published")
    shown, hidden = make.decision(meeting, "Elección Demo"), make.decision(meeting, "Oculta", visibility="community")
    term = make.term(seat, make.organization(), chosen_in=shown.code)
    assert "Elección Demo" in client.get("/es/representation/cmpi/").content.decode()
    Term.objects.filter(pk=term.pk).update(chosen_in=hidden.code)
    assert "Oculta" not in client.get("/es/representation/cmpi/").content.decode()


def test_the_pages_cost_the_same_with_three_rows_and_with_thirty(client, cmpi):
    organization = make.organization()
    meeting = make.meeting(2024, state="published")
    for seat in cmpi.seats.all():
        make.term(seat, organization, chosen_in=make.decision(meeting).code)
    few = [queries(client, f"/es/representation/{page}") for page in ("", "cmpi/")]
    for _ in range(27):
        make.committee(seats=1)
    large = make.committee("large", seats=30)
    for seat in large.seats.all():
        make.term(seat, organization, chosen_in=make.decision(meeting).code)
    assert [queries(client, f"/es/representation/{page}") for page in ("", "large/")] == few
    assert max(few) <= 8
