"""The secret vote with the portal's key: sealed, once, opened at closing; nothing kept says whose a ballot is."""

import base64
import hashlib
import json
import re
import subprocess
import sys

import pytest
from django.apps import apps
from django.db import connection
from django.db.utils import OperationalError
from django.urls import reverse

from core.errors import Incomplete, NotNow, PermissionDenied
from core.models import JournalEntry
from core.outbox.models import OutboxMessage
from elections import sealing
from elections.models import Ballot, ElectionKey, Participation, SealedBallot
from elections.queries.ballot_boxes import sealed_vote
from elections.queries.evidence import evidence_files
from elections.queries.roll import do_weights_identify
from elections.services.casting import cast_secret_vote, cast_vote
from elections.services.lots import record_draw
from elections.services.preparing import annul_election
from elections.services.results import certify_election
from elections.services.roll import add_to_roll, publish_roll
from elections.services.secrecy import request_secrecy
from elections.services.voting import open_second_round, open_voting
from tests import factories as make
from tests.elections.world import NOW, World, after

pytestmark = pytest.mark.django_db


def secret(**rules):
    return World(secrecy="secret-portal", **rules)


def vote(world, n, choices, day=12, box=None):
    box = sealed_vote(world.election, choices)[0] if box is None else box
    return cast_secret_vote(world.election, box, actor=world.voters[n], read_clock=lambda: after(day))


def recount(files, folder):
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return subprocess.run([sys.executable, "-I", str(folder / "recount.py")], capture_output=True, check=False)


def test_from_opening_to_certificate(tmp_path):
    world = secret().voting()
    assert world.election.rules["secrecy"] == "secret-portal"
    receipts = [vote(world, n, choices) for n, choices in enumerate(([1, 2], [2], []))]
    assert SealedBallot.objects.count() == Participation.objects.count() == 3 and not Ballot.objects.exists()
    assert len({len(bytes(box.sealed)) for box in SealedBallot.objects.all()}) == 1, (
        "as long as each other, whatever they say"
    )
    world.close()
    result = world.election.result
    assert (world.election.state, result["elected"], result["voted"], result["blank"]) == ("provisional", [2, 1], 3, 1)
    trackers = [paper["tracker"] for paper in world.election.opened_ballots]
    assert trackers == sorted(receipt.tracker for receipt in receipts), "by tracker: no order of casting is left"
    closed = world.election.events.get(verb="closed").facts
    assert closed["boxes"] == sorted(receipt.digest for receipt in receipts)
    assert ElectionKey.objects.exists()
    world.act(certify_election, 15)
    assert not ElectionKey.objects.exists() and world.election.events.filter(verb="key_destroyed").exists()
    full, public = evidence_files(world.election, full=True), evidence_files(world.election, full=False)
    done = recount(full, tmp_path)
    assert done.returncode == 0, done.stdout.decode()
    assert "ballots.json" not in public
    own = receipts[0]
    word = hashlib.sha256(f"{own.tracker}[1,2]".encode()).hexdigest()
    assert word in json.loads(public["checks.json"]) and word == sealing.check_word(own.tracker, [1, 2])
    assert not re.search("|".join(trackers), "".join(data.decode() for data in public.values()))
    changed = json.loads(full["ballots.json"])
    changed[0]["marks"] = [3]
    (tmp_path / "ballots.json").write_text(json.dumps(changed))
    again = subprocess.run([sys.executable, "-I", str(tmp_path / "recount.py")], capture_output=True, check=False)
    assert again.returncode != 0 and b"checks.json" in again.stdout


def test_ten_votes_are_published_by_their_trackers(tmp_path):
    world = secret(organizations=10, candidates=4).voting()
    for n in range(10):
        vote(world, n, [n % 4 + 1])
    world.close()
    if world.election.state == "closed":
        world.act(
            record_draw,
            14.1,
            order=world.election.result["tied"],
            witnesses=(world.voters[0].person, world.voters[1].person),
        )
    world.act(certify_election, 15)
    public = evidence_files(world.election, full=False)
    assert len(json.loads(public["ballots.json"])) == 10 and "organizations" not in json.loads(
        public["participation.json"]
    )
    done = recount(public, tmp_path)
    assert done.returncode == 0, done.stdout.decode()


