"""A tie for the last seat is voted on once more; a seat that falls vacant is filled by the rules of its election."""

import subprocess
import sys

import pytest
import time_machine

from committees import services
from committees.documents import evidence
from committees.models import Term
from core import clock as house_clock
from core.errors import Incomplete, NotNow
from tests.committees.world import NOW, World, after

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setattr(house_clock, "by_database", house_clock.now)
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


# Second round, vacancy


def tied_for_the_last_seat():
    world = World().voting()
    world.vote(0, 1, 2), world.vote(1, 1, 3)
    return world.close()


def test_a_second_round_among_the_tied_then_the_lot(clock, tmp_path, client):
    world = tied_for_the_last_seat()
    with pytest.raises(Incomplete):
        services.open_second_round(world.election, closes_at=after(14), actor=world.officer, now=after(14.5))
    services.open_second_round(world.election, closes_at=after(15), actor=world.officer, now=after(14.1))
    world.election.refresh_from_db()
    assert (world.election.state, world.election.runoff, world.election.seats_now) == ("voting", [2, 3], 1)
    for numbers in ([1], [2, 3]):
        with pytest.raises(Incomplete):
            world.vote(0, *numbers, day=14.5)
    world.vote(0, 2, day=14.5), world.vote(1, 3, day=14.5)
    with pytest.raises(NotNow):
        world.vote(0, 3, day=14.6)
    world.close(day=15)
    assert (world.election.state, world.election.result["tied"], world.election.result["elected"]) == (
        "closed",
        [2, 3],
        [1],
    )
    with pytest.raises(NotNow):
        services.open_second_round(world.election, closes_at=after(17), actor=world.officer, now=after(15.1))
    witnesses = (world.voters[0].person, world.voters[1].person)
    services.record_draw(world.election, order=[3, 2], witnesses=witnesses, actor=world.officer, now=after(15.2))
    world.act(services.certify, 15.5)
    assert (world.election.result["elected"], world.election.result["votes"]["1"]) == ([1, 3], "2")
    assert "<h3>" in client.get(world.election.get_absolute_url()).content.decode()
    for name, data in evidence(world.election, full=True).items():
        (tmp_path / name).write_bytes(data)
    done = subprocess.run([sys.executable, "-I", str(tmp_path / "recount.py")], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()
    assert "first-ballots.json" in {path.name for path in tmp_path.iterdir()}


def test_a_second_round_decides_where_it_does(clock):
    world = tied_for_the_last_seat()
    services.open_second_round(world.election, closes_at=after(15), actor=world.officer, now=after(14.1))
    for n in range(3):
        world.vote(n, 3, day=14.5)
    world.close(day=14.6)
    assert (world.election.state, world.election.result["elected"]) == ("provisional", [1, 3])


def test_by_order_there_is_no_second_round(clock):
    world = World(method="scottish-stv", max_marks=None).voting()
    for n in range(3):
        world.vote(n, n + 1)
    world.close()
    with pytest.raises(NotNow):
        services.open_second_round(world.election, closes_at=after(17), actor=world.officer, now=after(15))


def left(world, number=1, day=30):
    person = world.election.nominations.get(number=number).person
    term = Term.objects.get(chosen_in=world.election.code, person=person)
    return services.record_vacancy(
        term, last_day=after(day).date(), reason="resigned", actor=world.officer, now=after(day)
    )


def certified(orders, **rules):
    world = World(**rules).voting()
    for n, order in enumerate(orders):
        world.vote(n, *order)
    world.close(day=13)
    world.act(services.certify, 15)
    return world


def test_the_same_ballots_say_who_follows(clock):
    """1 and 2 sit; without 1 the papers of 1 and 3 go on to 3, whom they rank second."""
    world = certified([[1, 3], [1, 3], [2]], method="scottish-stv", max_marks=None, vacancy="countback")
    first = [t.person.name for t in Term.objects.filter(chosen_in=world.election.code).order_by("seat__ordinal")]
    assert first[0] == "Demo 00" and world.election.result["elected"][0] == 1
    gone = {1, 2, 3} - set(world.election.result["elected"])
    new = left(world)
    assert new.person.name == f"Demo {gone.pop() - 1:02d}"
    assert (new.starts_on, new.planned_end) == (after(31).date(), after(385).date())
    assert world.election.events.last().verb == "vacancy_filled"


def test_the_next_one_follows_or_nobody(clock):
    world = certified([[1, 2], [1, 2], [3]], vacancy="next")
    assert left(world).person.name == "Demo 02"
    with pytest.raises(NotNow):
        left(world)
    other = certified([[1, 2], [1, 2], [3]])
    assert left(other) is None and Term.objects.filter(chosen_in=other.election.code, ended_on=None).count() == 1
    with pytest.raises(Incomplete):
        left(other, number=2, day=400)
