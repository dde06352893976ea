"""Count a file of ballots: `python -m elections.counting --method scottish-stv FILE.blt`.

Prints one JSON object. Exit codes: 0 counted; 2 something is malformed, with one line that says what; 3 a lot is needed
and no order was given. GROUPS is JSON: {"cap": 1, "groups": {"name": [candidates]}, "sitting": {"name": 1}}.
"""

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from elections.counting import blt, core

NAMES = {
    "scottish-stv": core.SCOTTISH,
    "meek": core.MEEK,
    "plurality": core.PLURALITY,
    "approval": core.APPROVAL,
}


def main(argv: Sequence[str] | None = None) -> int:
    given = _arguments(argv)
    try:
        rules, ballots, order = _read(given)
    except (OSError, ValueError) as error:
        text = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) else str(error)
        print(text.replace("\n", " "), file=sys.stderr)
        return 2
    try:
        result = core.count(rules, ballots, order)
    except core.LotNeeded as lot:
        _write({"error": "lot-needed", "stage": lot.stage, "tied": lot.tied})
        return 3
    _write(result | {"method": given.method})
    return 0


def _write(value: dict[str, Any]) -> None:
    sys.stdout.buffer.write(core.canonical(value).encode() + b"\n")
    sys.stdout.buffer.flush()


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m elections.counting", description="Count a file of ballots.")
    parser.add_argument("--method", required=True, choices=NAMES)
    lots = parser.add_mutually_exclusive_group()
    lots.add_argument("--lot-order", help="candidates, the preferred first: 3,1,2")
    lots.add_argument("--seed", help="hexadecimal; the lot order follows from it")
    parser.add_argument("--groups", metavar="FILE", help="JSON: cap, groups, sitting")
    parser.add_argument("file", metavar="FILE.blt")
    return parser.parse_args(argv)


def _read(given: argparse.Namespace) -> tuple[dict[str, Any], list[dict[str, Any]], Sequence[int]]:
    """The rules, the ballots and the lot order. Raises OSError, ValueError."""
    key = core.KEYS[NAMES[given.method]]
    contest = blt.parse(Path(given.file).read_bytes())
    rules: dict[str, Any] = {
        "method": NAMES[given.method],
        "seats": contest.seats,
        "candidates": contest.candidates,
        "withdrawn": contest.withdrawn,
        "ranks": True,
    }
    if given.groups:
        rules["caps"] = _caps(given.groups, contest.candidates)
    ballots = [{"weight": weight, key: preferences} for weight, preferences in contest.ballots]
    return rules, ballots, _order(given, contest.candidates)


def _order(given: argparse.Namespace, candidates: int) -> Sequence[int]:
    if given.seed is not None:
        if not re.fullmatch(r"[0-9A-Fa-f]+", given.seed):
            raise ValueError("--seed: not hexadecimal")
        return core.lot_order_of(given.seed, range(1, candidates + 1))
    if given.lot_order is None:
        return ()
    if not re.fullmatch(r"[1-9][0-9]{0,8}(,[1-9][0-9]{0,8})*", given.lot_order):
        raise ValueError("--lot-order: numbers of candidates with commas between them, such as 3,1,2")
    order = [int(token) for token in given.lot_order.split(",")]
    if len(set(order)) < len(order) or max(order) > candidates:
        raise ValueError(f"--lot-order: each candidate of 1 to {candidates} at most once")
    return order


def _caps(path: str, candidates: int) -> dict[str, Any]:
    """The caps of a file. Raises ValueError where they are not what the head of this file says."""
    try:
        caps = json.loads(Path(path).read_bytes())
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise ValueError(f"{path}: line {line}: not JSON") from None
    shape = isinstance(caps, dict) and set(caps) <= {"cap", "groups", "sitting"}
    shape = shape and type(caps.get("cap")) is int and caps["cap"] >= 0 and isinstance(caps.get("groups"), dict)
    if not shape:
        raise ValueError(f'{path}: expected {{"cap": 1, "groups": {{"name": [1, 2]}}, "sitting": {{"name": 1}}}}')
    members = [n for group in caps["groups"].values() for n in (group if isinstance(group, list) else [None])]
    if any(type(n) is not int or not 1 <= n <= candidates for n in members):
        raise ValueError(f"{path}: a group lists candidates of 1 to {candidates}")
    if len(set(members)) < len(members):
        raise ValueError(f"{path}: a candidate is of one group only")
    sitting = caps.get("sitting", {})
    if not isinstance(sitting, dict) or any(type(n) is not int or n < 0 for n in sitting.values()):
        raise ValueError(f"{path}: sitting says how many of a group stay, a number from 0")
    return {"cap": caps["cap"], "groups": caps["groups"], "sitting": sitting}


if __name__ == "__main__":  # pragma: no cover (the tests start it as a process of its own)
    sys.exit(main())