def test_the_same_box_again_is_the_same_receipt_and_another_is_refused(clock):
    world = secret().voting()
    standin = make.delegate(world.organizations[0])
    entry = world.election.roll.get(organization=world.organizations[0])
    entry.alternate = standin.person
    entry.save()
    box, tracker = sealed_vote(world.election, [1])
    first = vote(world, 0, None, box=box)
    assert vote(world, 0, None, box=box) == first and first.tracker == tracker
    with pytest.raises(NotNow, match="ya votó"):
        vote(world, 0, [2])
    with pytest.raises(NotNow):
        cast_secret_vote(world.election, box, actor=standin, read_clock=lambda: after(12))
    with pytest.raises(NotNow):  # a box copied from somebody else's screen
        vote(world, 1, None, box=box)
    assert SealedBallot.objects.count() == Participation.objects.count() == 1


def test_what_is_no_vote_of_this_election_changes_nothing():
    world, other = secret().voting(), secret().voting()
    foreign = sealed_vote(other.election, [1])[0]
    own = sealed_vote(world.election, [1])[0]
    flipped = own[:-1] + bytes([own[-1] ^ 1])
    key = ElectionKey.objects.get(election=world.election)
    context = sealing.context_of(world.election.code, world.election.rules_hash, bytes(key.public_key))
    foolish = sealing.seal(bytes(key.public_key), context, "0" * 32, [1, 2, 3], sealing.size_for(3))
    for box in (b"", b"x" * len(own), foreign, flipped, own[:-1], own + b"0"):
        with pytest.raises(NotNow):
            vote(world, 0, None, box=box)
    with pytest.raises(Incomplete):
        vote(world, 0, None, box=foolish)
    with pytest.raises(NotNow):
        vote(world, 0, [1], day=14)  # the closing is exclusive
    with pytest.raises(PermissionDenied):
        cast_secret_vote(world.election, own, actor=make.delegate(make.organization()), read_clock=lambda: after(12))
    with pytest.raises(NotNow):
        cast_vote(world.election, [1], actor=world.voters[0], read_clock=lambda: after(12))
    assert not SealedBallot.objects.exists() and not Participation.objects.exists()


def test_a_box_that_cannot_be_opened_is_invalid_and_counts_as_taking_part():
    world = secret().voting()
    vote(world, 0, [1]), vote(world, 1, [1])
    box = SealedBallot.objects.first()
    broken = bytes(box.sealed)[:-1] + b"\0"
    SealedBallot.objects.filter(pk=box.pk).update(sealed=broken)
    world.close()
    assert (world.election.result["invalid"], world.election.result["valid"], world.election.result["voted"]) == (
        1,
        1,
        2,
    )


def test_an_urn_with_other_than_was_cast_is_not_opened():
    world = secret().voting()
    vote(world, 0, [1]), vote(world, 1, [1])
    SealedBallot.objects.first().delete()
    with pytest.raises(NotNow):
        world.close()
    world.election.refresh_from_db()
    assert world.election.state == "voting"
    annul_election(world.election, reason="Demo: la urna no coincide", actor=world.officer, now=after(15))
    assert not ElectionKey.objects.exists()


def test_another_secret_key_opens_nothing(settings):
    world = secret().voting()
    vote(world, 0, [1])
    settings.SECRET_KEY = "another, long enough to be one, and not the one before"
    with pytest.raises(NotNow):
        world.close()


def test_a_secret_key_may_change_while_a_secret_vote_is_open(settings):
    world = secret().voting()
    vote(world, 0, [1])
    settings.SECRET_KEY_FALLBACKS = ["one before that, never used here", settings.SECRET_KEY]
    settings.SECRET_KEY = "another, long enough to be one, and not the one before"
    vote(world, 1, [1])
    world.close()
    assert world.election.result["votes"]["1"] == "2"


