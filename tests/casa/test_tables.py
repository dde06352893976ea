"""Every table: what its reader may see and no more, the same columns, the same cost."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casa.tables import TABLES
from core import clock
from tests import factories as make

pytestmark = pytest.mark.django_db
SECRET = "Demo: no es para todos"


def read(client, name, query=""):
    answer = client.get(f"/es/data/{name}.csv{query}")
    assert answer.status_code == 200 and answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "private" in answer["Cache-Control"]
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


class World:
    """One public and one community row of every table."""

    def __init__(self):
        self.ours, other = make.organization("DEMO-A"), make.organization("DEMO-B")
        self.reader = make.delegate(other)
        cycle = make.cycle(2026, state="published")
        edition = make.edition(make.space())
        self.plan, self.edition, self.cycle = make.plan(cycle, self.ours, state="closed"), edition, cycle
        officer = make.coordination().person
        for visibility, title in (("public", "Demo: =público"), ("community", SECRET)):
            same = {"visibility": visibility, "title_es": title}
            make.priority(self.plan, title, visibility)
            make.project(self.ours, other, **same)
            make.assessment(organization=self.ours if visibility == "public" else other, **same)
            meeting = make.meeting(state="published", **same)
            make.decision(meeting, title, visibility)
            make.action(self.ours, **same)
            make.participation(edition, self.ours, **same)
            make.election(make.committee(), officer, clock.now(), **same)
            make.visit(**same).hosts.add(self.ours)
            make.training(**same).hosts.add(self.ours)
            make.regulation(**same)
        make.threat(cycle, self.ours, state="adopted", title_es="Demo: adoptada")
        make.threat(cycle, self.ours, title_es=SECRET)
        make.deadline(edition)
        make.term(make.committee().seats.first(), self.ours)


@pytest.fixture
def world():
    return World()


#: These have no rows for fewer eyes.
OPEN = {"organizations", "editions", "deadlines", "terms"}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_visitors_download_what_is_public_and_members_what_is_theirs(world, client, signed_in, name):
    public, inside = read(client, name), read(signed_in(world.reader), name)
    assert list(public[0]) == list(TABLES[name].columns)
    assert SECRET not in str(public)
    assert (SECRET in str(inside)) == (name not in OPEN)
    assert len(inside) > len(public) or name in OPEN


def test_whose_a_threat_is_stays_inside_and_its_endorsements_are_counted(world, client, signed_in):
    assert {row["organization"] for row in read(client, "threats")} == {""}
    assert {row["organization"] for row in read(signed_in(world.reader), "threats")} == {"DEMO-A"}


def test_counts_of_training_are_those_that_are_told(world, client):
    make.training(by_country={"UY": 8, "AR": 2}, by_role={"judge": 10}, title_es="Demo: contada")
    row = next(row for row in read(client, "training") if row["title"] == "Demo: contada")
    assert (row["attendees"], row["by_country"], row["by_role"]) == ("10", "'+ 10", "jueces y juezas 10")


def test_a_year_cuts_and_nonsense_gives_the_whole(world, client):
    make.meeting(2024, state="published")
    assert len(read(client, "meetings")) == len(read(client, "meetings", "?year=nonsense")) == 2
    assert [row["year"] for row in read(client, "meetings", "?year=2024")] == ["2024"]
    assert client.get("/es/data/no-such.csv").status_code == 404


def test_columns_are_a_contract():
    """Renaming one breaks somebody's spreadsheet: then this line and the changelog change too."""
    assert list(TABLES["priorities"].columns) == [
        "code",
        "year",
        "organization",
        "rank",
        "title",
        "language",
        "why",
        "action",
        "spaces",
        "theme",
        "countries",
        "month_from",
        "month_until",
        "result",
        "indicator",
        "wants_partners",
        "continues",
        "state",
        "visibility",
    ]


def test_a_table_costs_the_same_with_3_rows_and_with_30(world, client):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            read(client, "priorities")
            read(client, "projects")
            read(client, "participation")
        return len(queries)

    def fill(number):
        for _n in range(number):
            make.priority(world.plan)
            make.project(world.ours, make.organization())
            make.participation(world.edition, world.ours)

    fill(3)
    few = cost()
    fill(27)
    assert cost() == few <= 10
