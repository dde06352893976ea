"""What `./test` runs. With arguments: pytest with them. Without: lint and checks, then the whole suite.

`./test --check` runs the checks alone, or those it names; `.pre-commit-config.yaml` calls it.

With CASA_COVERAGE=1 the whole suite also measures branch coverage, and fails where it fell (`gate.py`).

Started by path with `.venv`'s Python; standard library only.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
#: The slow ones first: they are begun in this order, as many at a time as the machine has processors.
CHECKS: dict[str, list[str | Path]] = {
    "types": [BIN / "mypy"],
    # The tests' settings: they install the guard that migrations stay linear.
    "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run", "--settings", "tests.settings"],
    "translations": [*MANAGE, "translations", "check"],
    "import contracts": [BIN / "lint-imports"],
    "ruff": [BIN / "ruff", "check", "--quiet", "."],
    "ruff format": [BIN / "ruff", "format", "--quiet", "--check", "."],
    "djangofmt": [BIN / "djangofmt", "--check", "templates"],
    "djade": [BIN / "djade", "--target-version", "5.2", "--check", *sorted(ROOT.glob("templates/**/*.html"))],
}

#: The whole suite, several tests at a time; each process has its own database.
ALL_AT_ONCE = ["-n", "auto", "--maxprocesses", "4", "--dist", "worksteal"]
#: Branch coverage of all test processes together, in one report; some 5 % slower (decision 0011).
MEASURING = ["slipcover", "--out"]


def run(command: Sequence[str | Path]) -> int:
    """Run a command and return its exit code.

    Ctrl-C reaches it by itself, and it ends what it started; this process waits for that.
    """
    process = subprocess.Popen(command, cwd=ROOT)
    signal.signal(signal.SIGINT, lambda signum, frame: None)
    signal.signal(signal.SIGTERM, lambda signum, frame: process.send_signal(signal.SIGINT))
    return process.wait()


def check(name: str) -> subprocess.CompletedProcess[str]:
    """The result of one of CHECKS, with what it printed."""
    return subprocess.run(CHECKS[name], cwd=ROOT, check=False, capture_output=True, text=True)


def lint(names: Iterable[str] = CHECKS) -> list[str]:
    """The names of the checks that failed, after all have run; each prints its outcome, and its words if it failed."""
    failed = []
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for name, done in zip(names, pool.map(check, names), strict=True):
            print(f"{'FAILED' if done.returncode else 'ok    '} {name}", flush=True)
            if done.returncode:
                print(done.stdout + done.stderr, flush=True)
                failed.append(name)
    return failed


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casa.settings")
    with tempfile.TemporaryDirectory(prefix="casa-test-") as data:
        # The queue and the mail of a portal open from the same folder are not the tests' business.
        os.environ.setdefault("CASA_DATA", data)
        report = f"{data}/coverage.json"
        measuring = not arguments and os.environ.get("CASA_COVERAGE") == "1"
        if run([sys.executable, "-m", "core.translations.catalogues"]):
            return 1
        if arguments[:1] == ["--check"]:
            return int(bool(lint(arguments[1:] or CHECKS)))
        failed = [] if arguments else lint()
        tool = [*MEASURING, report, "-m"] if measuring else []
        code = run([sys.executable, "-m", *tool, "pytest", *(arguments or ALL_AT_ONCE)])
        if measuring and run([sys.executable, "supervisor/gate.py", report]):
            failed.append("branch coverage")
        if failed:
            print(f"casa: failed beside the tests: {', '.join(failed)}", file=sys.stderr)
        return code or int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