def rows_of(*models):
    return "\n".join(str(row) for model in models for row in model.objects.order_by("pk").values())


def test_no_row_anywhere_says_whose_a_box_is():
    """Two voters swap their votes: nothing in the database differs but the boxes themselves."""
    world = secret().voting()
    receipts = [vote(world, n, [n + 1]) for n in range(3)]
    others = [model for model in apps.get_models() if model not in (SealedBallot,)]
    written = rows_of(*others)
    for receipt in receipts:
        assert receipt.digest not in written and receipt.tracker not in written
    columns = {field.column for field in SealedBallot._meta.get_fields()}
    assert columns == {"digest", "ballot_box", "weight", "sealed"}
    assert {f.column for f in Participation._meta.get_fields()} == {"entry_id", "cast_by_id"}
    assert not JournalEntry.objects.filter(verb__contains="cast").exists()
    assert not OutboxMessage.objects.filter(text__contains=receipts[0].tracker).exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite numbers rows in secret")
def test_on_sqlite_the_urn_has_no_hidden_row_number():
    with connection.cursor() as cursor, pytest.raises(OperationalError):
        cursor.execute("SELECT rowid FROM elections_sealedballot")


def test_a_second_round_has_a_new_key_and_an_empty_urn(tmp_path, client):
    world = secret(seats=1, candidates=2, organizations=4).voting()
    first_key = bytes(ElectionKey.objects.get().public_key)
    words = [vote(world, n, [mark]).word for n, mark in enumerate((1, 1, 2, 2))]
    world.close()
    text = client.get(world.election.get_absolute_url()).content.decode()
    assert all(word in text for word in words), "found also while a tie waits"
    open_second_round(world.election, closes_at=after(16), actor=world.officer, now=after(14))
    world.election.refresh_from_db()
    assert not SealedBallot.objects.exists() and bytes(ElectionKey.objects.get().public_key) != first_key
    for n, mark in enumerate((1, 1, 1, 2)):
        vote(world, n, [mark], day=15)
    world.close(day=16)
    assert world.election.result["elected"] == [1] and len(world.election.first_round["ballots"]) == 4
    world.act(certify_election, 17)
    done = recount(evidence_files(world.election, full=True), tmp_path)
    assert done.returncode == 0, done.stdout.decode()


def test_orders_and_answers_are_sealed_too(tmp_path):
    for folder, rules, choices, elected in (
        ("order", {"method": "scottish-stv", "max_marks": None}, [[1, 2, 3], [1, 2], [2, 1]], [1, 2]),
        ("answers", {"if_few": "yes-no", "candidates": 2}, [{1: "yes", 2: "no"}, {1: "yes"}, {}], [1]),
    ):
        world = secret(**rules).voting()
        for n, words in enumerate(choices):
            vote(world, n, words)
        world.close()
        assert world.election.result["elected"] == elected
        world.act(certify_election, 15)
        (tmp_path / folder).mkdir()
        done = recount(evidence_files(world.election, full=True), tmp_path / folder)
        assert done.returncode == 0, done.stdout.decode()


# One elector asks for it


def test_any_one_elector_makes_an_open_vote_secret_and_nobody_is_told_who(clock, signed_in):
    world = World().published()
    clock.move_to(after(10.1))
    client, booth = signed_in(world.voters[1]), reverse("elections:election_booth", args=[world.election.code])
    ask = reverse("elections:secrecy_request", args=[world.election.code])
    assert ask in client.get(booth).content.decode()
    assert client.post(ask).status_code == 302
    world.election.refresh_from_db()
    assert world.election.is_secret and world.election.secrecy == "open"
    assert ask not in client.get(booth).content.decode()
    event, entry = world.election.events.get(verb="secrecy_requested"), JournalEntry.objects.order_by("-pk")[0]
    assert event.facts == {} and entry.actor == ""
    mails = OutboxMessage.objects.filter(kind="election_secret")
    assert mails.count() == 4, "three electors and the officer"
    assert all(world.voters[1].person.name not in mail.text for mail in mails.exclude(address=world.voters[1].email))
    client.post(ask)
    assert world.election.events.filter(verb="secrecy_requested").count() == 1
    page = client.get(world.election.get_absolute_url()).content.decode()
    assert "Lo pidió alguien del padrón" in page and "podrían abrirla" in page
    world.act(open_voting, 10.2)
    assert ElectionKey.objects.exists()


