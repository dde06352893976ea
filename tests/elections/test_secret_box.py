"""Against the secret vote: boxes made by hand, an urn that was meddled with, and what could tell whose a vote is."""

import base64
import io
import json
import re
import subprocess
import sys
import zipfile

import pytest
from django.urls import reverse

from core.errors import CasaError, NotNow
from elections import sealing
from elections.models import CheckIn, ElectionKey, Participation, SealedBallot
from elections.queries.ballot_boxes import sealed_vote
from elections.queries.evidence import evidence_files
from elections.services.casting import cast_secret_vote
from elections.services.check_ins import check_in
from elections.services.claims import waive_claims
from elections.services.lots import record_draw
from elections.services.paper import begin_paper_voting, enter_paper_ballots
from elections.services.results import certify_election, record_acclamation
from elections.services.secrecy import request_secrecy
from elections.services.voting import open_second_round, open_voting
from tests import factories as make
from tests.elections.world import World, after

pytestmark = pytest.mark.django_db


def secret(**rules):
    return World(secrecy="secret-portal", **rules)


def vote(world, n, choices, day=12):
    box = sealed_vote(world.election, choices)[0]
    return cast_secret_vote(world.election, box, actor=world.voters[n], read_clock=lambda: after(day))


def made_by_hand(world, plain, size=None):
    """A box as anybody makes it who reads the public key in the chain; `plain` is what it holds."""
    key = bytes(ElectionKey.objects.get(election=world.election).public_key)
    context = sealing.context_of(world.election.code, world.election.rules_hash, key)
    size = size or sealing.size_for(world.election.nominations.on_ballot().count())
    public = sealing.ec.EllipticCurvePublicKey.from_encoded_point(sealing._CURVE, key)
    text = plain.encode().ljust(size)
    return sealing.VERSION + context + sealing._suite().encrypt(text, public, info=sealing.PURPOSE + context)


def put_in_the_ballot_box(world, n, box):
    """As somebody would who writes into the database past the portal."""
    entry = world.election.roll.get(organization=world.organizations[n])
    Participation.objects.create(entry=entry, cast_by=world.voters[n].person)
    ballot_box = box[len(sealing.VERSION) :][: sealing.CONTEXT_BYTES].hex()
    return SealedBallot.objects.create(digest=sealing.digest_of(box), ballot_box=ballot_box, sealed=box)


def recount(files, folder):
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return subprocess.run([sys.executable, "-I", str(folder / "recount.py")], capture_output=True, check=False)


T = "0" * 32
FOOLISH = [
    "",
    "null",
    "[]",
    "{",
    "7",
    '"x"',
    "[" * 200,
    f'{{"tracker":"{T}"}}',
    '{"said":[1]}',
    "NaN",
    '{"tracker":7,"said":[1]}',
    f'{{"tracker":["{T}"],"said":[1]}}',
    '{"tracker":"","said":[1]}',
    f'{{"tracker":"{T}0","said":[1]}}',
    f'{{"tracker":"{"A" * 32}","said":[1]}}',
    f'{{"tracker":"{T}\\n","said":[1]}}',
    *(
        f'{{"tracker":"{T}","said":{choices}}}'
        for choices in (
            "null",
            "1",
            "true",
            '"12"',
            "[true]",
            "[1.0]",
            '["1"]',
            "[[1]]",
            "[null]",
            "[1,1]",
            "[4]",
            "[0]",
            "[-1]",
            "[1,2,3]",
            "{}",
            '{"1":"yes"}',
            "[1e400]",
            "[NaN]",
        )
    ),
]


@pytest.mark.parametrize("plain", FOOLISH)
def test_a_box_made_by_hand_that_says_no_ballot_is_refused_by_a_sentence(plain):
    world = secret().voting()
    box = made_by_hand(world, plain)
    with pytest.raises(CasaError):
        cast_secret_vote(world.election, box, actor=world.voters[0], read_clock=lambda: after(12))
    assert not SealedBallot.objects.exists() and not Participation.objects.exists()


@pytest.mark.parametrize(
    "choices",
    [
        '{"1":"yes","01":"yes"}',
        '{"01":"yes"}',
        '{" 1":"yes"}',
        '{"１":"yes"}',
        '{"1":true}',
        '{"1":"abstain"}',
        "[1]",
        '{"1":["yes"]}',
        '{"3":"yes"}',
        '{"-1":"yes"}',
        '{"x":"yes"}',
    ],
)
def test_an_answer_is_given_once_whatever_a_box_made_by_hand_says(choices):
    """{"1": yes, "01": yes} was two votes for one candidate."""
    world = secret(candidates=2, if_few="yes-no").voting()
    box = made_by_hand(world, f'{{"tracker":"{T}","said":{choices}}}')
    with pytest.raises(CasaError):
        cast_secret_vote(world.election, box, actor=world.voters[0], read_clock=lambda: after(12))
    assert not SealedBallot.objects.exists() and not Participation.objects.exists()


