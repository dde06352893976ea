"""Lots by a public value: fixed by the rules before the call, sealed, and reckoned again by anybody."""

import hashlib
import subprocess
import sys

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import Incomplete, NotNow
from elections.models import Draw
from elections.queries.evidence import evidence_files
from elections.services.lots import Witnesses, record_draw, record_public_value
from elections.services.nominations import withdraw
from elections.services.results import certify_election
from tests import factories as make
from tests.elections.world import World, after

pytestmark = pytest.mark.django_db
SOURCE = "Demo: primer premio de la quiniela del 16 de marzo de 2026"


def by_value(**rules):
    return World(tie_break="public-seed", lot_source=SOURCE, **rules)


def tied(**rules):
    world = by_value(**rules).voting()
    world.vote(0, 1, 2), world.vote(1, 1, 3)
    return world.close()


def enter(world, value="04 512", again=None, day=16):
    record_public_value(
        world.election, value=value, again=value if again is None else again, actor=world.officer, now=after(day)
    )
    world.election.refresh_from_db()


def reckoned(world, value):
    """The order, from the description alone."""
    seed = hashlib.sha256(f"{world.election.events.get(verb='closed').digest}\n{value}".encode()).hexdigest()
    return seed, sorted(range(1, 4), key=lambda n: hashlib.sha256(f"casa-lot-1\n{seed}\n{n}".encode()).hexdigest())


def recount(world, folder, full=True):
    for name, data in evidence_files(world.election, full).items():
        (folder / name).write_bytes(data)
    done = subprocess.run([sys.executable, "-I", str(folder / "recount.py")], capture_output=True, check=False)
    return done.returncode, done.stdout.decode()


@pytest.mark.parametrize("value", ["04 512", "4512", "Ñ-7"])
def test_the_order_follows_from_the_closing_and_the_value(clock, tmp_path, value):
    world = tied()
    assert (world.election.state, world.election.result["tied"]) == ("closed", [2, 3])
    enter(world, f" {value} ")
    seed, order = reckoned(world, value)
    preferred = next(n for n in order if n in (2, 3))
    assert (world.election.state, world.election.result["elected"]) == ("provisional", [1, preferred])
    drawn = world.election.events.last()
    assert (drawn.verb, drawn.facts["value"], drawn.facts["seed"], drawn.facts["order"]) == (
        "drawn",
        value,
        seed,
        order,
    )
    assert set(world.election.result["lots"]) == {2, 3}, "the lot of who was not tied was not used"
    world.act(certify_election, 17)
    code, output = recount(world, tmp_path)
    assert code == 0 and "the lots are those of the seed" in output
    (tmp_path / "public").mkdir()
    assert recount(world, tmp_path / "public", full=False)[0] == 0
    forged = (tmp_path / "events.json").read_text().replace(f'"value":"{value}"', '"value":"other"')
    (tmp_path / "events.json").write_text(forged)
    again = subprocess.run([sys.executable, "-I", str(tmp_path / "recount.py")], capture_output=True, check=False)
    assert again.returncode == 1 and b"DIFFERS  events.json: the seed" in again.stdout


def test_the_rules_name_the_value_before_the_call():
    for rules in ({"tie_break": "public-seed"}, {"tie_break": "public-seed", "lot_source": " "}, {"lot_source": "x"}):
        with pytest.raises(Incomplete) as refused:
            World(**rules)
        assert set(refused.value.missing) == {"lot_source"}
    world = by_value().called()
    assert (world.election.rules["tie_break"], world.election.rules["lot_source"]) == ("public-seed", SOURCE)
    assert World().called().election.rules["tie_break"] == "witnessed-draw"


def test_each_kind_of_lot_only_by_its_rules(clock):
    world = tied()
    witnesses = Witnesses(world.voters[0].person, world.voters[1].person)
    with pytest.raises(NotNow, match="valor público"):
        world.act(record_draw, 14.5, order=[2, 3], witnesses=witnesses)
    for sent, field in ((("", ""), "value"), (("04 512", "04512"), "again")):
        with pytest.raises(Incomplete) as refused:
            enter(world, *sent)
        assert set(refused.value.missing) == {field}
    hat = World().voting()
    hat.vote(0, 1, 2), hat.vote(1, 1, 3)
    hat.close()
    with pytest.raises(NotNow, match="dos testigos"):
        enter(hat)
    enter(world)
    with pytest.raises(NotNow):
        enter(world, "otro")
    assert Draw.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.update(value="", seed="")


def test_who_withdraws_after_the_lots_leaves_the_order_as_it_is(clock):
    world = tied(candidates=4)
    enter(world)
    order = list(world.election.draw.order)
    first = world.election.nominations.get(number=1)
    withdraw(first, actor=world.officer, now=after(16.5))
    world.election.refresh_from_db()
    assert world.election.state == "provisional" and set(world.election.result["elected"]) == {2, 3}
    assert world.election.draw.order == order


def test_in_an_order_of_preference_every_later_tie_is_settled_too(clock, tmp_path):
    world = by_value(method="scottish-stv", max_marks=None, seats=1, candidates=3).voting()
    for n in range(3):
        world.vote(n, n + 1)
    world.close()
    assert world.election.result["tied"]
    enter(world)
    assert world.election.result["elected"] and not world.election.result["tied"]
    world.act(certify_election, 17)
    assert recount(world, tmp_path)[0] == 0


def test_the_pages(clock, client, signed_in):
    world = tied()
    clock.move_to(after(16))
    address, draw = (
        world.election.get_absolute_url(),
        reverse("elections:election_draw", args=[world.election.code]),
    )
    assert SOURCE in client.get(address).content.decode()
    officer = signed_in(world.officer)
    assert SOURCE in officer.get(reverse("elections:election_console", args=[world.election.code])).content.decode()
    assert 'name="again"' in officer.get(draw).content.decode()
    assert officer.post(draw, {"value": "1", "again": "2"}).status_code == 422
    assert signed_in(make.coordination()).post(draw, {"value": "1", "again": "1"}).status_code == 403
    assert officer.post(draw, {"value": "04 512", "again": "04 512"}).status_code == 302
    text = client.get(address).content.decode()
    assert "04 512" in text and "casa-lot-1" in text and "Testigos" not in text
    world.act(certify_election, 17)
    notice = client.get(reverse("elections:election_notice", args=[world.election.code])).content.decode()
    assert "dos testigos" not in notice
