"""Walks through a checkout as a newcomer does: opens it from nothing, opens it again, and kills what runs.

Usage: walk.py CHECKOUT PORT ROUNDS. In each round every process of the house is killed with -9 in turn, the
supervisor included, and nothing may be left. Linux: it reads /proc. Standard library only.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

# Generous ceilings, so that a busy machine does not fail; the seconds are printed.
FIRST, AGAIN, GONE = 60, 15, 20
MEMBERS = 5


class Failed(Exception):
    """What did not hold."""


def processes(data):
    """The living processes of this house, pid → command: those that were given its data folder."""
    marker = f"CASA_DATA={data}".encode()
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if marker not in (folder / "environ").read_bytes().split(b"\0"):
                continue
            if (folder / "stat").read_text().rpartition(")")[2].split()[0] == "Z":
                continue
            found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
        except OSError:
            continue
    return found


def wait_for(what, seconds, true):
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        if true():
            return time.monotonic() - started
        time.sleep(0.1)
    raise Failed(f"{what}: not within {seconds} seconds")


def page(port):
    """True when the Spanish first page is there, whole."""
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/es/", timeout=5) as answer:
            return answer.status == 200 and b"</html>" in answer.read()
    except OSError:
        return False


def start(checkout, environ, port, within):
    run = subprocess.Popen(["./run"], cwd=checkout, env=environ, stdin=subprocess.DEVNULL, start_new_session=True)

    def there():
        if run.poll() is not None:
            raise Failed(f"./run ended with {run.returncode}")
        return page(port)

    return run, wait_for("first page", within, there)


def name(command):
    for word in ("celery --quiet -A casa worker", "celery --quiet -A casa beat", "gunicorn", "processes.py"):
        if word in command:
            return word.rpartition(" ")[2]
    return command


def end(run, data, signum):
    """Ask the house to close, as Ctrl-C, a service manager and a closed window do."""
    run.send_signal(signum)
    run.wait(GONE)
    wait_for(f"nothing left after {signum.name}", GONE, lambda: not processes(data))
    if run.returncode:
        raise Failed(f"./run ended with {run.returncode} after {signum.name}")


def kill_each(checkout, environ, port, data):
    for number in range(MEMBERS):
        run, _ = start(checkout, environ, port, AGAIN)
        wait_for("all processes", AGAIN, lambda: len(processes(data)) == MEMBERS)
        pid, command = sorted(processes(data).items())[number]
        os.kill(pid, signal.SIGKILL)
        seconds = wait_for(f"nothing left after kill -9 of {name(command)}", GONE, lambda: not processes(data))
        print(f"  kill -9 {name(command):<14} nothing left after {seconds:.1f} s", flush=True)
        if run.wait(GONE) == 0:
            raise Failed(f"./run ended with 0 though {name(command)} was killed")


def main(checkout, port, rounds):
    with tempfile.TemporaryDirectory(prefix="casa-walk-") as data:
        environ = {**os.environ, "PORT": str(port), "CASA_DATA": data}
        for variable in ("DATABASE_URL", "REDIS_URL", "CASA_DEMO", "PYTHON", "CASA_ORIGIN"):
            environ.pop(variable, None)
        run = None
        try:
            for what, within, signum in (
                ("from nothing", FIRST, signal.SIGINT),
                ("second start", AGAIN, signal.SIGTERM),
                ("third start", AGAIN, signal.SIGHUP),
            ):
                run, seconds = start(checkout, environ, port, within)
                print(f"  first page, {what}: {seconds:.1f} s", flush=True)
                end(run, data, signum)
                print(f"  nothing left after {signum.name}", flush=True)
            for number in range(rounds):
                print(f"  round {number + 1}", flush=True)
                kill_each(checkout, environ, port, data)
        except Failed as failure:
            print(f"FAILED: {failure}", flush=True)
            for pid, command in processes(data).items():
                print(f"  still running: {pid} {command}", flush=True)
            return 1
        finally:
            for pid in processes(data):
                os.kill(pid, signal.SIGKILL)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
