"""What the public and the organisations read of a year: filters, cost, second pages."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from priorities.models import PlanningCycle, Priority
from priorities.states import CycleState, PlanState
from tests import factories as make
from tests.priorities.world import DAY, NOW, World

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        yield World()


def page(name, *args):
    return reverse(f"priorities:{name}", args=args)


def public_year(world, count):
    before = make.cycle(2025, NOW - 365 * DAY, CycleState.PUBLISHED)
    found = []
    for n in range(count):
        organization = (world.ours, world.other)[n % 2] if n < 2 else make.organization()
        plan = make.plan(before, organization, PlanState.CLOSED)
        found.append(make.priority(plan, f"Pública {n}", theme=make.theme(), action_es="Algo"))
        found[-1].spaces.add(make_space(n))
    return found


def make_space(n):
    from spaces.models import Space

    return Space.objects.create(slug=f"espacio-{n}", name_es=f"Espacio {n}", kind="regional", acronym=f"E{n}")


@pytest.mark.parametrize("name", ["cycle_list", "cycle_detail", "filtered", "plan_detail", "priority_detail"])
def test_public_pages_cost_the_same_at_3_and_at_30_rows(world, client, name):
    def queries(count):
        rows = public_year(world, count)
        for n in range(count):
            make.priority(rows[0].plan, f"Más {n}", theme=make.theme(), action_es="Algo")
        addresses = {
            "cycle_list": page("cycle_list"),
            "cycle_detail": page("cycle_detail", 2025),
            "filtered": page("cycle_detail", 2025) + f"?space=espacio-0&q=blica&theme={rows[0].theme.slug}",
            "plan_detail": page("plan_detail", rows[0].plan.code),
            "priority_detail": page("priority_detail", rows[0].code),
        }
        with CaptureQueriesContext(
            connection,
        ) as captured:
            response = client.get(addresses[name])
        assert response.status_code == 200 and (name == "cycle_list" or b"blica 0" in response.content)
        Priority.objects.all().delete()
        for cycle in PlanningCycle.objects.filter(year=2025):
            cycle.plans.all().delete()
            cycle.delete()
        from spaces.models import Space

        Space.objects.all().delete()
        return len(captured)

    few, many = queries(3), queries(30)
    assert few == many <= 8


def test_filters_live_in_the_address_and_nonsense_is_a_message(world, client):
    rows = public_year(world, 3)
    address = page("cycle_detail", 2025)
    content = client.get(address, {"organization": "ours"}).content.decode()
    assert "Pública 0" in content and "Pública 1" not in content
    content = client.get(address, {"space": "espacio-1"}).content.decode()
    assert "Pública 1" in content and "Pública 0" not in content
    assert "Pública 2" in client.get(address, {"q": rows[2].code.lower()}).content.decode()
    for data in ({"organization": "no-such"}, {"theme": HOSTILE}, {"space": "9" * 400}, {"q": "x" * 5000}):
        response = client.get(address, data)
        assert response.status_code == 200 and "Pública" not in response.content.decode()
        assert HOSTILE not in response.content.decode()
    assert client.get(address, {"q": "nada"}).status_code == 200
    assert client.get(f"{address}?q=%00").status_code == 400
    for number in ("0", "x", "999", "9" * 400):
        assert client.get(address, {"page": number}).status_code == 404


def test_a_filter_does_not_tell_of_what_one_may_not_see(world, client):
    (shown, *_rest) = public_year(world, 1)
    secret = make.priority(
        make.plan(shown.plan.cycle, world.other, PlanState.CLOSED),
        "Interna",
        visibility="community",
        theme=make.theme("tema-interno"),
    )
    content = client.get(page("cycle_detail", 2025)).content.decode()
    assert "THEIRS" not in content and secret.theme.slug not in content


def test_the_second_page_of_a_long_year_keeps_the_filter_and_is_no_search(world, client):
    rows = public_year(world, 1)
    for n in range(60):
        make.priority(rows[0].plan, f"Muchas {n}", theme=rows[0].theme, rank=n + 2)
    content = client.get(page("cycle_detail", 2025), {"page": 2}).content.decode()
    assert "Muchas 59" in content and "page=1" in content and content.count('class="row"') == 11
    content = client.get(page("cycle_detail", 2025), {"q": "Muchas"}).content.decode()
    assert "?q=Muchas&amp;page=2" in content
