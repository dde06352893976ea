"""What `./test` runs. With arguments: pytest with them. Without: lint and checks, then the whole suite.

Started by path with `.venv`'s Python; standard library only.
"""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
CHECKS = {
    "ruff": [BIN / "ruff", "check", "--quiet", "."],
    "ruff format": [BIN / "ruff", "format", "--quiet", "--check", "."],
    "import contracts": [BIN / "lint-imports"],
    "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "translations": [*MANAGE, "translations", "check"],
}

#: The whole suite, several tests at a time; each process has its own database.
ALL_AT_ONCE = ["-n", "auto", "--maxprocesses", "4", "--dist", "worksteal"]


def run(command):
    """Run a command and wait for it; its exit code.

    Ctrl-C reaches it by itself, and it ends what it started; this process waits for that.
    """
    process = subprocess.Popen(command, cwd=ROOT)
    signal.signal(signal.SIGINT, lambda signum, frame: None)
    signal.signal(signal.SIGTERM, lambda signum, frame: process.send_signal(signal.SIGINT))
    return process.wait()


def lint():
    """Run every check, also after one failed; the names of those that did."""
    failed = []
    for name, command in CHECKS.items():
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
        print(f"{'FAILED' if done.returncode else 'ok    '} {name}", flush=True)
        if done.returncode:
            print(done.stdout + done.stderr, flush=True)
            failed.append(name)
    return failed


def main(arguments):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casa.settings")
    with tempfile.TemporaryDirectory(prefix="casa-test-") as data:
        # The queue and the mail of a portal open from the same folder are not the tests' business.
        os.environ.setdefault("CASA_DATA", data)
        if run([sys.executable, "-m", "core.translations.catalogues"]):
            return 1
        failed = [] if arguments else lint()
        code = run([sys.executable, "-m", "pytest", *(arguments or ALL_AT_ONCE)])
        if failed:
            print(f"casa: failed beside the tests: {', '.join(failed)}", file=sys.stderr)
        return code or bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
