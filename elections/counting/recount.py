"""Check the evidence of an election and count it again: `python3 -I recount.py`, in the folder of the evidence.

Needs Python 3.9 or later and nothing else. It reads only the files beside it (or the ZIP or folder named as argument),
and says for each check whether it holds. `--result` prints the recounted result.json instead. Exit 0: everything holds;
1: something differs, and it is said what; 2: the evidence cannot be read.
"""

from __future__ import annotations

import hashlib
import json
import runpy
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
Files = dict[str, bytes]  # by name
Core = dict[str, Any]  # what core.py defines
Say = Callable[[bool, str], None]  # whether it holds, and what


def read(source: str | Path) -> Files:
    """{name: bytes} of a folder or of a ZIP."""
    source = Path(source)
    if source.is_dir():
        return {path.name: path.read_bytes() for path in sorted(source.iterdir()) if path.is_file()}
    with zipfile.ZipFile(source) as archive:
        return {Path(name).name: archive.read(name) for name in archive.namelist()}


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def check_sums(files: Files, say: Say) -> None:
    """Say whether each file is the one that was listed."""
    listed = {}
    for line in files["SHA256SUMS"].decode().splitlines():
        total, _space, name = line.partition("  ")
        listed[name] = total
    for name, total in sorted(listed.items()):
        if name not in files:
            say(False, f"{name}: is missing")
        elif digest(files[name]) != total:
            say(False, f"{name}: is not the file that was listed; SHA-256 {digest(files[name])}, listed {total}")
    say(all(name in files and digest(files[name]) == total for name, total in listed.items()), "the files as listed")


def check_events(core: Core, files: Files, say: Say) -> tuple[dict[str, Any], dict[str, Any], str]:
    """Say whether each act seals the one before it, and whether rules, ballots and result here are those of the acts.

    Returns the rules, the result and the digest of the last act.
    """
    previous, whole, announced, closing = "", True, None, ""
    facts: dict[str, dict[str, Any]] = {}
    for number, event in enumerate(json.loads(files["events.json"]), 1):
        sealed = {key: event[key] for key in ("election", "number", "verb", "at", "facts", "previous")}
        if event["number"] != number or event["previous"] != previous:
            say(False, f"events.json: act {number} does not follow the one before it")
            whole = False
        if core["digest"](sealed) != event["digest"]:
            say(False, f"events.json: act {number} ({event['verb']}) is not the one that was sealed")
            whole = False
        previous = event["digest"]
        facts[event["verb"]] = event["facts"]
        announced = event["facts"].get("result", announced)
        closing = event["digest"] if event["verb"] == "closed" else closing
    say(whole, "the acts follow each other")
    rules = json.loads(files["rules.json"])
    say(core["digest"](rules) == facts.get("called", {}).get("rules"), "rules.json: the rules that were called with")
    roll = json.loads(files["roll.json"])
    published = (facts.get("roll_corrected") or facts.get("roll_published", {})).get("roll")
    say(roll["hash"] == published, "roll.json: the roll that was published")
    if "entries" in roll:
        say(core["digest"](roll["entries"]) == roll["hash"], "roll.json: its names are those of its hash")
    result = json.loads(files["result.json"])
    say(core["digest"](result) == announced, "result.json: the result that was announced")
    sealed_as_is = ("organization", "tracker")
    if "ballots.json" in files and any(word in files["ballots.json"].decode() for word in sealed_as_is):
        at_closing = facts.get("closed", {}).get("ballots")
        say(core["digest"](json.loads(files["ballots.json"])) == at_closing, "ballots.json: the ballots of the closing")
    if "checks.json" in files and "ballots.json" in files:
        check_trackers(core, files, say)
    if "drawn" in facts:
        check_lots(core, files, rules, facts["drawn"], closing, say)
    return rules, result, previous


def check_lots(core: Core, files: Files, rules: dict[str, Any], drawn: dict[str, Any], closing: str, say: Say) -> None:
    """Say whether the order of the lots is the one that was counted with, and follows from the public value, if any."""
    if rules["tie_break"] == "public-seed":
        seed = core["lot_seed"](closing, drawn["value"])
        numbers = [row["number"] for row in json.loads(files["candidates.json"])]
        say(drawn["seed"] == seed, f"events.json: the seed is that of the closing and of the value {drawn['value']}")
        say(drawn["order"] == core["lot_order_of"](seed, numbers), "events.json: the lots are those of the seed")
    if "count.json" in files:
        used = json.loads(files["count.json"])["lot_order"]
        say(drawn["order"] == used, "count.json: counted with the lots that were drawn")