def test_not_once_somebody_has_voted_openly_nor_by_others(clock):
    world = World().voting()
    with pytest.raises(PermissionDenied):
        request_secrecy(world.election, actor=world.officer, now=after(11))
    world.vote(0, 1)
    with pytest.raises(NotNow):
        request_secrecy(world.election, actor=world.voters[1], now=after(12))
    apart = World().called()
    add_to_roll(
        apart.election,
        organization=apart.organizations[0],
        voter=apart.voters[0].person,
        alternate=None,
        actor=apart.officer,
        now=NOW,
    )
    with pytest.raises(NotNow):
        request_secrecy(apart.election, actor=apart.voters[0], now=after(0.1))


def test_while_the_vote_is_open_and_nobody_has_voted_the_next_one_is_sealed(clock):
    world = World().voting()
    request_secrecy(world.election, actor=world.voters[1], now=after(11))
    world.election.refresh_from_db()
    with pytest.raises(NotNow):
        world.vote(0, 1)
    vote(world, 0, [1])
    assert SealedBallot.objects.count() == 1


def test_a_weight_that_few_have_keeps_a_vote_open():
    assert not do_weights_identify([1, 1]) and not do_weights_identify([1] * 3 + [2] * 3)
    assert do_weights_identify([1, 1, 1, 2, 2])
    world = World(secrecy="secret-portal", is_weighted=True).called()
    for n, weight in enumerate((1, 1, 5)):
        add_to_roll(
            world.election,
            organization=world.organizations[n],
            voter=world.voters[n].person,
            alternate=None,
            weight=weight,
            actor=world.officer,
            now=NOW,
        )
    with pytest.raises(NotNow):
        world.act(publish_roll, 1)


# The booth


def test_the_booth_seals_at_the_review_and_shows_the_receipt_once(clock, signed_in):
    world = secret().voting()
    clock.move_to(after(12))
    client, booth = signed_in(world.voters[0]), reverse("elections:election_booth", args=[world.election.code])
    assert "podrían abrirla" in client.get(booth).content.decode()
    review = client.post(booth, {"marks": ["1", "2"], "step": "review"}).content.decode()
    box = re.search(r'name="box" value="([^"]+)"', review)[1]
    assert b"marks" not in base64.b64decode(box)
    done = client.post(booth, {"box": box, "step": "cast"}).content.decode()
    receipt = re.findall(r'<dd class="code">(\w+)</dd>', done)
    assert "Su voto está en la urna" in done and receipt[2] == SealedBallot.objects.get().digest
    assert receipt[1] == sealing.check_word(receipt[0], [1, 2])
    assert (
        re.findall(r'<dd class="code">(\w+)</dd>', client.post(booth, {"box": box, "step": "cast"}).content.decode())
        == receipt
    )
    later = client.get(booth).content.decode()
    assert receipt[0] not in later and "votó" in later
    bad = signed_in(world.voters[1]).post(booth, {"box": "no base 64 ñ", "step": "cast"})
    assert bad.status_code == 409 and SealedBallot.objects.count() == 1
    blank = signed_in(world.voters[1]).post(booth, {"blank": "1"}).content.decode()
    box = re.search(r'name="box" value="([^"]+)"', blank)[1]
    signed_in(world.voters[1]).post(booth, {"box": box, "blank": "1", "step": "cast"})
    assert Participation.objects.count() == 2
