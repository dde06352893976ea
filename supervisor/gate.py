"""The gate for branch coverage: what decides a vote or a record is tested in full, or as far as `tests/coverage.toml` says.

Started by path with the report that slipcover wrote (`[tool.slipcover]` in pyproject.toml); standard library only.
"""

import json
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LISTED = ROOT / "tests" / "coverage.toml"
#: Services, queries, rules, the count of elections and the sealed ballots.
GATED = re.compile(r"\w+/(services|queries|rules)(\.py|/.*)|.*/services\.py|elections/(counting|sealing)(\.py|/.*)")


def measured(report: Path) -> dict[str, float]:
    """The lines and branches that ran in each gated file, in per cent, rounded down to a tenth."""
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    return {
        name: int(file["summary"]["percent_covered"] * 10) / 10
        for name, file in sorted(files.items())
        if GATED.fullmatch(name)
    }


def complaints(found: dict[str, float], listed: dict[str, float]) -> list[str]:
    """One line for each file below its figure, and for each that needs no entry in the list any more."""
    lines = [
        f"{name}: {percent} % of its lines and branches are tested, not {listed.get(name, 100.0)} %"
        for name, percent in found.items()
        if percent < listed.get(name, 100.0)
    ]
    lines += [
        f"{name}: tested in full, or gone; take it off {LISTED.name}"
        for name in sorted(listed)
        if found.get(name, 100.0) == 100.0
    ]
    return lines


def main(report: Path) -> int:
    """0 if every gated file is tested as far as it must be, else 1; prints why."""
    found = measured(report)
    lines = complaints(found, tomllib.loads(LISTED.read_text(encoding="utf-8")))
    if not found:
        lines = ["nothing was measured"]
    print("\n".join(lines) or f"ok     branch coverage of {len(found)} files")
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
