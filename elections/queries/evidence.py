"""The evidence of an election: one ZIP with which anybody counts it again, the same bytes each time it is made."""

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from elections.counting import RANKED, blt, core
from elections.counting.core import canonical
from elections.models import Election
from elections.queries.ballot_boxes import check_words
from elections.queries.ballots import CountedBallot, counted_ballots, counting_rules, first_round_rules
from elections.queries.chain import utc_text
from elections.queries.results import lot_order
from elections.queries.roll import roll_rows

#: The count and its check, which go with every evidence as they are.
COUNTING = Path(core.__file__).resolve().parent
#: With fewer ballots a ranking reveals whose it is (95 % are unique among seven): visitors get the evidence without them.
PUBLIC_FROM = 10
FACTS = ("entitled", "voted", "quorum_needed", "quorum_met")

README = """ES  Evidencia de una elección. Para comprobarla y contarla otra vez: python3 -I recount.py
    Compare la última acta sellada que muestra el programa con la de la página de la elección.
PT  Evidência de uma eleição. Para verificá-la e apurá-la de novo: python3 -I recount.py
    Compare o último ato selado que o programa mostra com o da página da eleição.
EN  Evidence of an election. To check it and count it again: python3 -I recount.py
    Compare the last sealed act that the program shows with the one on the election's page.

rules.json roll.json participation.json candidates.json   what held, who could vote, who voted, for whom
count.json ballots.json (ballots.blt)                      what is counted
checks.json (first-checks.json)                            of a secret vote: SHA-256 of each tracker and its vote
result.json stages.csv events.json                         what came out, step by step, and every sealed act
core.py recount.py SHA256SUMS                              the count itself, the check, the digests
"""


def evidence_files(election: Election, full: bool) -> dict[str, bytes]:
    """{name: content}: with the names and ballots of an open vote for the member organisations (`full`); for everybody
    else without names, and without ballots where they are fewer than ten."""
    ballots = [] if election.by_acclamation or election.by_consensus else counted_ballots(election)
    candidates = [
        {"number": row.number, "name": row.name, "organization": row.organization.slug}
        for row in election.nominations.on_ballot()
    ]
    files = {
        "rules.json": _json(election.rules),
        "roll.json": _json(_roll(election, full)),
        "participation.json": _json(_participation(election, ballots, full)),
        "candidates.json": _json(candidates),
        "result.json": _json(election.result),
        "events.json": _json(_events(election)),
        "stages.csv": _stages(election.result, candidates),
        "README.txt": README.encode(),
        "core.py": (COUNTING / "core.py").read_bytes(),
        "recount.py": (COUNTING / "recount.py").read_bytes(),
    }
    if ballots and (full or not has_few_ballots(election)):
        files |= _ballots(election, ballots, candidates, full)
    if election.has_ballot_box and ballots:
        files["checks.json"] = _json(check_words(ballots, election.ballot_key))
        if election.first_round:
            files["first-checks.json"] = _json(check_words(election.first_round["ballots"], election.ballot_key))
    sums = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items())]
    return files | {"SHA256SUMS": "".join(sums).encode()}


def evidence_zip(election: Election, full: bool) -> bytes:
    """The bytes of the ZIP: the same for the same election, whenever and wherever it is made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(evidence_files(election, full).items()):
            entry = zipfile.ZipInfo(f"{election.code}/{name}", (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def has_few_ballots(election: Election) -> bool:
    """Whether so few voted, in either round, that a ballot would reveal whose it is; false where there was no vote."""
    rounds = [election.result.get("voted"), election.result.get("second", {}).get("voted")]
    return any(voted is not None and voted < PUBLIC_FROM for voted in rounds)


def _roll(election: Election, full: bool) -> dict[str, Any]:
    roll: dict[str, Any] = {"hash": election.roll_hash, "organizations": election.roll.count()}
    return roll | ({"entries": roll_rows(election)} if full else {})


def _participation(election: Election, ballots: Sequence[CountedBallot], full: bool) -> dict[str, Any]:
    """How many could vote and did; in full also which organisations."""
    participation: dict[str, Any] = {"entitled": election.roll.count(), "voted": len(ballots)}
    if not full:
        return participation
    if election.has_ballot_box:
        slugs = election.roll.exclude(participation=None).values_list("organization__slug", flat=True)
        return participation | {"organizations": sorted(slugs)}
    return participation | {"organizations": sorted(b["organization"] for b in ballots if "organization" in b)}


def _events(election: Election) -> list[dict[str, Any]]:
    return [
        {
            "election": election.code,
            "number": event.number,
            "verb": event.verb,
            "at": utc_text(event.at),
            "facts": event.facts,
            "previous": event.previous,
            "digest": event.digest,
        }
        for event in election.events.all()
    ]


def _ballots(
    election: Election, ballots: Sequence[CountedBallot], candidates: Sequence[Mapping[str, Any]], full: bool
) -> dict[str, bytes]:
    """What is counted: the ballots, of both rounds where there were two, and how they are counted."""
    rules, key, first = counting_rules(election), election.ballot_key, election.first_round
    last = election.result["second"] if first else election.result
    counted = {"rules": rules, "lot_order": list(lot_order(election)), "facts": _facts(last)}
    files = {"ballots.json": _json(_published(ballots, key, full))}
    if first:
        counted["first"] = {"rules": first_round_rules(election), "facts": _facts(first["result"])}
        files["first-ballots.json"] = _json(_published(first["ballots"], key, full))
    files["count.json"] = _json(counted)
    if rules["method"] in RANKED:
        orders = sorted((ballot.get("weight", 1), tuple(ballot[key])) for ballot in ballots)
        names = [row["name"] for row in candidates]
        text = blt.dump(len(names), rules["seats"], rules.get("withdrawn", ()), orders, names, election.code)
        files["ballots.blt"] = text.encode()
    return files


def _facts(result: Mapping[str, Any]) -> dict[str, Any]:
    return {name: result[name] for name in FACTS if name in result}


def _published(ballots: Sequence[CountedBallot], key: str, full: bool) -> Sequence[CountedBallot]:
    """The ballots without whose they are; those of a secret vote as they are, for only its voter knows a tracker."""
    if full or all("tracker" in ballot for ballot in ballots):
        return ballots
    names = (key, "weight")
    return sorted(({name: ballot[name] for name in names if name in ballot} for ballot in ballots), key=canonical)


def _json(value: object) -> bytes:
    return (canonical(value) + "\n").encode()


def _stages(result: Mapping[str, Any], candidates: Sequence[Mapping[str, Any]]) -> bytes:
    """Stage by stage, each candidate's votes: a table for people."""
    rows = ["stage,action,candidate,votes,elected,excluded"]
    for number, stage in enumerate(result.get("stages", []), 1):
        for row in candidates:
            n = row["number"]
            marks = ["yes" if n in stage[what] else "" for what in ("elected", "excluded")]
            rows.append(",".join([str(number), stage["action"], str(n), stage["totals"][str(n)], *marks]))
    return ("\n".join(rows) + "\n").encode()
