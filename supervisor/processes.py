"""Opens the portal: prepares it, then keeps web, worker and beat running together.

One goes, all go: when any of them ends, the others are stopped and the exit code tells; when this process
disappears, each of them notices (see guard.py). What an earlier start left behind is cleared first.
Started by path with `.venv`'s Python; standard library only.
"""

import contextlib
import fcntl
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GUARD = Path(__file__).with_name("guard.py")
PATIENCE = 120
GRACE = 8
# Celery warns root about pickled messages; ours are JSON, and a trial in a container often runs as root.
QUIET = "ignore:You're running the worker with superuser privileges"
# The exit code of a preparation that said why in a line of its own (see prepare.py).
GAVE_REASON = 3
CLOSING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class CannotStart(Exception):
    """Why the portal cannot be opened, in one line."""


class Closed(Exception):
    """Somebody asked the portal to close: Ctrl-C, SIGTERM, SIGHUP."""


@dataclass
class Child:
    """One process of the portal, leader of its own group."""

    name: str
    process: subprocess.Popen

    def ended(self):
        return self.process.poll() is not None

    def gone(self):
        return self.ended() and not group_lives(self.process.pid)


def group_lives(group):
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def signal_group(group, signum):
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signum)


def identity(pid):
    """What tells this process from another that is later given its number: start time and command; None when
    there is no such process."""
    stat = Path(f"/proc/{pid}/stat")
    try:
        if Path("/proc/self/stat").exists():
            # The name in brackets may hold anything; the start time is the 20th field after it.
            started = stat.read_text().rpartition(")")[2].split()[19]
            command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            return f"{started} {command}".strip()
        output = subprocess.run(
            ["ps", "-o", "lstart=", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
        )
        return output.stdout.strip() or None
    except (OSError, IndexError):
        return None


def commands(environ):
    """What runs: name → module and arguments. The preparation ends before the others begin."""
    celery = ["celery", "--quiet", "-A", "casa"]
    pool = ["-P", "prefork", "-c", "2"] if environ.get("REDIS_URL") else ["-P", "solo"]
    schedule = f"{environ['CASA_DATA']}/beat-schedule"
    return {
        "preparation": ["supervisor.prepare"],
        "web": ["gunicorn", "--config", str(ROOT / "supervisor" / "web.py"), "casa.wsgi:application"],
        "worker": [*celery, "worker", *pool, "--loglevel", "WARNING", "--without-gossip", "--without-mingle"],
        "beat": [*celery, "beat", "--loglevel", "WARNING", "--pidfile=", "--schedule", schedule],
    }


class Portal:
    """The processes started so far, written down for the next start."""

    def __init__(self, environ, pid_file):
        self.environ = {"PYTHONWARNINGS": QUIET, **environ, "CASA_SUPERVISED": "1"}
        self.pid_file = pid_file
        self.port = None
        self.children = []
        # Only this process has the writing end; its closing is what the guards wait for.
        self.reading, self.writing = os.pipe()

    def start(self, name, command):
        process = subprocess.Popen(
            [sys.executable, str(GUARD), str(self.reading), *command],
            cwd=ROOT,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            pass_fds=[self.reading],
            # A group of its own: Ctrl-C reaches the supervisor alone, which then closes them in order.
            start_new_session=True,
        )
        child = Child(name, process)
        self.children.append(child)
        self.write_down()
        return child

    def write_down(self):
        pids = {child.name: [child.process.pid, identity(child.process.pid)] for child in self.children}
        draft = self.pid_file.with_suffix(".new")
        draft.write_text(json.dumps({"supervisor": os.getpid(), "port": self.port, "children": pids}))
        draft.replace(self.pid_file)


def stop(children, grace=GRACE):
    """End these processes and whatever they started: kindly first, each leader before its people; then not."""
    for child in children:
        if not child.ended():
            child.process.terminate()
    orphaned = set()
    deadline = time.monotonic() + grace
    while time.monotonic() < deadline and not all(child.gone() for child in children):
        for child in children:
            if child.ended() and child.name not in orphaned:
                signal_group(child.process.pid, signal.SIGTERM)
                orphaned.add(child.name)
        time.sleep(0.05)
    for child in children:
        if not child.gone():
            signal_group(child.process.pid, signal.SIGKILL)
            child.process.wait()


def clear_stale(pid_file, grace=GRACE):
    """End what an earlier start left running, if the processes are really those it started; returns their names."""
    try:
        recorded = json.loads(pid_file.read_text())["children"]
        known = [(name, int(pid), who) for name, (pid, who) in recorded.items()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []
    stale = [(name, pid) for name, pid, who in known if who and identity(pid) == who]
    for _, pid in stale:
        signal_group(pid, signal.SIGTERM)
    deadline = time.monotonic() + grace
    while time.monotonic() < deadline and any(group_lives(pid) for _, pid in stale):
        time.sleep(0.05)
    for _, pid in stale:
        signal_group(pid, signal.SIGKILL)
    return [name for name, _ in stale]


def wanted_port(environ):
    """The port to listen on, tried; CannotStart says in one line what is wrong with it."""
    given = environ.get("PORT") or "8000"
    if not (given.isascii() and given.isdigit() and 0 < int(given) < 65536):
        raise CannotStart(f"PORT={given} is not a port number (1 to 65535).")
    port = int(given)
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
            trial.listen(1)
        except PermissionError:
            raise CannotStart(
                f"this user may not listen on port {port}. Choose one above 1023: PORT=8000 ./run"
            ) from None
        except OSError:
            other = 8001 if port == 8000 else 8000
            raise CannotStart(f"port {port} is taken by another program. Choose another: PORT={other} ./run") from None
    return port


def hold(data):
    """Take the data folder for this process; the system lets go of it when the process ends, however it ends."""
    held = os.open(data / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        try:
            running = json.loads((data / "run.json").read_text())
            where = f" at http://localhost:{running['port']}/ (process {running['supervisor']})"
        except (OSError, ValueError, KeyError):
            where = ""
        raise CannotStart(f"the portal is already open from {data}{where}.") from None
    return held


def answers(port):
    """True when the web says that it is well, database included."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
    try:
        connection.request("GET", "/health/", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status < 400
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def ended_words(child):
    code = child.process.returncode
    how = f"was killed (signal {-code})" if code < 0 else f"ended (exit code {code})"
    return f"casa: {child.name} {how}; everything is closed."


def watch(children, ready, announce):
    """Wait until one ends and return it. Calls `announce` once, when `ready` is true."""
    announced = False
    deadline = time.monotonic() + PATIENCE
    while True:
        for child in children:
            if child.ended():
                return child
        if not announced and ready():
            announce()
            announced = True
        if not announced and time.monotonic() > deadline:
            raise CannotStart(f"the web has not answered for {PATIENCE} seconds; everything is closed.")
        time.sleep(0.2 if announced else 0.1)


def on_signal(signum, frame):
    raise Closed


def prepare(portal, command):
    """Tables, static files, translations, the record; CannotStart when something went wrong, SystemExit when it said why itself."""
    preparing = portal.start("preparation", command)
    code = preparing.process.wait()
    if code == GAVE_REASON:
        sys.exit(1)
    if code:
        raise CannotStart("the portal could not be prepared (see above); nothing is running.")
    portal.children.remove(preparing)


def run(portal, todo):
    """Open the portal and wait until one of its processes ends; returns that one."""
    if left := clear_stale(portal.pid_file):
        print(f"Closed what an earlier start had left running: {', '.join(left)}.", flush=True)
    port = portal.port = wanted_port(portal.environ)
    portal.environ["PORT"] = str(port)
    prepare(portal, todo["preparation"])
    portal.start("web", todo["web"])

    def opened():
        # The others begin once the first page can be had: they would only take its time.
        for name in ("worker", "beat"):
            portal.start(name, todo[name])
        print(f"\n  The portal is open: http://localhost:{port}/\n  Ctrl-C closes it.\n", flush=True)

    return watch(portal.children, lambda: answers(port), opened)


def main(environ, todo):
    """Open the portal and keep it open; the exit code: 0 when it was asked to close, 1 when a process ended."""
    for signum in CLOSING:
        signal.signal(signum, on_signal)
    data = Path(environ["CASA_DATA"])
    held = hold(data)
    portal = Portal(environ, data / "run.json")
    try:
        ended = run(portal, todo)
        stop(portal.children)
        print(ended_words(ended), file=sys.stderr, flush=True)
        return 1
    except Closed:
        for signum in CLOSING:
            signal.signal(signum, signal.SIG_IGN)
        print("\nClosing …", flush=True)
        return 0
    finally:
        stop(portal.children)
        portal.pid_file.unlink(missing_ok=True)
        os.close(held)


if __name__ == "__main__":
    try:
        sys.exit(main(dict(os.environ), commands(os.environ)))
    except CannotStart as refusal:
        sys.exit(f"casa: {refusal}")
    except Closed:
        sys.exit(0)
