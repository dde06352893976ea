"""Walks through a checkout as a newcomer does: opens it from nothing, opens it again, and kills what runs.

Usage: walk.py CHECKOUT PORT ROUNDS [--servers | --interrupt]. In each round every process of the portal is killed
with -9 in turn, the supervisor included, and nothing may be left. With --servers on DATABASE_URL and REDIS_URL,
otherwise on the embedded default. With --interrupt each round kills a first start somewhere on its way, and the
next start must bring the same rows as one that nobody disturbed. Linux: it reads /proc. Standard library only.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

# Generous ceilings, so that a busy machine does not fail; the seconds are printed.
FIRST, AGAIN, GONE, MAILED = 60, 15, 20, 60

STEPS = ("Preparing the database", "Loading the record", "Loading a small demonstration")

MAIL = """
from core import clock
from core.outbox.models import OutboxMessage
from core.tasks import drain_outbox
OutboxMessage.objects.create(
    key="walk", kind="walk", address="walker@example.org", language="es", subject="Prueba", text="Prueba",
    not_before=clock.now(), created_at=clock.now(),
)
drain_outbox.apply_async(expires=60)
"""
ROWS = """
from django.apps import apps
for model in sorted(apps.get_models(), key=lambda model: model._meta.label):
    print(model._meta.label, model._base_manager.count())