def test_a_box_made_by_hand_that_says_a_ballot_is_one():
    world = secret().voting()
    box = made_by_hand(world, f'{{"tracker":"{T}","said":[2,1], "name":"Demo"}}')
    cast_secret_vote(world.election, box, actor=world.voters[0], read_clock=lambda: after(12))
    world.close()
    assert world.election.opened_ballots == [{"tracker": T, "marks": [2, 1]}]


@pytest.mark.parametrize(
    "rules", [{}, {"method": "scottish-stv", "max_marks": None}, {"candidates": 2, "if_few": "yes-no"}]
)
def test_what_was_put_into_the_urn_past_the_portal_is_invalid_and_stops_no_closing(rules, tmp_path):
    world = secret(organizations=9, **rules).voting()
    vote(world, 0, {1: "yes", 2: "yes"} if "if_few" in rules else [1, 2])
    odd = ("null", "5", "[[1]]", "[true]", '{"1":"yes","01":"yes"}', '{"x":7}', '["1"]')
    for n, choices in enumerate(odd, 1):
        put_in_the_ballot_box(world, n, made_by_hand(world, f'{{"tracker":"{n:032x}","said":{choices}}}'))
    put_in_the_ballot_box(world, 8, made_by_hand(world, '{"tracker":8,"said":[1]}'))
    world.close()
    result = world.election.result
    assert (result["valid"], result["invalid"], result["voted"]) == (1, 8, 9)
    if result["tied"]:
        world.act(record_draw, 14.1, order=[1, 2, 3], witnesses=[one.person for one in world.voters[:2]])
    world.act(certify_election, 15)
    done = recount(evidence_files(world.election, full=True), tmp_path)
    assert done.returncode == 0, done.stdout.decode()


# What could tell whose a vote is


def test_casting_in_the_room_keeps_no_time_and_no_second_row(clock):
    world = secret(in_room=True).voting()
    standin = make.delegate(world.organizations[1])
    world.election.roll.filter(organization=world.organizations[1]).update(alternate=standin.person)
    vote(world, 0, [1])
    assert not CheckIn.objects.exists(), "a check-in would keep when the vote came"
    clock.move_to(after(12))
    check_in(world.election, actor=standin, now=after(12))
    with pytest.raises(NotNow, match=re.escape(standin.person.name)):
        vote(world, 1, [1])
    assert Participation.objects.count() == 1


def test_a_second_round_of_an_open_vote_stays_open(clock, signed_in):
    world = World(seats=1, candidates=2, organizations=4).voting()
    for n, mark in enumerate((1, 1, 2, 2)):
        world.vote(n, mark)
    world.close()
    open_second_round(world.election, closes_at=after(16), actor=world.officer, now=after(14))
    clock.move_to(after(15))
    with pytest.raises(NotNow):
        request_secrecy(world.election, actor=world.voters[0], now=after(15))
    page = signed_in(world.voters[0]).get(reverse("elections:election_booth", args=[world.election.code]))
    assert reverse("elections:secrecy_request", args=[world.election.code]) not in page.content.decode()
    world.election.refresh_from_db()
    assert not world.election.is_secret


def two_rounds(first, second):
    """An election whose rounds had so many voters, certified; and the receipts of its first."""
    world = secret(seats=1, candidates=2, organizations=first + first % 2).voting()
    receipts = [vote(world, n, [n % 2 + 1]) for n in range(first)]
    world.close()
    open_second_round(world.election, closes_at=after(16), actor=world.officer, now=after(14))
    world.election.refresh_from_db()
    for n in range(second):
        vote(world, n, [1], day=15)
    world.close(day=16)
    world.act(certify_election, 17)
    return world, receipts


def test_few_in_either_round_are_few(signed_in):
    world, _receipts = two_rounds(10, 3)
    assert not any("ballots" in name for name in evidence_files(world.election, full=False))
    address = reverse("elections:election_evidence", args=[world.election.code])
    assert not any("ballots" in name for name in names_for(signed_in(world.voters[0]), address))
    assert any("first-ballots" in name for name in names_for(signed_in(world.officer), address))


def names_for(client, address):
    with zipfile.ZipFile(io.BytesIO(client.get(address).content)) as archive:
        return archive.namelist()


