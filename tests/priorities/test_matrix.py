"""Who works on what: counts, gaps, what this reader may see, and what it costs."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.records.services import link
from organizations.models import Organization
from priorities.queries.matrix import Axis, matrix_of
from priorities.services.cycles import publish_cycle
from tests import factories as make
from tests.priorities.world import DAY, NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        yield World()


def address(year=2026, by=""):
    return reverse("priorities:cycle_matrix", args=[year]) + (f"?by={by}" if by else "")


def counts(matrix):
    return {line.organization.acronym: (line.counts, line.total) for line in matrix.lines}


def test_counts_by_theme_with_gaps_and_totals(world):
    empty = make.theme()
    world.submitted({"title": "Uno"}, {"title": "Dos"})
    matrix = matrix_of(world.cycle, Axis.THEME, user=world.peer, now=NOW)
    assert [column.key for column in matrix.columns] == [world.theme.slug, empty.slug]
    assert counts(matrix) == {"OURS": ([2, 0], 2), "THEIRS": ([0, 0], 0)}
    assert [column.key for column in matrix.gaps] == [empty.slug]
    assert matrix.crowded == [] and matrix.total == 2


def test_three_organisations_on_one_thing_are_a_crowd(world):
    for n in range(3):
        organization = make.organization()
        plan = make.plan(world.cycle, organization, state="submitted")
        make.priority(plan, theme=world.theme, title=f"Demo {n}")
    assert [
        column.organizations for column in matrix_of(world.cycle, Axis.THEME, user=world.peer, now=NOW).crowded
    ] == [3]


def test_spaces_and_countries_count_a_priority_once_in_the_total(world):
    spaces = [make.space(), make.space()]
    plan = world.submitted({"spaces": spaces, "countries": ["UY", "BR"]}, {"title": "Región"})
    by_space = matrix_of(world.cycle, Axis.SPACE, user=world.peer, now=NOW)
    assert counts(by_space)["OURS"] == ([1, 1], 2)
    by_country = matrix_of(world.cycle, Axis.COUNTRY, user=world.peer, now=NOW)
    assert [column.key for column in by_country.columns] == ["region", "BR", "UY"]
    assert counts(by_country)["OURS"] == ([1, 1, 1], 2)
    assert plan.priorities.count() == 2


def test_visitors_count_only_what_is_public_and_published(world, client):
    world.submitted({"title": "Pública"}, {"title": "Comunidad", "visibility": "community"})
    assert client.get(address()).status_code == 404
    publish_cycle(world.cycle, actor=world.team, now=NOW + 30 * DAY)
    assert client.get(address()).context["matrix"].total == 1
    assert matrix_of(world.cycle, Axis.THEME, user=world.peer, now=NOW + 30 * DAY).total == 2


@pytest.mark.parametrize("query", ["", "theme", "space", "country", "nonsense", "x" * 500])
def test_whatever_the_address_asks_is_answered(world, signed_in, query):
    world.submitted()
    answer = signed_in(world.peer).get(address(by=query))
    assert answer.status_code == 200
    assert ("notice--warn" in answer.content.decode()) == (query in ("nonsense", "x" * 500))


LONG = "Relacionamiento con responsables de políticas públicas"


@pytest.mark.parametrize("state", ["open", "published"])
@pytest.mark.parametrize("reader", ["peer", "visitor"])
def test_twenty_organisations_by_ten_themes_are_five_queries_and_twenty_kilobytes(
    world, signed_in, client, state, reader
):
    """The cost of the matrix and of its page, equal at both sizes. Themes have names as long as the longest in use, and
    every cell says how its priorities go."""
    if state == "published":
        publish_cycle(world.cycle, actor=world.team, now=NOW)
    themes = [world.theme, *(make.theme() for _n in range(9))]
    type(world.theme).objects.update(name_es=LONG)

    def fill(number):
        for _n in range(number):
            organization = make.organization(f"ORG{Organization.objects.count():02}", name_es="Organización Demo")
            plan = make.plan(world.cycle, organization, state="submitted")
            for theme in themes:
                make.priority(plan, theme=theme, countries=["UY"])

    browser, sizes = signed_in(world.peer) if reader == "peer" else client, []
    if (state, reader) == ("open", "visitor"):
        assert browser.get(address()).status_code == 404
        return
    for number in (1, 17):
        fill(number)
        with CaptureQueriesContext(connection) as page:
            answer = browser.get(address())
        with CaptureQueriesContext(connection) as reading:
            matrix = matrix_of(world.cycle, Axis.THEME, user=answer.wsgi_request.user, now=NOW)
        sizes.append((len(page), len(reading)))
    assert (len(matrix.lines), len(matrix.columns)) == (20, 10)
    assert sizes[0] == sizes[1]
    assert sizes[1][1] <= 5 and sizes[1][0] <= 10
    assert len(answer.content) <= 20_000


def test_only_what_is_asked_for_is_counted_and_the_csv_is_the_same(world, signed_in):
    space, other = make.space(), make.theme()
    plan = world.submitted(
        {"title": "Uno", "spaces": [space], "countries": ["UY"]}, {"title": "Dos", "wants_partners": True}
    )
    make.priority(plan, theme=other)
    peer = signed_in(world.peer)
    for query, total in (
        ("", 3),
        (f"space={space.slug}", 1),
        ("country=UY", 1),
        ("country=BR", 0),
        ("partners=1", 1),
        (f"theme={other.slug}", 1),
        ("theme=nonsense", 0),
        (f"theme={world.theme.slug}&partners=1", 1),
    ):
        page = peer.get(address() + f"?{query}")
        assert (page.status_code, page.context["matrix"].total) == (200, total), query
        table = peer.get(reverse("priorities:cycle_matrix_csv", args=[2026]) + f"?{query}")
        lines = table.content.decode("utf-8-sig").splitlines()
        assert sum(int(line.rsplit(",", 1)[1]) for line in lines[1:]) == total, query
    assert "?by=theme&amp;partners=1" in peer.get(address() + "?by=theme&partners=1").content.decode()


def test_a_crowd_that_has_its_project_is_no_longer_a_crowd(world, signed_in):
    rows = []
    for _n in range(3):
        plan = make.plan(world.cycle, make.organization(), state="submitted")
        rows.append(make.priority(plan, theme=world.theme, countries=["UY"]))
    matrix = matrix_of(world.cycle, Axis.COUNTRY, user=world.peer, now=NOW)
    assert [column.key for column in matrix.crowded] == ["UY"]
    propose = signed_in(world.peer).get(address(by="country")).content.decode()
    assert "?from=" + "+".join([rows[0].code, *(row.code[-3:] for row in rows[1:])]) in propose
    form = signed_in(world.peer).get(reverse("priorities:project_propose") + "?from=" + matrix.crowded[0].origins)
    assert form.context["form"].initial["origins"] == [row.code for row in rows]
    project = make.project(world.ours, theme=world.theme)
    link(rows[0].code, project.code, NOW)
    for by in ("theme", "country"):
        matrix = matrix_of(world.cycle, Axis(by), user=world.peer, now=NOW)
        assert (matrix.crowded, [column.projects for column in matrix.joined]) == ([], [[project.code]])
    type(project).objects.update(state="cancelled", reason="Demo")
    assert matrix_of(world.cycle, Axis.THEME, user=world.peer, now=NOW).crowded


def test_a_project_that_one_may_not_see_is_not_told(world, client):
    plan = make.plan(world.cycle, world.ours, state="submitted")
    make.priority(plan, theme=world.theme)
    make.project(world.ours, theme=world.theme, visibility="community")
    publish_cycle(world.cycle, actor=world.team, now=NOW)
    answer = client.get(address())
    assert answer.context["matrix"].joined == [] and "-PRO-" not in answer.content.decode()


def test_a_cell_says_in_a_word_how_they_stand_once_the_year_is_published(world, client):
    plan, other = make.plan(world.cycle, world.ours, state="submitted"), make.theme()
    for theme, states in ((world.theme, ("fulfilled", "underway")), (other, ("not_continued",))):
        for state in states:
            make.priority(plan, theme=theme, state=state)
    make.priority(make.plan(world.cycle, world.other, state="submitted"), theme=other)
    lines = matrix_of(world.cycle, Axis.THEME, user=world.peer, now=NOW).lines
    assert [line.cells for line in lines] == [[(2, "1 cumplida"), (1, "no continúa")], [(0, ""), (1, "en marcha")]]
    publish_cycle(world.cycle, actor=world.team, now=NOW)
    assert "<small>1 cumplida</small>" in client.get(address()).content.decode()


def test_a_cell_says_that_all_of_it_is_fulfilled_and_the_print_turns_it(world):
    plan = make.plan(world.cycle, world.ours, state="submitted")
    make.priority(plan, theme=world.theme, state="fulfilled")
    matrix = matrix_of(world.cycle, Axis.THEME, user=world.peer, now=NOW)
    [(column, cells)] = matrix.transposed
    assert column.key == world.theme.slug
    assert [(organization.acronym, number, text) for organization, number, text in cells] == [("OURS", 1, "cumplida")]
