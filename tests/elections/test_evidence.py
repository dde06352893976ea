"""The evidence of an election: counted again by a bare Python, byte by byte; one byte changed is named."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse

from core import clock as casa_clock
from elections.counting.core import canonical
from elections.queries.evidence import evidence_files, evidence_zip
from elections.services.lots import Witnesses, record_draw
from elections.services.results import certify_election, record_acclamation
from tests.elections.world import NOW, World, after

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(casa_clock, "by_database", casa_clock.now)
    with time_machine.travel(NOW, tick=False):
        yield World()


def certified(world):
    world.voting()
    world.vote(0, 1, 2), world.vote(1, 2), world.vote(2)
    world.close(day=13)
    world.act(certify_election, 15)
    return world.election


@pytest.fixture
def folder(world, tmp_path):
    for name, data in evidence_files(certified(world), full=True).items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def recount(folder, *arguments):
    line = [sys.executable, "-I", str(folder / "recount.py"), *arguments]
    done = subprocess.run(line, capture_output=True, check=False, env={"PATH": ""}, cwd="/")
    return done.returncode, done.stdout.decode(errors="replace")


def test_a_bare_python_counts_the_same_bytes(folder, world):
    code, output = recount(folder)
    assert (code, "DIFFERS" in output, output.endswith("everything holds\n")) == (0, False, True), output
    assert world.election.events.last().digest in output
    assert recount(folder, "--result")[1].encode() == (folder / "result.json").read_bytes()
    assert (folder / "core.py").read_bytes() == (ROOT / "elections" / "counting" / "core.py").read_bytes()


NAMES = (
    "ballots.json",
    "candidates.json",
    "core.py",
    "count.json",
    "events.json",
    "participation.json",
    "README.txt",
    "recount.py",
    "result.json",
    "roll.json",
    "rules.json",
    "stages.csv",
)


@pytest.mark.parametrize("name", NAMES)
def test_one_byte_changed_is_named(folder, name):
    data = bytearray((folder / name).read_bytes())
    at = len(data) // 2 if name != "recount.py" else data.index(b"Needs Python")
    data[at] ^= 1
    (folder / name).write_bytes(bytes(data))
    code, output = recount(folder)
    assert code in (1, 2) and f"DIFFERS  {name}: is not the file that was listed" in output, output


def test_a_forger_who_also_mends_the_list_meets_the_chain(folder):
    """A ballot is changed, and the sums with it: the count differs, and the ballots are not those of the closing."""
    import hashlib

    path = folder / "ballots.json"
    changed = path.read_bytes().replace(b'"marks":[]', b'"marks":[3]')
    sums = (
        (folder / "SHA256SUMS")
        .read_text()
        .replace(hashlib.sha256(path.read_bytes()).hexdigest(), hashlib.sha256(changed).hexdigest())
    )
    path.write_bytes(changed)
    (folder / "SHA256SUMS").write_text(sums)
    code, output = recount(folder)
    assert (code, "is not the file" in output) == (1, False)
    assert "DIFFERS  ballots.json: the ballots of the closing" in output
    assert "DIFFERS  result.json: blank: it says 1, the count says 0" in output


def test_a_missing_file_is_named(folder):
    (folder / "stages.csv").unlink()
    code, output = recount(folder)
    assert code == 1 and "stages.csv: is missing" in output


def test_the_same_bytes_each_time(world):
    election = certified(world)
    first = evidence_zip(election, full=True)
    with time_machine.travel(after(400), tick=False):
        assert evidence_zip(type(election).objects.get(pk=election.pk), full=True) == first
    archive = zipfile.ZipFile(io.BytesIO(first))
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert archive.read(f"{election.code}/result.json").decode() == canonical(election.result) + "\n"


def test_the_organisations_get_names_and_ballots_and_others_do_not(world, client, signed_in):
    address = reverse("elections:election_evidence", args=[world.election.code])
    world.voting()
    assert client.get(address).status_code == 404, "not before it is certified"
    world.vote(0, 1, 2), world.vote(1, 2), world.vote(2)
    world.close(day=13)
    world.act(certify_election, 15)
    names = [one.slug for one in world.organizations] + [one.person.name for one in world.voters]

    def files(browser):
        answer = browser.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
        archive = zipfile.ZipFile(io.BytesIO(answer.content))
        return {name.split("/")[1]: archive.read(name).decode() for name in archive.namelist()}

    given = files(client)
    assert "ballots.json" not in given and "count.json" not in given, "three voters: each ballot would be known"
    roll = json.loads(given["roll.json"])
    assert roll == {"hash": world.election.roll_hash, "organizations": 3}
    assert not any(name in given["participation.json"] + given["roll.json"] for name in names)
    mine = files(signed_in(world.voters[0]))
    assert [row["organization"] for row in json.loads(mine["ballots.json"])] == [o.slug for o in world.organizations]
    assert all(name in mine["roll.json"] for name in names)
    assert "Download" in client.get(world.election.get_absolute_url().replace("/es/", "/en/")).content.decode()


def test_visitors_evidence_holds_as_far_as_it_goes(world, tmp_path):
    for name, data in evidence_files(certified(world), full=False).items():
        (tmp_path / name).write_bytes(data)
    code, output = recount(tmp_path)
    assert (code, "DIFFERS" in output, "not in this evidence" in output) == (0, False, True)


def test_an_acclamation_and_a_draw_have_evidence_too(world, tmp_path):
    world.candidates = 2
    world.published()
    world.act(record_acclamation, 10)
    world.act(certify_election, 12)
    for name, data in evidence_files(world.election, full=True).items():
        (tmp_path / name).write_bytes(data)
    assert recount(tmp_path)[0] == 0
    tied = World()
    tied.voting()
    tied.vote(0, 1, 2), tied.vote(1, 1, 3)
    tied.close()
    one, two = tied.voters[0].person, tied.voters[1].person
    record_draw(tied.election, order=[3, 2], witnesses=Witnesses(one, two), actor=tied.officer, now=after(14))
    tied.act(certify_election, 15)
    for name, data in evidence_files(tied.election, full=True).items():
        (tmp_path / name).write_bytes(data)
    code, output = recount(tmp_path)
    assert code == 0, output
