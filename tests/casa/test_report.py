"""The year's report: all that is public of a year in one page, the same for every reader, at a constant cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commons.models import Text, TextVersion
from core import clock
from tests import factories as make

pytestmark = pytest.mark.django_db
PAGE = "/es/years/2026/report/"


@pytest.fixture
def published_year():
    """A published year of one organisation, with something public and something for fewer eyes in each part."""
    ours, other = make.organization("DEMO-A"), make.organization("DEMO-B")
    plan = make.plan(make.cycle(2026, state="published"), ours, state="closed")
    text = Text.objects.create()
    TextVersion.objects.create(
        text=text, language="es", number=1, body="Demo: se decidió **capacitar**.", written_at=clock.now()
    )
    meeting = make.meeting(2026, state="published", kind="annual", outcome=text)
    for visibility, word in (("public", "pública"), ("community", "callada")):
        make.priority(plan, f"Demo prioridad {word}", visibility, theme=make.theme())
        make.decision(meeting, f"Demo decisión {word}", visibility)
        make.project(ours, other, title_es=f"Demo proyecto {word}", visibility=visibility)
        make.assessment(
            title_es=f"Demo balance {word}", visibility=visibility, organization=ours if word == "pública" else other
        )
    make.election(make.committee(), make.coordination().person, clock.now().replace(year=2026), state="certified")
    make.term(make.committee().seats.first(), ours, starts_on=meeting.starts_on)
    return meeting, plan, ours, other


def test_it_holds_what_is_public_for_whoever_reads(published_year, client, signed_in):
    public = client.get(PAGE).content.decode()
    for words in (
        "<strong>capacitar</strong>",
        "Demo prioridad pública",
        "Demo decisión pública",
        "Demo proyecto pública",
        "Demo balance pública",
        "Elección Demo",
        "DEMO-A",
    ):
        assert words in public, words
    assert "callada" not in public
    assert "callada" not in signed_in(make.delegate(published_year[3])).get(PAGE).content.decode(), (
        "printed, it leaves the house"
    )
    assert PAGE in client.get("/es/years/2026/").content.decode()
    assert client.get("/es/years/1987/report/").status_code == 404


def test_who_works_on_what_is_a_table_that_stands_on_end(published_year, client):
    page = client.get(PAGE).content.decode()
    table = page[page.index('id="matrix"') :].split("</table>")[0]
    assert '<th scope="col">DEMO-A</th>' in table and "DEMO-B" not in table, "who has none has no column"
    assert table.count("<tr>") == 2 and '<td data-label="DEMO-A"><span>1 <small>en marcha</small></span></td>' in table


def test_it_costs_the_same_with_3_rows_and_with_30(published_year, client):
    meeting, plan, ours, other = published_year

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE).status_code == 200
        return len(queries)

    few = cost()
    for n in range(27):
        make.priority(plan, f"Demo {n}", theme=make.theme())
        make.decision(meeting)
        make.project(ours, other)
    assert cost() == few <= 20
