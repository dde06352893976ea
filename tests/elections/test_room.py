"""In the room: opening by a tap, seven phones, six taps at most; and without a network, on paper."""

import subprocess
import sys

import pytest
from django.urls import reverse

from core.errors import Incomplete, NotNow
from elections.models import PaperEntry
from elections.queries.evidence import evidence_files
from elections.services.nominations import publish_candidates
from elections.services.paper import begin_paper_voting, enter_paper_ballots
from elections.services.results import certify_election
from elections.services.roll import add_to_roll, fill_roll, publish_roll
from elections.services.voting import open_voting
from tests import factories as make
from tests.elections.world import NOW, World, after

pytestmark = pytest.mark.django_db


def page(name, *args):
    return reverse(f"elections:{name}", args=args)


def in_room(**rules):
    """Called, with a filled roll, and three candidates: everything on the first day."""
    world = World(in_room=True, **rules).called()
    assert fill_roll(world.election, actor=world.officer, now=NOW) >= 3
    world.act(publish_roll, 0.1)
    for n in range(3):
        make.nomination(world.election, world.organizations[n], state="accepted", name=f"Demo {n:02d}")
    return world


def test_the_roll_is_filled_by_who_speaks(clock):
    world = World(in_room=True).called()
    second = make.delegate(world.organizations[0])
    add_to_roll(
        world.election,
        organization=world.organizations[1],
        voter=world.voters[1].person,
        alternate=None,
        actor=world.officer,
        now=NOW,
    )
    assert fill_roll(world.election, actor=world.officer, now=NOW) == 2
    entry = world.election.roll.get(organization=world.organizations[0])
    assert (entry.voter, entry.alternate) == (world.voters[0].person, second.person)
    assert fill_roll(world.election, actor=world.officer, now=NOW) == 0
    world.act(publish_roll, 0.1)
    with pytest.raises(NotNow):
        fill_roll(world.election, actor=world.officer, now=after(0.2))


def test_nominations_end_and_the_vote_opens_by_a_tap(clock):
    world = in_room()
    waiting = make.nomination(world.election, world.organizations[0], name="Demo Otra")
    with pytest.raises(NotNow):
        world.act(publish_candidates, 0.2)
    waiting.delete()
    world.act(publish_candidates, 0.2)
    world.act(open_voting, 0.3)
    assert world.election.opens_at == after(0.3)
    world.vote(0, 1, day=0.3)
    world.vote(1, 1, day=0.31), world.vote(2, 2, day=0.32)
    world.close(day=0.4)
    assert world.election.result["elected"] == [1, 2]
    apart = World().rolled()
    make.nomination(apart.election, apart.organizations[0], state="accepted")
    with pytest.raises(NotNow):
        apart.act(publish_candidates, 2)


def test_a_vote_is_five_taps_and_the_page_tells_how_many_have_voted(clock, signed_in):
    """From the election's page: your vote, one candidate, another, review, cast."""
    world = in_room()
    world.act(publish_candidates, 0.2)
    clock.move_to(after(0.25))
    client, booth = signed_in(world.voters[0]), page("election_booth", world.election.code)
    assert 'http-equiv="refresh"' in client.get(booth).content.decode(), "before opening it refreshes by itself"
    world.act(open_voting, 0.3)
    clock.move_to(after(0.31))
    assert 'http-equiv="refresh"' not in client.get(booth).content.decode(), "never while one marks"
    client.post(booth, {"marks": ["1", "2"], "step": "review"})
    done = client.post(booth, {"marks": ["1", "2"], "step": "cast"}).content.decode()
    assert "1 de 3" in done and 'http-equiv="refresh"' in done


# On paper


def on_paper(**rules):
    world = in_room(**rules)
    world.act(publish_candidates, 0.2)
    world.act(begin_paper_voting, 0.3)
    return world


def enter(world, actor, text):
    return enter_paper_ballots(world.election, text=text, actor=actor, now=after(0.4))


def test_two_readings_that_match_are_counted(clock, tmp_path, client):
    world, other = on_paper(), make.coordination()
    assert enter(world, world.officer, "1 2\n2\n-\n") is False
    assert enter(world, world.officer, "1 2\n2\n-\n") is False, "twice by the same person is one reading"
    assert enter(world, other, "1 2\n1\n-\n") is False
    assert enter(world, other, "-\n2\n2 1\n") is True, "the order of papers does not matter, nor that of marks"
    world.election.refresh_from_db()
    result = world.election.result
    assert (world.election.state, result["elected"], result["blank"], result["voted"]) == ("provisional", [2, 1], 1, 3)
    world.act(certify_election, 0.5)
    text = client.get(world.election.get_absolute_url()).content.decode()
    assert "papel" in text and "papel" in client.get(page("election_notice", world.election.code)).content.decode()
    for name, data in evidence_files(world.election, full=True).items():
        (tmp_path / name).write_bytes(data)
    done = subprocess.run([sys.executable, "-I", str(tmp_path / "recount.py")], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()


@pytest.mark.parametrize("text", ["9", "1 1", "a", "1 2 3", "1\n1\n1\n1", "", " \n", "- 1", "1,2"])
def test_papers_against_the_rules_are_refused(clock, text):
    world = on_paper()
    with pytest.raises(Incomplete):
        enter(world, world.officer, text)
    assert not PaperEntry.objects.exists()


def test_an_order_on_paper_keeps_its_order(clock):
    world, other = on_paper(method="scottish-stv", max_marks=None), make.coordination()
    enter(world, world.officer, "2 1\n2 1\n3")
    assert enter(world, other, "1 2\n2 1\n3") is False
    assert enter(world, other, "3\n2 1\n2 1") is True


def test_on_paper_nobody_votes_or_closes_otherwise(clock, signed_in):
    world = on_paper()
    with pytest.raises(NotNow, match=r"papel"):
        world.vote(0, 1, day=12)
    with pytest.raises(NotNow):
        world.close(day=15)
    clock.move_to(after(0.4))
    booth = signed_in(world.voters[0]).get(page("election_booth", world.election.code)).content.decode()
    assert "El voto es en papel, en la sala" in booth and "todavía no está abierta" not in booth
    apart = World().published()
    with pytest.raises(NotNow):
        apart.act(begin_paper_voting, 10)
    voting = in_room()
    voting.act(publish_candidates, 0.2), voting.act(open_voting, 0.3)
    with pytest.raises(NotNow):
        voting.act(begin_paper_voting, 0.4)
    with pytest.raises(NotNow):
        enter(voting, voting.officer, "1")


def test_the_console_s_buttons_are_not_hidden_by_other_pages(clock, signed_in):
    """An act of the console and a page of it never have one address: publishing the roll publishes it."""
    world = World(in_room=True).called()
    client = signed_in(world.officer)
    assert client.post(page("roll_fill", world.election.code)).status_code == 302
    assert client.post(page("election_act", world.election.code, "roll")).status_code == 302
    world.election.refresh_from_db()
    assert world.election.state == "roll_published"
