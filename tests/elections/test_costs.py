"""What the pages of an election cost: as many queries with thirty organisations and candidates as with three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from elections.services.check_ins import check_in
from elections.services.corrections import RollLine, answer_correction, request_correction
from elections.services.results import certify_election
from elections.services.voting import open_voting
from tests import factories as make
from tests.elections.world import World, after

pytestmark = pytest.mark.django_db


def page(name, world):
    return reverse(f"elections:{name}", args=[world.election.code])


def corrected(world, rows, day):
    """A third of the roll is corrected, half of that by a second officer; everybody has signed in."""
    second = make.coordination()
    for n in range(0, rows, 3):
        row = request_correction(
            world.election,
            line=RollLine(world.organizations[n], make.delegate(world.organizations[n]).person, world.voters[n].person),
            reason="Demo",
            actor=world.officer,
            now=after(day),
        )
        if n % 2 == 0:
            answer_correction(row, confirmed=True, actor=second, now=after(day))
    for n in range(rows):
        check_in(world.election, actor=world.voters[n], now=after(day))


def published(rows, clock):
    world = World(in_room=True, organizations=rows, candidates=rows).published()
    corrected(world, rows, 10.1)
    clock.move_to(after(10.2))
    return world


def voting(rows, clock):
    world = published(rows, clock)
    world.act(open_voting, 10.2)
    clock.move_to(after(10.3))
    return world


def certified(rows, clock):
    """All but one have voted, and the lot is drawn where it is needed."""
    world = voting(rows, clock)
    for n in range(rows - 1):
        world.vote(n, 1, 2, day=12)
    world.close()
    world.act(certify_election, 15)
    clock.move_to(after(16))
    return world


PAGES = [
    ("election_detail", "voter"),
    ("election_console", "officer"),
    ("election_booth", "voter"),
    ("election_scrutiny", "watcher"),
]


def reader_of(world, reader):
    if reader == "officer":
        return world.officer
    if reader == "watcher":
        world.election.scrutineers.create(
            person=world.voters[1].person, organization=world.organizations[1], conforms=True
        )
    return world.voters[1]


@pytest.mark.parametrize("carried", [published, voting, certified])
@pytest.mark.parametrize(("name", "reader"), PAGES)
def test_a_page_costs_the_same_at_3_and_at_30(clock, signed_in, carried, name, reader):
    spent = []
    for rows in (3, 30):
        world = carried(rows, clock)
        client = signed_in(reader_of(world, reader))
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(page(name, world))
        assert answer.status_code == 200
        spent.append(len(seen))
    assert spent[0] == spent[1], spent


def test_casting_costs_the_same_with_weights_and_a_check_in(clock):
    spent = []
    for rows in (3, 30):
        world = voting(rows, clock)
        with CaptureQueriesContext(connection) as seen:
            world.vote(1, 1, 2, day=12)
        spent.append(len(seen))
    assert spent[0] == spent[1], spent