def test_who_voted_in_the_first_round_finds_their_vote_and_it_is_that_of_its_closing(tmp_path):
    world, receipts = two_rounds(4, 4)
    public, full = evidence_files(world.election, full=False), evidence_files(world.election, full=True)
    assert sorted(one.word for one in receipts) == json.loads(public["first-checks.json"])
    assert recount(public, tmp_path).returncode == 0
    assert recount(full, tmp_path).returncode == 0
    papers = json.loads(full["first-ballots.json"])
    papers[0]["marks"], papers[1]["marks"] = papers[1]["marks"], papers[0]["marks"]
    papers[0]["tracker"] = "f" * 32
    (tmp_path / "first-ballots.json").write_text(json.dumps(papers))
    again = subprocess.run([sys.executable, "-I", str(tmp_path / "recount.py")], capture_output=True, check=False)
    output = again.stdout.decode()
    assert (
        "DIFFERS  first-ballots.json: the ballots of the first closing" in output
        and "DIFFERS  first-checks.json" in output
    )


def test_secret_on_paper_has_no_urn_and_counts_again(clock, tmp_path):
    world, other = secret(seats=1, candidates=2, organizations=4, in_room=True).published(), make.coordination()
    world.act(begin_paper_voting, 11)

    def enter(text, day):
        for actor in (world.officer, other):
            enter_paper_ballots(world.election, text=text, actor=actor, now=after(day))
        world.election.refresh_from_db()

    enter("1\n1\n2\n2", 12)
    open_second_round(world.election, closes_at=after(16), actor=world.officer, now=after(14))
    assert not ElectionKey.objects.exists() and not world.election.events.filter(verb="key_made").exists()
    enter("1\n1\n1\n2", 15)
    world.act(certify_election, 17)
    files = evidence_files(world.election, full=True)
    assert "checks.json" not in files
    done = recount(files, tmp_path)
    assert done.returncode == 0, done.stdout.decode()


def test_without_a_vote_nothing_is_said_of_ballots(signed_in):
    world = secret(candidates=2).published()
    world.act(record_acclamation, 11)
    world.act(certify_election, 15)
    client = signed_in(world.voters[0])
    page = client.get(world.election.get_absolute_url()).content.decode()
    assert "Menos de diez" not in page and "Cómo encuentra" not in page
    names = client.get(reverse("elections:election_evidence", args=[world.election.code])).content
    assert world.voters[0].person.name.encode() in names, "the roll by name, for the member organisations"


# The receipt


def test_the_receipt_stays_on_the_screen_and_its_word_is_listed_while_claims_are_taken(clock, signed_in, client):
    world = secret(in_room=True, claims_hours=48).published()
    for voter in world.voters:
        waive_claims(world.election, actor=voter, now=after(10))
    world.act(open_voting, 10)
    clock.move_to(after(12))
    voter, booth = signed_in(world.voters[0]), reverse("elections:election_booth", args=[world.election.code])
    review = voter.post(booth, {"marks": ["1", "2"], "step": "review"})
    assert "no-store" in review["Cache-Control"]
    box = re.search(r'name="box" value="([^"]+)"', review.content.decode())[1]
    done = voter.post(booth, {"box": box, "step": "cast"}).content.decode()
    assert 'http-equiv="refresh"' not in done, "it would take the receipt away"
    assert "1 de 3" in done and 'http-equiv="refresh"' in voter.get(booth).content.decode()
    tracker, word, _digest = re.findall(r'<dd class="code">(\w+)</dd>', done)
    assert word == sealing.check_word(tracker, [1, 2])
    vote(world, 1, [1]), vote(world, 2, [2])
    world.close()
    assert world.election.state == "provisional"
    assert word in client.get(world.election.get_absolute_url()).content.decode()
    data = client.get(reverse("elections:election_result", args=[world.election.code])).json()
    assert word in data["checks"][0] and tracker not in json.dumps(data)


def test_every_limit_is_said_before_one_votes(clock, signed_in):
    world = secret().voting()
    clock.move_to(after(12))
    page = signed_in(world.voters[0]).get(reverse("elections:election_booth", args=[world.election.code]))
    text = page.content.decode()
    assert "podrían abrirla" in text and "unánime" in text
    assert world.election.rules["secret_on_request_of"] is None
    assert World().called().election.rules["secret_on_request_of"] == "one-elector"


def test_what_was_marked_openly_is_not_cast_once_the_vote_is_secret(clock, signed_in):
    """Between the review and the tap somebody asks: the page says so, and nothing is kept."""
    world = World().voting()
    clock.move_to(after(12))
    client, booth = signed_in(world.voters[0]), reverse("elections:election_booth", args=[world.election.code])
    client.post(booth, {"marks": ["1"], "step": "review"})
    request_secrecy(world.election, actor=world.voters[1], now=after(12))
    late = client.post(booth, {"marks": ["1"], "step": "cast"})
    assert late.status_code == 409 and not Participation.objects.exists()
    again = client.post(booth, {"marks": ["1"], "step": "review"}).content.decode()
    box = re.search(r'name="box" value="([^"]+)"', again)[1]
    assert base64.b64decode(box).startswith(sealing.VERSION)
    client.post(booth, {"box": box, "step": "cast"})
    assert SealedBallot.objects.count() == 1
