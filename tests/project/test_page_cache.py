"""Pages kept for visitors: quick, never behind an act, never behind an announced hour, and never anybody's own."""

import re

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casa.page_cache import PAGES
from meetings.services.decisions import set_decision_state
from tests import factories as make
from tests.meetings.signed import AT, NOW, World
from tests.project.routes_table import ALL, ROUTES
from tests.project.test_routes import World as Everything

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keeping(settings):
    settings.CASA_PAGE_CACHE = True
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False) as moved:
        found = World()
        found.clock = moved
        yield found


def queries(client, address):
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    return len(asked), answer


def test_a_visit_costs_one_query_and_a_revisit_no_bytes(world, client):
    address = reverse("meetings:meeting_detail", args=[world.meeting.code])
    first, fresh = queries(client, address)
    again, same = queries(client, address)
    assert first > 3 and again == 1
    assert same.content == fresh.content and same["ETag"] == fresh["ETag"]
    assert (fresh["Cache-Control"], fresh["Vary"]) == ("no-cache", "Cookie")
    assert "Content-Security-Policy" in same and same["X-Frame-Options"] == fresh["X-Frame-Options"]
    unchanged = client.get(address, headers={"if-none-match": fresh["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")


def test_an_act_is_on_the_next_page(world, client):
    """That a commitment does not continue is read at once, though the page was kept in the same minute."""
    made = make.decision(make.meeting(2026, state="published"), "Escribir una guía")
    address, why = reverse("meetings:decision_detail", args=[made.code]), "Demo: la guía ya existe."
    assert why not in client.get(address).content.decode()
    set_decision_state(made, state="not_continued", reason=why, actor=world.team, now=NOW)
    assert why in client.get(address).content.decode()


def test_what_was_announced_comes_out_at_its_minute(world, client):
    communique = world.ask()
    world.sign(communique, world.first)
    address = reverse("meetings:meeting_detail", args=[world.meeting.code])
    assert "Se acordó una guía." not in client.get(address).content.decode()
    world.clock.move_to(AT)
    assert "Se acordó una guía." in client.get(address).content.decode()


def test_nobody_is_given_what_somebody_else_sees(world, client, signed_in):
    address = reverse("home")
    mine = signed_in(world.ana).get(address).content.decode()
    assert world.ana.email in mine
    public = client.get(address).content.decode()
    assert world.ana.email not in public
    assert world.ana.email in signed_in(world.ana).get(address).content.decode()


def test_a_question_in_the_address_is_not_kept(world, client):
    """Such addresses are without end."""
    address = reverse("meetings:meeting_list")
    client.get(address)
    assert queries(client, address)[0] == 1
    assert queries(client, f"{address}?year=2026")[0] > 1
    assert queries(client, f"{address}?year=2026")[0] > 1


def test_languages_are_kept_apart(world, client):
    assert 'lang="es"' in client.get("/es/meetings/").content.decode()
    assert 'lang="pt-BR"' in client.get("/pt/meetings/").content.decode()
    assert 'lang="es"' in client.get("/es/meetings/").content.decode()


def test_each_kept_page_is_public_and_carries_no_form_that_changes(settings, client):
    settings.CASA_DEMO = False
    everything = Everything()
    for name in sorted(PAGES):
        arguments, readers, _writers = ROUTES[name]
        assert readers == ALL, "a page behind a door is never kept"
        answer = client.get(everything.address(name, arguments))
        assert answer.status_code == 200 and not answer.cookies
        assert not re.search(rb'method="post"|csrfmiddlewaretoken', answer.content), name
