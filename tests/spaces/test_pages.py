"""Pages of spaces and editions, and the coordination team's acts on their dates."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import journal
from core.errors import NotNow
from core.models import Record
from spaces.models import Edition, EditionDeadline
from spaces.services.editions import set_edition_state
from spaces.views import next_and_latest
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = datetime.date


def queries(client, address):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.fixture
def space():
    return make.space("demo", acronym="DEMO")


@pytest.fixture
def edition(space):
    return make.edition(space, 2026)


@pytest.fixture
def team(signed_in):
    return signed_in(make.coordination())


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_the_pages_open_in_every_language(client, edition, language):
    make.deadline(edition)
    for page in ("", "demo/", f"editions/{edition.code}/"):
        response = client.get(f"/{language}/spaces/{page}")
        assert response.status_code == 200
        assert "csrf" not in response.content.decode()


def test_spaces_stand_by_kind_and_the_filters_are_in_the_address(client):
    make.space("one", kind="national", country="UY")
    make.space("two", kind="national", country="BR")
    make.space("three", kind="global")

    def shown(query):
        groups = client.get(f"/es/spaces/?{query}").context["groups"]
        return {str(kind.value): [space.slug for space in rows] for kind, _heading, rows in groups}

    assert shown("") == {"global": ["three"], "national": ["one", "two"]}
    assert shown("kind=national&country=BR") == {"national": ["two"]}
    assert shown("kind=youth") == {}


@pytest.mark.parametrize("query", ["kind=nonsense", "country=ZZ", "kind=%3Cscript%3E", "country=" + "9" * 3000])
def test_a_filter_that_is_none_is_answered_with_a_sentence(client, space, query):
    response = client.get(f"/es/spaces/?{query}")
    assert response.status_code == 200
    assert "notice--warn" in response.content.decode()
    assert "DEMO" in response.content.decode()


def test_next_and_latest_edition_of_a_space(space):
    held, cancelled = make.edition(space, 2024), make.edition(space, 2025, state="cancelled")
    undated = make.edition(space, 2026, starts_on=None, ends_on=None)
    editions = [held, cancelled, undated]
    assert next_and_latest(editions, DAY(2025, 1, 1)) == (undated, held)
    assert next_and_latest(editions, DAY(2027, 1, 1)) == (None, undated)


def test_a_deadline_is_shown_in_its_zone_and_in_utc_with_how_it_moved(client, edition):
    line = make.deadline(
        edition,
        day=DAY(2026, 10, 9),
        zone="America/Sao_Paulo",
        closes_at=datetime.datetime(2026, 10, 10, 3, tzinfo=datetime.UTC),
    )
    line.changes.create(old_day=DAY(2026, 9, 27), new_day=line.day, at=line.closes_at)
    line.changes.create(old_day=None, new_day=line.day, at=line.closes_at)
    page = client.get(f"/en/spaces/editions/{edition.code}/").content.decode()
    assert "9 October 2026, 23:59, Sao Paulo (UTC−3)" in page
    assert "10 October 2026, 02:59, UTC" in page
    assert "it was 27 September 2026" in page
    assert "we did not find the original date" in page


def test_a_day_without_an_hour_says_so(client, edition):
    make.deadline(edition)
    assert (
        "Where no time is given, none was announced."
        in client.get(f"/en/spaces/editions/{edition.code}/").content.decode()
    )


def test_a_month_is_not_shown_as_a_day(client, space):
    edition = make.edition(space, 2024, starts_on=DAY(2024, 11, 1), ends_on=DAY(2024, 11, 30), date_precision="month")
    page = client.get(f"/en/spaces/editions/{edition.code}/").content.decode()
    assert "November 2024" in page
    assert "30 November" not in page


def test_a_space_names_the_bodies_on_which_the_community_sits(client, space):
    make.committee(space=space, acronym="DEMOC")
    assert "DEMOC" in client.get("/es/spaces/demo/").content.decode()


def test_the_pages_cost_the_same_with_three_rows_and_with_thirty(client, space, edition):
    pages = ["", "demo/", f"editions/{edition.code}/"]

    def grow(n):
        for _ in range(n):
            more = make.space(parent=space)
            make.edition(more)
            make.committee(space=space, seats=0)
            for row in (edition, make.edition(space, 2026)):
                make.deadline(row).changes.create(
                    new_day=DAY(2026, 8, 24), at=datetime.datetime(2026, 8, 1, tzinfo=datetime.UTC)
                )

    grow(3)
    few = [queries(client, f"/es/spaces/{page}") for page in pages]
    grow(27)
    assert [queries(client, f"/es/spaces/{page}") for page in pages] == few
    assert max(few) <= 8


# Acts


NEW = {
    "title": "Edición nueva",
    "language": "es",
    "year": "2027",
    "starts_on": "2027-11-03",
    "ends_on": "",
    "precision": "month",
    "city": "",
    "country": "uy",
    "mode": "",
    "zone": "",
    "source": "example.org/llamado",
}


def acts(space, edition, line):
    return {
        f"/es/spaces/{space.slug}/editions/new/": NEW,
        f"/es/spaces/editions/{edition.code}/dates/": {"starts_on": "2026-12-01", "precision": "day"},
        f"/es/spaces/editions/{edition.code}/state/": {"state": "confirmed"},
        f"/es/spaces/editions/{edition.code}/deadlines/new/": {
            "kind": "host",
            "title": "Sede",
            "language": "es",
            "day": "2026-05-01",
        },
        f"/es/spaces/deadlines/{line.pk}/extend/": {"day": "2026-08-31"},
    }


def test_the_coordination_team_may_and_nobody_else(client, signed_in, space, edition):
    line = make.deadline(edition)
    todo = acts(space, edition, line)
    others = [signed_in(make.delegate(make.organization())), signed_in(make.administrator())]
    for address, data in todo.items():
        assert "/account/login/" in client.post(address, data)["Location"], address
    for browser in others:
        assert {browser.post(address, data).status_code for address, data in todo.items()} == {403}
    assert (Edition.objects.count(), EditionDeadline.objects.get().day) == (1, line.day)
    team = signed_in(make.coordination())
    for address, data in todo.items():
        response = team.post(address, data)
        assert response.status_code == 302, address
    edition.refresh_from_db()
    line.refresh_from_db()
    assert (edition.starts_on, edition.state, line.day) == (DAY(2026, 12, 1), "confirmed", DAY(2026, 8, 31))
    assert edition.deadlines.count() == 2


def test_a_visitor_sees_no_button_of_the_team(client, team, edition):
    make.deadline(edition)
    pages = ["/es/spaces/demo/", f"/es/spaces/editions/{edition.code}/"]
    assert all("btn" in team.get(page).content.decode() for page in pages)
    assert not any("btn" in client.get(page).content.decode() for page in pages)


def test_a_new_edition_known_to_the_month_stands_for_the_whole_month(team, space):
    response = team.post("/es/spaces/demo/editions/new/", NEW)
    edition = Edition.objects.get(year=2027)
    assert response.headers["Location"] == edition.get_absolute_url()
    assert (edition.starts_on, edition.ends_on) == (DAY(2027, 11, 1), DAY(2027, 11, 30))
    assert (edition.country, edition.sources) == ("UY", [{"url": "https://example.org/llamado"}])
    assert edition.code == "CASA-2027-EDI-001"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"starts_on": "2028-01-01"}, "starts_on"),
        ({"ends_on": "2027-01-01"}, "ends_on"),
        ({"title": ""}, "title"),
        ({"title": "x" * 300}, "title"),
        ({"year": "0"}, "year"),
        ({"year": "9" * 400}, "year"),
        ({"country": "ZZ"}, "country"),
        ({"zone": "Mars/Base"}, "zone"),
        ({"source": "javascript:alert(1)"}, "source"),
        ({"precision": "century"}, "precision"),
        ({"language": "xx"}, "language"),
        ({"starts_on": "0001-01-01"}, "starts_on"),
    ],
)
def test_a_wrong_edition_is_answered_beside_the_field_and_nothing_is_written(team, space, wrong, field):
    response = team.post("/es/spaces/demo/editions/new/", NEW | wrong)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert (Edition.objects.count(), Record.objects.count()) == (0, 0)


def test_moved_dates_stay_on_record(team, client, edition):
    address = f"/es/spaces/editions/{edition.code}/dates/"
    team.post(address, {"starts_on": "2026-12-01", "ends_on": "2026-12-03", "precision": "day", "reason": "Sede"})
    (change,) = edition.changes.all()
    assert (change.old_starts_on, change.old_ends_on, change.note) == (DAY(2026, 11, 5), DAY(2026, 11, 6), "Sede")
    assert "5–6" in client.get(f"/en/spaces/editions/{edition.code}/").content.decode()
    assert [row.verb for row in journal.history(edition.code)] == ["edition_moved"]
    assert Record.objects.get(code=edition.code).version == 2
    again = team.post(address, {"starts_on": "2026-12-01", "ends_on": "2026-12-03", "precision": "day"})
    assert again.status_code == 422
    assert edition.changes.count() == 1


def test_an_edition_may_move_to_another_year_and_a_held_one_does_not_move(team, edition):
    address = f"/es/spaces/editions/{edition.code}/dates/"
    assert team.post(address, {"starts_on": "2027-01-20", "precision": "day"}).status_code == 302
    Edition.objects.update(state="held")
    assert team.post(address, {"starts_on": "2027-02-20", "precision": "day"}).status_code == 422
    edition.refresh_from_db()
    assert edition.starts_on == DAY(2027, 1, 20)


@pytest.mark.parametrize("state", ["", "nonsense", "announced", "held"])
def test_an_edition_ahead_is_neither_held_nor_announced_again(team, space, state):
    edition = make.edition(space, 2090)
    response = team.post(f"/es/spaces/editions/{edition.code}/state/", {"state": state}, follow=True)
    assert "notice--error" in response.content.decode()
    edition.refresh_from_db()
    assert edition.state == "announced"


def test_the_day_of_an_edition_without_zone_is_that_of_casa(space):
    """22:00 of 4 November in Montevideo is the fifth in UTC: an edition of the fifth has not begun."""
    edition, team = make.edition(space, 2026, zone=""), make.coordination()
    with pytest.raises(NotNow):
        set_edition_state(edition, "held", actor=team, now=datetime.datetime(2026, 11, 5, 1, tzinfo=datetime.UTC))
    set_edition_state(edition, "held", actor=team, now=datetime.datetime(2026, 11, 5, 4, tzinfo=datetime.UTC))


def test_an_extended_deadline_keeps_its_former_day(team, edition):
    line = make.deadline(edition)
    address = f"/es/spaces/deadlines/{line.pk}/extend/"
    data = {"day": "2026-08-31", "time": "23:59", "zone": "UTC", "announced_on": "2026-08-20", "reason": "Pedido"}
    assert team.post(address, data).status_code == 302
    line.refresh_from_db()
    assert line.closes_at == datetime.datetime(2026, 9, 1, tzinfo=datetime.UTC)
    (change,) = line.changes.all()
    assert (change.old_day, change.new_day, change.announced_on) == (
        DAY(2026, 8, 24),
        DAY(2026, 8, 31),
        DAY(2026, 8, 20),
    )
    facts = journal.history(edition.code).get().facts
    assert (facts["from_day"], facts["to_day"]) == ("2026-08-24", "2026-08-31")
    assert team.get(address).context["form"]["time"].value().strftime("%H:%M") == "23:59"
    assert team.post(address, data).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"time": "23:59"},
        {"zone": "UTC"},
        {"time": "25:00", "zone": "UTC"},
        {"day": ""},
        {"day": "soon"},
        {"day": "2026-09-06", "time": "00:30", "zone": "America/Santiago"},  # clocks go forward there that midnight
        {"zone": "../etc/passwd", "time": "10:00"},
        {"reason": "x" * 400},
    ],
)
def test_a_wrong_deadline_is_answered_and_nothing_moves(team, edition, wrong):
    line = make.deadline(edition)
    response = team.post(f"/es/spaces/deadlines/{line.pk}/extend/", {"day": "2026-08-31"} | wrong)
    assert response.status_code == 422
    line.refresh_from_db()
    assert (line.day, line.changes.count()) == (DAY(2026, 8, 24), 0)


@pytest.mark.parametrize("page", ["nothing/", "editions/CASA-2026-EDI-999/", "editions/x/", "deadlines/9/extend/"])
def test_what_does_not_exist_is_no_page(team, page):
    assert team.get(f"/es/spaces/{page}").status_code == 404
