"""The program in the evidence: what it says of each thing that was changed. That a bare Python runs it is proven with
the evidence itself."""

import json

import pytest

from elections.counting.recount import main
from elections.queries.ballot_boxes import sealed_vote
from elections.queries.evidence import evidence_files, evidence_zip
from elections.services.casting import cast_secret_vote
from elections.services.lots import Witnesses, record_draw, record_public_value
from elections.services.results import certify_election, record_acclamation
from elections.services.voting import open_second_round
from tests.elections.world import World, after

pytestmark = pytest.mark.django_db


@pytest.fixture
def recount(tmp_path, capsys):
    def program(files, *arguments):
        for name, data in files.items():
            (tmp_path / name).write_bytes(data)
        code = main([str(tmp_path), *arguments])
        return code, capsys.readouterr().out

    return program


def certified():
    world = World().voting()
    world.vote(0, 1, 2), world.vote(1, 2), world.vote(2)
    world.close(day=13)
    world.act(certify_election, 15)
    return world


def secret_of_two_rounds():
    world = World(secrecy="secret-portal", seats=1, candidates=2, organizations=4).voting()

    def vote(n, number, day):
        content = sealed_vote(world.election, [number]).content
        cast_secret_vote(world.election, content, actor=world.voters[n], read_clock=lambda: after(day))

    for n in range(4):
        vote(n, n % 2 + 1, 12)
    world.close()
    world.act(open_second_round, 14, closes_at=after(16))
    for n in range(4):
        vote(n, 1, 15)
    world.close(day=16)
    world.act(certify_election, 17)
    return world


def tied(**rules):
    world = World(**rules).voting()
    world.vote(0, 1, 2), world.vote(1, 1, 3)
    return world.close()


def drawn_from_a_hat():
    world = tied()
    world.act(record_draw, 16, order=[3, 2], witnesses=Witnesses(*(one.person for one in world.voters[:2])))
    world.act(certify_election, 17)
    return world


def settled_by_a_public_value():
    world = tied(tie_break="public-seed", lot_source="Demo: la quiniela")
    world.act(record_public_value, 16, value="04 512", again="04 512")
    world.act(certify_election, 17)
    return world


def test_a_folder_and_a_zip_hold_and_the_result_is_counted_again(recount, tmp_path, capsys):
    world = certified()
    files = evidence_files(world.election, full=True)
    code, output = recount(files)
    assert (code, "DIFFERS" in output) == (0, False) and output.endswith("everything holds\n")
    assert recount(files, "--result") == (0, files["result.json"].decode())
    archive = tmp_path / "evidence.zip"
    archive.write_bytes(evidence_zip(world.election, full=True))
    assert main([str(archive)]) == 0
    assert capsys.readouterr().out == output


@pytest.mark.parametrize("ending", [secret_of_two_rounds, drawn_from_a_hat, settled_by_a_public_value])
@pytest.mark.parametrize("full", [True, False])
def test_two_rounds_in_secret_and_lots_hold_too(recount, ending, full):
    code, output = recount(evidence_files(ending().election, full=full))
    assert (code, "DIFFERS" in output) == (0, False), output


def test_without_a_vote_there_are_no_ballots_to_count(recount):
    world = World(candidates=2).published()
    world.act(record_acclamation, 10)
    world.act(certify_election, 12)
    code, output = recount(evidence_files(world.election, full=True))
    assert code == 0 and "the ballots are not in this evidence" in output


def test_a_changed_and_a_missing_file_are_named(recount):
    files = evidence_files(certified().election, full=True)
    listed = files["SHA256SUMS"] + b"0" * 64 + b"  gone.csv\n"
    code, output = recount(files | {"SHA256SUMS": listed, "README.txt": b"Demo"})
    assert code == 1 and output.endswith("3 checks do not hold\n")
    assert "DIFFERS  gone.csv: is missing" in output
    assert "DIFFERS  README.txt: is not the file that was listed" in output


def test_an_act_that_was_changed_and_one_that_was_left_out_are_named(recount):
    files = evidence_files(certified().election, full=True)
    acts = json.loads(files["events.json"])
    acts[1]["facts"]["roll"] = "0" * 64
    output = recount(files | {"events.json": json.dumps(acts).encode()})[1]
    assert "DIFFERS  events.json: act 2 (roll_published) is not the one that was sealed" in output
    assert "DIFFERS  roll.json: the roll that was published" in output
    output = recount(files | {"events.json": json.dumps(acts[:1] + acts[2:]).encode()})[1]
    assert "DIFFERS  events.json: act 2 does not follow the one before it" in output
    assert "DIFFERS  the acts follow each other" in output


def test_a_changed_ballot_is_not_that_of_the_closing_and_counts_otherwise(recount):
    files = evidence_files(certified().election, full=True)
    code, output = recount(files | {"ballots.json": files["ballots.json"].replace(b'"marks":[]', b'"marks":[3]')})
    assert code == 1
    assert "DIFFERS  ballots.json: the ballots of the closing" in output
    assert "DIFFERS  result.json: blank: it says 1, the count says 0" in output
    assert "result.json: seats" not in output, "what is the same is not named"


def test_a_changed_ballot_of_the_first_round_is_not_that_of_its_closing(recount):
    files = evidence_files(secret_of_two_rounds().election, full=True)
    papers = json.loads(files["first-ballots.json"])
    papers[0]["tracker"] = "f" * 32
    output = recount(files | {"first-ballots.json": json.dumps(papers).encode()})[1]
    assert "DIFFERS  first-ballots.json: the ballots of the first closing" in output
    assert "DIFFERS  first-checks.json" in output


def test_what_is_no_evidence_cannot_be_read(tmp_path, capsys):
    for arguments in ([], [str(tmp_path)], [str(tmp_path / "gone.zip")]):
        assert main(arguments) == 2
        assert "DIFFERS  the evidence cannot be read" in capsys.readouterr().out
