"""The evidence of an election: one ZIP by which anybody counts it again, the same bytes each time it is made."""

import datetime
import hashlib
import io
import zipfile
from pathlib import Path

from elections.counting import RANKED, blt
from elections.counting.core import canonical
from elections.models import Ballot
from elections.services.roll import roll_rows
from elections.services.secret import check_words
from elections.services.tallying import first_rules

HERE = Path(__file__).resolve().parent / "counting"
#: With fewer ballots a ranking tells whose it is (95 % are unique among seven): visitors get the evidence without them.
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


def evidence(election, full):
    """{name: bytes}: with the names and ballots of an open vote for the member organisations (`full`); for everybody
    else without names, and without ballots where they are fewer than ten."""
    entries, papers = list(election.roll.in_order()), _papers(election)
    voted = sorted(paper["organization"] for paper in papers if "organization" in paper)
    if election.has_urn and full:
        voted = sorted(election.roll.exclude(participation=None).values_list("organization__slug", flat=True))
    roll = {"hash": election.roll_hash, "organizations": len(entries)}
    taken = {"entitled": len(entries), "voted": len(papers)}
    if full:
        roll["entries"] = roll_rows(election)
        taken["organizations"] = voted
    candidates = [
        {"number": row.number, "name": row.name, "organization": row.organization.slug}
        for row in election.nominations.on_ballot()
    ]
    events = [
        {"election": election.code, "number": e.number, "verb": e.verb, "at": _instant(e.at), "facts": e.facts,
         "previous": e.previous, "digest": e.digest} for e in election.events.all()
    ]  # fmt: skip
    files = {
        "rules.json": _json(election.rules), "roll.json": _json(roll), "participation.json": _json(taken),
        "candidates.json": _json(candidates), "result.json": _json(election.result), "events.json": _json(events),
        "stages.csv": _stages(election.result, candidates), "README.txt": README.encode(),
        "core.py": (HERE / "core.py").read_bytes(), "recount.py": (HERE / "recount.py").read_bytes(),
    }  # fmt: skip
    if papers and (full or not is_few(election)):
        files |= _ballots(election, papers, candidates, full)
    if election.has_urn and papers:
        files["checks.json"] = _json(check_words(papers, election.ballot_key))
        if election.first_round:
            files["first-checks.json"] = _json(check_words(election.first_round["ballots"], election.ballot_key))
    sums = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())]
    return files | {"SHA256SUMS": "".join(sums).encode()}


def is_few(election):
    """Whether so few voted, in either round, that a ballot would tell whose it is; nobody where there was no vote."""
    rounds = [election.result.get("voted"), election.result.get("second", {}).get("voted")]
    return any(voted is not None and voted < PUBLIC_FROM for voted in rounds)


def _papers(election):
    """The ballots as they are counted; on paper nobody knows whose each is."""
    if election.by_acclamation or election.by_consensus:
        return []
    if election.on_paper:
        return election.agreed_papers()
    if election.is_secret:
        return election.opened or []
    return Ballot.objects.filter(entry__election=election).papers(election.ballot_key)


def _ballots(election, papers, candidates, full):
    """What is counted: the ballots, of both rounds where there were two, and how they are read."""
    rules, key, first = election.counting(), election.ballot_key, election.first_round
    draw = getattr(election, "draw", None)
    last = election.result["second"] if first else election.result
    asked = {"rules": rules, "lot_order": draw.order if draw else [], "facts": _facts(last)}
    files = {"ballots.json": _json(_shown(papers, key, full))}
    if first:
        asked["first"] = {"rules": first_rules(election), "facts": _facts(first["result"])}
        files["first-ballots.json"] = _json(_shown(first["ballots"], key, full))
    files["count.json"] = _json(asked)
    if rules["method"] in RANKED:
        said = sorted((paper.get("weight", 1), tuple(paper[key])) for paper in papers)
        names = [row["name"] for row in candidates]
        text = blt.dump(len(names), rules["seats"], rules.get("withdrawn", ()), said, names, election.code)
        files["ballots.blt"] = text.encode()
    return files


def _facts(result):
    return {name: result[name] for name in FACTS if name in result}


def _shown(papers, key, full):
    """The ballots without whose they are; those of a secret vote as they are, for a tracker is known to its voter alone."""
    if full or all("tracker" in paper for paper in papers):
        return papers
    kept = (key, "weight")
    return sorted(({name: paper[name] for name in kept if name in paper} for paper in papers), key=canonical)


def _instant(moment):
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _json(value):
    return (canonical(value) + "\n").encode()


def _stages(result, candidates):
    """Stage by stage, each candidate's votes: a table for people."""
    rows = ["stage,action,candidate,votes,elected,excluded"]
    for number, stage in enumerate(result.get("stages", []), 1):
        for row in candidates:
            n = row["number"]
            marks = ["yes" if n in stage[what] else "" for what in ("elected", "excluded")]
            rows.append(",".join([str(number), stage["action"], str(n), stage["totals"][str(n)], *marks]))
    return ("\n".join(rows) + "\n").encode()


def evidence_zip(election, full):
    """The bytes of the ZIP: the same for the same election, whenever and wherever it is made."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted(evidence(election, full).items()):
            entry = zipfile.ZipInfo(f"{election.code}/{name}", (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, data)
    return made.getvalue()
