"""A tie for the last seat is voted on once more; a seat that falls vacant is filled by the rules of its election."""

import subprocess
import sys

import pytest
from django.urls import reverse

from committees.models import Term
from core.errors import Incomplete, NotNow
from elections.queries.evidence import evidence_files
from elections.services.lots import Witnesses, record_draw
from elections.services.nominations import publish_candidates
from elections.services.results import certify_election, record_acclamation, record_consensus
from elections.services.vacancies import record_vacancy
from elections.services.voting import open_second_round, open_voting
from tests import factories as make
from tests.elections.world import World, after

pytestmark = pytest.mark.django_db


# Second round, vacancy


def tied_for_the_last_seat():
    world = World().voting()
    world.vote(0, 1, 2), world.vote(1, 1, 3)
    return world.close()


def test_a_second_round_among_the_tied_then_the_lot(clock, tmp_path, client):
    world = tied_for_the_last_seat()
    with pytest.raises(Incomplete):
        open_second_round(world.election, closes_at=after(14), actor=world.officer, now=after(14.5))
    open_second_round(world.election, closes_at=after(15), actor=world.officer, now=after(14.1))
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
        open_second_round(world.election, closes_at=after(17), actor=world.officer, now=after(15.1))
    witnesses = Witnesses(world.voters[0].person, world.voters[1].person)
    record_draw(world.election, order=[3, 2], witnesses=witnesses, actor=world.officer, now=after(15.2))
    world.act(certify_election, 15.5)
    assert (world.election.result["elected"], world.election.result["votes"]["1"]) == ([1, 3], "2")
    assert "<h3>" in client.get(world.election.get_absolute_url()).content.decode()
    for name, data in evidence_files(world.election, full=True).items():
        (tmp_path / name).write_bytes(data)
    done = subprocess.run([sys.executable, "-I", str(tmp_path / "recount.py")], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()
    assert "first-ballots.json" in {path.name for path in tmp_path.iterdir()}


def test_who_is_tied_is_named_where_it_is_settled(clock, client, signed_in):
    """The officer reads whose names go into the hat, until when and where, and the public which ways there are."""
    world = tied_for_the_last_seat()
    clock.move_to(after(14.1))
    officer = signed_in(world.officer)
    for name in ("election_draw", "election_second_round"):
        text = officer.get(reverse(f"elections:{name}", args=[world.election.code])).content.decode()
        assert "Demo 01, Demo 02" in text and "Demo 00" not in text
    assert "Hora de Montevideo" in text
    assert "segunda vuelta entre quienes empataron" in client.get(world.election.get_absolute_url()).content.decode()


def test_a_second_round_decides_where_it_does(clock):
    world = tied_for_the_last_seat()
    open_second_round(world.election, closes_at=after(15), actor=world.officer, now=after(14.1))
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
        open_second_round(world.election, closes_at=after(17), actor=world.officer, now=after(15))


def left(world, number=1, day=30):
    """The new term, or why another election fills the seat."""
    person = world.election.nominations.get(number=number).person
    term = Term.objects.get(chosen_in=world.election.code, person=person)
    follows = record_vacancy(term, last_day=after(day).date(), reason="resigned", actor=world.officer, now=after(day))
    return Term.objects.get(seat=term.seat, ended_on=None) if follows.nomination else follows.why_not


def certified(orders, **rules):
    world = World(**rules).voting()
    for n, order in enumerate(orders):
        world.vote(n, *order)
    world.close(day=13)
    world.act(certify_election, 15)
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
    assert (
        left(other) == "Así lo indican las reglas."
        and Term.objects.filter(chosen_in=other.election.code, ended_on=None).count() == 1
    )
    with pytest.raises(Incomplete):
        left(other, number=2, day=400)


def test_the_next_one_may_be_of_the_organisation_of_who_left(clock):
    """One of an organisation at most: 1 and 2 are of the same, 3 and 4 of others. 1 leaves, and 2 has the most votes."""
    world = World(candidates=0, cap=1, vacancy="next").rolled()
    for n, organization in enumerate((0, 0, 1, 2)):
        make.nomination(world.election, world.organizations[organization], state="accepted", name=f"Demo {n:02d}")
    world.act(publish_candidates, 10), world.act(open_voting, 10)
    world.vote(0, 1, 2), world.vote(1, 1, 2), world.vote(2, 1, 3)
    world.close(day=13)
    world.act(certify_election, 15)
    assert world.election.result["elected"] == [1, 3]
    assert left(world).person.name == "Demo 01"
    assert left(world, number=3, day=40) == "Nadie más tuvo los votos necesarios."


@pytest.mark.parametrize("vacancy", ["next", "countback"])
def test_after_an_acclamation_or_a_consensus_nobody_follows_and_it_is_said_why(clock, signed_in, vacancy):
    world = World(candidates=2, vacancy=vacancy).published()
    world.act(record_acclamation, 10), world.act(certify_election, 15)
    clock.move_to(after(30))
    client = signed_in(world.officer)
    console = reverse("elections:election_console", args=[world.election.code])
    assert "no hay votos que indiquen" in client.get(console).content.decode()
    term = Term.objects.get(chosen_in=world.election.code, person__name="Demo 00")
    sent = {"term": term.pk, "last_day": after(30).date().isoformat(), "reason": "resigned"}
    form = reverse("elections:election_vacancy", args=[world.election.code])
    assert "El puesto se cubrirá con otra elección" in client.post(form, sent, follow=True).content.decode()
    term.refresh_from_db()
    assert term.ended_on == after(30).date()
    agreed = World(vacancy=vacancy).published()
    agreed.act(record_consensus, 10, numbers=[1, 2]), agreed.act(certify_election, 15)
    assert "por consenso" in left(agreed)


def second_round(vacancy, first, second):
    """Two seats: 1 is elected at once, then one of those who are tied."""
    world = World(organizations=len(first), candidates=5, vacancy=vacancy).voting()
    for n, marks in enumerate(first):
        world.vote(n, *marks)
    world.close()
    open_second_round(world.election, closes_at=after(15), actor=world.officer, now=after(14.1))
    world.election.refresh_from_db()
    for n, mark in enumerate(second):
        world.vote(n, mark, day=14.5)
    world.close(day=15)
    world.act(certify_election, 15.5)
    return world


def test_after_a_second_round_its_next_one_follows_then_that_of_the_first(clock):
    world = second_round("next", [[1, 2], [1, 2], [1, 3], [1, 3], [1, 5]], [2, 2, 2, 3, 3])
    assert world.election.result["elected"] == [1, 2]
    assert left(world).person.name == "Demo 02"
    assert left(world, number=2).person.name == "Demo 04", "of the first round, for nobody is left of the second"
    assert left(world, number=3, day=40) == "Nadie más tuvo los votos necesarios."


def test_after_a_second_round_the_ballots_of_the_first_are_counted_again(clock):
    world = second_round("countback", [[1, 2], [1, 2], [1, 3], [1, 3], [1, 5]], [2, 2, 2, 3, 3])
    assert left(world, number=2).person.name == "Demo 02"
    assert left(world, number=1).person.name == "Demo 04"
    three = second_round("countback", [[1, 2], [1, 3], [1, 4], [1]], [2, 2, 3, 4])
    assert left(three, number=2) == "Quienes siguen están empatados."
    assert not Term.objects.filter(chosen_in=three.election.code, person__name="Demo 01", ended_on=None).exists()


def test_who_cannot_sit_now_is_passed_over(clock):
    world = certified([[1, 2], [1, 2], [3]], vacancy="next")
    world.organizations[2].member_until = after(20).date()
    world.organizations[2].save()
    assert left(world) == "Nadie más tuvo los votos necesarios."
    assert world.election.events.last().verb == "certified"