def check_trackers(core: Core, files: Files, say: Say) -> None:
    """Say of a secret vote whether the words by which voters find their own are those of the ballots here."""
    words = []
    for ballot in json.loads(files["ballots.json"]):
        choices = next(ballot[key] for key in ("marks", "preferences", "answers") if key in ballot)
        words.append(digest((ballot["tracker"] + core["canonical"](choices)).encode()))
    say(sorted(words) == json.loads(files["checks.json"]), "checks.json: each tracker with its vote")


def check_first_round(core: Core, files: Files, say: Say) -> None:
    """Say of two rounds whether the ballots of the first are those of its own closing, and so are its words."""
    text = files.get("first-ballots.json", b"").decode()
    if "organization" in text or "tracker" in text:
        closings = [event["facts"] for event in json.loads(files["events.json"]) if event["verb"] == "closed"]
        sealed = closings[0].get("ballots") if closings else None
        say(core["digest"](json.loads(text)) == sealed, "first-ballots.json: the ballots of the first closing")
    if text and "first-checks.json" in files:
        first = {name: files["first-" + name] for name in ("ballots.json", "checks.json")}
        check_trackers(core, first, lambda holds, what: say(holds, "first-" + what))


def recounted(core: Core, files: Files) -> bytes:
    """The result of the ballots here, as the bytes of result.json."""
    asked = json.loads(files["count.json"])

    def counted(how: dict[str, Any], name: str, lot_order: Sequence[int]) -> dict[str, Any]:
        try:
            result = core["count"](how["rules"], json.loads(files[name]), lot_order)
        except core["LotNeeded"] as needed:
            result = needed.result
        return result | how["facts"]

    result = counted(asked, "ballots.json", asked["lot_order"])
    if "first" in asked:
        result = core["second_round"](counted(asked["first"], "first-ballots.json", []), result)
    return (core["canonical"](result) + "\n").encode()


def check_count(core: Core, files: Files, rules: dict[str, Any], result: dict[str, Any], say: Say) -> None:
    """Say whether the count of the ballots is the result, byte by byte."""
    asked = json.loads(files["count.json"])
    methods = {rules["method"], rules["no_more_candidates_than_seats"]}
    fits = asked["rules"]["method"] in methods
    fits = fits and asked.get("first", asked)["rules"]["seats"] == rules["seats"]
    say(fits, "count.json: counted as the rules say")
    found = recounted(core, files)
    if found != files["result.json"]:
        again = json.loads(found)
        for key in sorted(set(again) | set(result)):
            if again.get(key) != result.get(key):
                say(False, f"result.json: {key}: it says {result.get(key)}, the count says {again.get(key)}")
    say(found == files["result.json"], "result.json: counted again, byte by byte")


def main(arguments: Sequence[str]) -> int:
    """Make every check, and return the exit code."""
    sources = [argument for argument in arguments if not argument.startswith("--")]
    wrong: list[str] = []

    def say(holds: bool, what: str) -> None:
        wrong.extend([] if holds else [what])
        if "--result" not in arguments:
            print(("holds    " if holds else "DIFFERS  ") + what)

    try:
        files = read(sources[0] if sources else HERE)
        check_sums(files, say)
        core = runpy.run_path(str(HERE / "core.py"))
        if "--result" in arguments:
            sys.stdout.buffer.write(recounted(core, files))
            return 0
        rules, result, last = check_events(core, files, say)
        check_first_round(core, files, say)
        if "ballots.json" in files:
            check_count(core, files, rules, result, say)
        else:
            print("         the ballots are not in this evidence: there was no vote, or too few to publish them")
    except Exception as error:  # whatever was changed: an evidence that cannot be read does not hold
        print(f"DIFFERS  the evidence cannot be read: {type(error).__name__}: {error}")
        return 2
    print(f"the last act is {last}: compare it with the one on the election's page")
    print("everything holds" if not wrong else f"{len(wrong)} checks do not hold")
    return 1 if wrong else 0


if __name__ == "__main__":  # pragma: no cover (the tests start it as a process of its own)
    sys.exit(main(sys.argv[1:]))