"""


class Failed(Exception):
    """What did not hold."""


def processes(data):
    """The living processes of this portal, pid → command: those that were given its data folder."""
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
    except urllib.error.HTTPError as error:
        raise Failed(f"the first page says {error.code}") from error
    except OSError:
        return False


def start(checkout, environ, port, within):
    """Open the portal; its output goes to a file that is shown when something fails."""
    with socket.socket() as other:
        if other.connect_ex(("127.0.0.1", port)) == 0:
            raise Failed(f"port {port} is already answered by something else")
    with open(Path(environ["CASA_DATA"]) / "walk.log", "a") as log:
        run = subprocess.Popen(
            ["./run"], cwd=checkout, env=environ, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip

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
    """Ask the portal to close, as Ctrl-C, a service manager and a closed window do."""
    run.send_signal(signum)
    run.wait(GONE)
    wait_for(f"nothing left after {signum.name}", GONE, lambda: not processes(data))
    if run.returncode:
        raise Failed(f"./run ended with {run.returncode} after {signum.name}")


def parent(pid):
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def targets(data):
    """Whom to kill, one at a time. Celery replaces the processes of its own pool; they go with their parent."""
    found = processes(data)
    pool = [pid for pid in found if " worker " in found.get(parent(pid), "")]
    return sorted((pid, command) for pid, command in found.items() if pid not in pool)


def kill_each(checkout, environ, port, data, members):
    number = 0
    while True:
        run, _ = start(checkout, environ, port, AGAIN)
        wait_for("all processes", AGAIN, lambda: len(processes(data)) >= members)
        listed = targets(data)
        pid, command = listed[number]
        os.kill(pid, signal.SIGKILL)
        seconds = wait_for(f"nothing left after kill -9 of {name(command)}", GONE, lambda: not processes(data))
        print(f"  kill -9 {name(command)}: nothing left after {seconds:.1f} s", flush=True)
        if run.wait(GONE) == 0:
            raise Failed(f"./run ended with 0 though {name(command)} was killed")
        number += 1
        if number == len(listed):
            return


def send_a_mail(checkout, environ, data):
    """A message put into the outbox beside the running portal goes out by its worker."""
    subprocess.run(["./run", "manage", "shell", "-v", "0", "-c", MAIL], cwd=checkout, env=environ, check=True)
    mail = Path(data) / "mail"

    def sent():
        return any(b"walker@example.org" in letter.read_bytes() for letter in mail.glob("*"))

    print(f"  mail sent by the worker: {wait_for('mail', MAILED, sent):.1f} s", flush=True)


def rows(checkout, environ):
    """How many rows each table has, as text."""
    output = subprocess.run(
        ["./run", "manage", "shell", "-v", "0", "-c", ROWS], cwd=checkout, env=environ, capture_output=True, text=True
    )
    if output.returncode:
        raise Failed(f"rows could not be counted: {output.stderr}")
    return output.stdout


def interrupt(checkout, environ, port, data, rounds):
    """Kill first starts on their way: in each step, a little later each time; now the supervisor, now the step."""
    whole = {**environ, "CASA_DATA": f"{data}/whole"}
    os.makedirs(whole["CASA_DATA"])
    run, _ = start(checkout, whole, port, FIRST)
    end(run, whole["CASA_DATA"], signal.SIGINT)
    wanted = rows(checkout, whole)
    for number in range(rounds):
        broken = {**environ, "CASA_DATA": f"{data}/{number}"}
        step, delay = STEPS[number % len(STEPS)], number // len(STEPS) * 0.3
        kill_in_step(checkout, broken, step, delay, -1 if number % 2 else 0)
        run, _ = start(checkout, broken, port, FIRST)
        end(run, broken["CASA_DATA"], signal.SIGINT)
        got = rows(checkout, broken)
        if got != wanted:
            changed = sorted(set(got.splitlines()) ^ set(wanted.splitlines()))
            raise Failed(f"killed {delay:.1f} s into “{step}”, the next start left other rows: {changed}")
        print(f"  killed {delay:.1f} s into “{step}”: the next start brings the same rows", flush=True)


def kill_in_step(checkout, environ, step, delay, which):
    data = Path(environ["CASA_DATA"])
    data.mkdir()
    with open(data / "walk.log", "w") as log:
        run = subprocess.Popen(["./run"], cwd=checkout, env=environ, stdout=log, stderr=log, start_new_session=True)
    wait_for(step, FIRST, lambda: step in (data / "walk.log").read_text())
    time.sleep(delay)
    os.kill(sorted(processes(data))[which], signal.SIGKILL)
    wait_for("nothing left", GONE, lambda: not processes(data))
    run.wait(GONE)


def walk(checkout, environ, port, data, rounds, members):
    for what, within, signum in (
        ("from nothing", FIRST, signal.SIGINT),
        ("second start", AGAIN, signal.SIGTERM),
        ("third start", AGAIN, signal.SIGHUP),
    ):
        run, seconds = start(checkout, environ, port, within)
        print(f"  first page, {what}: {seconds:.1f} s", flush=True)
        if what == "second start":
            send_a_mail(checkout, environ, data)
        end(run, data, signum)
        print(f"  nothing left after {signum.name}", flush=True)
    for number in range(rounds):
        print(f"  round {number + 1}", flush=True)
        kill_each(checkout, environ, port, data, members)


def stopped(signum, frame):
    raise Failed(f"stopped by signal {signum}")


def main(checkout, port, rounds, option):
    signal.signal(signal.SIGTERM, stopped)
    with tempfile.TemporaryDirectory(prefix="casa-walk-") as data:
        environ = {**os.environ, "PORT": str(port), "CASA_DATA": data}
        ours = ("CASA_DEMO", "PYTHON", "CASA_ORIGIN", "SECRET_KEY", "EMAIL_URL", "DJANGO_SETTINGS_MODULE")
        for variable in ours if option == "--servers" else (*ours, "DATABASE_URL", "REDIS_URL"):
            environ.pop(variable, None)
        try:
            if option == "--interrupt":
                interrupt(checkout, environ, port, data, rounds)
            else:
                walk(checkout, environ, port, data, rounds, 8 if option == "--servers" else 5)
        except Failed as failure:
            print(f"FAILED: {failure}", flush=True)
            for log in sorted(Path(data).rglob("walk.log")):
                print(*log.read_text().splitlines()[-25:], sep="\n", flush=True)
            return 1
        finally:
            for folder in (data, *map(str, Path(data).glob("*"))):
                for pid, command in processes(folder).items():
                    print(f"  still running: {pid} {command}", flush=True)
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), (sys.argv[4:] or [""])[0]))
