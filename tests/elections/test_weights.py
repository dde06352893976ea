"""Votes of unlike weight: sealed with the roll, counted as so many papers, recounted; the quorum counts organisations."""

import json
import subprocess
import sys

import pytest
from django.urls import reverse

from core.errors import Incomplete, NotNow
from elections.counting.core import digest
from elections.queries.ballot_boxes import sealed_vote
from elections.queries.evidence import evidence_files
from elections.services.casting import cast_secret_vote
from elections.services.corrections import RollLine, answer_correction, request_correction
from elections.services.lots import Witnesses, record_draw
from elections.services.nominations import publish_candidates
from elections.services.paper import begin_paper_voting
from elections.services.results import certify_election
from elections.services.roll import add_to_roll, publish_roll
from elections.services.secrecy import request_secrecy
from elections.services.voting import open_voting
from tests import factories as make
from tests.elections.world import NOW, World, after

pytestmark = pytest.mark.django_db


def weighted(*weights, candidates=3, **rules):
    """With a published roll and candidates."""
    world = World(is_weighted=True, organizations=len(weights), candidates=candidates, **rules).called()
    for n, weight in enumerate(weights):
        add_to_roll(
            world.election,
            organization=world.organizations[n],
            voter=world.voters[n].person,
            alternate=None,
            weight=weight,
            actor=world.officer,
            now=NOW,
        )
    world.act(publish_roll, 1)
    for n in range(candidates):
        make.nomination(world.election, world.organizations[n % len(weights)], state="accepted", name=f"Demo {n:02d}")
    world.act(publish_candidates, 10)
    return world


def recounted(world, folder, full=True):
    files = evidence_files(world.election, full)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    done = subprocess.run([sys.executable, "-I", str(folder / "recount.py")], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()
    return files


def test_a_vote_counts_for_its_weight_and_the_quorum_counts_organisations(clock, tmp_path):
    world = weighted(5, 1, 1, 1, seats=1, quorum=3)
    world.act(open_voting, 10.1)
    world.vote(0, 1), world.vote(1, 2), world.vote(2, 2)
    world.close()
    result = world.election.result
    assert (result["elected"], result["votes"]) == ([1], {"1": "5", "2": "2", "3": "0"})
    assert (result["valid"], result["voted"], result["entitled"], result["quorum_met"]) == (7, 3, 4, True)
    world.act(certify_election, 15)
    files = recounted(world, tmp_path)
    roll = json.loads(files["roll.json"])
    assert [row[-1] for row in roll["entries"]] == [5, 1, 1, 1] and digest(roll["entries"]) == world.election.roll_hash
    assert world.election.rules["who_votes"] == "weighted-by-organisation"


def test_in_an_order_of_preference_and_its_ballot_file(clock, tmp_path):
    world = weighted(3, 2, 1, method="scottish-stv", max_marks=None, seats=1)
    world.act(open_voting, 10.1)
    for n in range(3):
        world.vote(n, *([1, 2, 3], [2, 3], [3, 2])[n])
    world.close()
    result = world.election.result
    assert (result["quota"], result["valid"], result["votes"]["1"]) == ("4.00000", 6, "3.00000")
    if result["tied"]:
        witnesses = Witnesses(world.voters[0].person, world.voters[1].person)
        world.act(record_draw, 14.1, order=[2, 1, 3], witnesses=witnesses)
    world.act(certify_election, 15)
    assert "3 1 2 3 0" in recounted(world, tmp_path)["ballots.blt"].decode()


def test_in_secret_where_three_have_each_weight(clock, tmp_path):
    world = weighted(4, 4, 4, 1, 1, 1, secrecy="secret-portal", seats=1)
    world.act(open_voting, 10.1)
    for n in range(6):
        box, _tracker = sealed_vote(world.election, [1 if n < 2 else 2])
        cast_secret_vote(world.election, box, actor=world.voters[n], read_clock=lambda: after(12))
    world.close()
    assert world.election.result["votes"] == {"1": "8", "2": "7", "3": "0"}
    world.act(certify_election, 15)
    recounted(world, tmp_path)
    assert "weight" not in json.dumps(json.loads(evidence_files(world.election, False)["participation.json"]))


def test_an_election_made_secret_keeps_who_has_a_weight_unknown(clock):
    world = weighted(4, 4, 1, 1, 1)
    with pytest.raises(NotNow, match="mismo peso"):
        request_secrecy(world.election, actor=world.voters[0], now=after(10.1))
    world = weighted(4, 4, 4, 1, 1, 1)
    request_secrecy(world.election, actor=world.voters[0], now=after(10.1))
    with pytest.raises(NotNow, match="mismo peso"):
        correct(world, 0)
    with pytest.raises(NotNow, match="mismo peso"):
        correct(world, 1, voter=world.voters[1].person, weight=1)
    assert world.election.roll.count() == 6


def correct(world, n, voter=None, day=10.2, weight=None):
    line = RollLine(world.organizations[n], voter, weight=weight)
    row = request_correction(world.election, line=line, reason="Demo", actor=world.officer, now=after(day))
    answer_correction(row, confirmed=True, actor=make.coordination(), now=after(day))
    world.election.refresh_from_db()
    return world.election.roll.get(organization=world.organizations[n])


def test_a_weight_is_corrected_by_two_until_the_vote_opens(clock):
    world = weighted(3, 1, 1)
    before = world.election.roll_hash
    assert correct(world, 0, voter=world.voters[0].person, weight=2).weight == 2
    assert world.election.roll_hash != before
    assert correct(world, 0, voter=make.delegate(world.organizations[0]).person).weight == 2, "left out: unchanged"
    world.act(open_voting, 10.3)
    with pytest.raises(Incomplete) as refused:
        correct(world, 1, voter=world.voters[1].person, weight=9, day=11)
    assert set(refused.value.missing) == {"weight"}


def test_only_where_the_rules_say_so_and_never_on_paper(clock):
    world = World().called()
    put = {"organization": world.organizations[0], "voter": world.voters[0].person, "alternate": None}
    for election, weight in ((world.election, 2), (World(is_weighted=True).called().election, 0)):
        with pytest.raises(Incomplete) as refused:
            add_to_roll(election, weight=weight, actor=world.officer, now=NOW, **put)
        assert "weight" in refused.value.missing
    room = World(is_weighted=True, in_room=True).published()
    with pytest.raises(NotNow, match="papel"):
        room.act(begin_paper_voting, 10)


def test_the_pages_say_the_weights(clock, signed_in):
    world = weighted(7, 1, 1)
    text = signed_in(world.voters[0]).get(world.election.get_absolute_url()).content.decode()
    assert "peso 7" in text and "cuentan organizaciones" in text
    console = signed_in(world.officer).get(reverse("elections:election_console", args=[world.election.code]))
    assert "peso 7" in console.content.decode()
    form = reverse("elections:roll_correction", args=[world.election.code, world.organizations[0].slug])
    assert 'name="weight"' in signed_in(world.officer).get(form).content.decode()
    called = World(is_weighted=True).called()
    edit = reverse("elections:election_roll", args=[called.election.code, called.organizations[0].slug])
    officer = signed_in(called.officer)
    sent = {"voter": called.voters[0].person.pk, "alternate": ""}
    for weight in ("0", "-1", "1.5", "99999999999", "x", ""):
        assert officer.post(edit, sent | {"weight": weight}).status_code == 422, weight
    assert officer.post(edit, sent | {"weight": "4"}).status_code == 302
    assert called.election.roll.get().weight == 4
