"""The gate for branch coverage: every measured file at 100 %, or at the figure that `tests/coverage.toml` lists for it.

Started by path after the suite has left its data (`[tool.coverage]` in pyproject.toml); standard library only.
"""

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LISTED = ROOT / "tests" / "coverage.toml"


def measured() -> dict[str, float]:
    """Branch coverage in per cent of each measured file, rounded down to a tenth."""
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        command = [sys.executable, "-m", "coverage", "json", "--quiet", "-o", report.name]
        subprocess.run(command, cwd=ROOT, check=True)
        files = json.load(report)["files"]
    return {name: int(file["summary"]["percent_covered"] * 10) / 10 for name, file in files.items()}


def complaints(found: dict[str, float], listed: dict[str, float]) -> list[str]:
    """One line for each file below its figure, and for each that needs no entry in the list any more."""
    lines = []
    for name, percent in sorted(found.items()):
        if percent < listed.get(name, 100.0):
            lines.append(f"{name}: {percent} % of its lines and branches are tested, not {listed.get(name, 100.0)} %")
    for name in sorted(listed):
        if found.get(name, 100.0) == 100.0:
            lines.append(f"{name}: take it off {LISTED.relative_to(ROOT)}, it is tested in full or gone")
    return lines


def main() -> int:
    """0 if every file is tested as far as it must be, else 1 and the reasons."""
    found = measured()
    if not found:
        print("casa: nothing was measured", file=sys.stderr)
        return 1
    lines = complaints(found, tomllib.loads(LISTED.read_text(encoding="utf-8")))
    print("\n".join(lines) or f"ok     branch coverage of {len(found)} files")
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())
