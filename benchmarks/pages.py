"""How heavy and how quick public pages are: `python benchmarks/pages.py [--seconds 3] [--clients 8] [--workers 2]`.

Loads the record and the demonstration into a folder of its own, opens the portal with gunicorn on loopback, and prints
for each page its bytes (plain and compressed), the requests a browser makes for it, the median and the slowest of
twenty answers, and answers a second with several clients at once. It takes what it started down again and is bounded:
no run is longer than its pages times its seconds and half a minute more.

Figures are of this machine at this hour; what a test may assert are bytes, requests and queries, never time.
"""

import argparse
import gzip
import http.client
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = (
    "/es/", "/es/years/2024/", "/es/meetings/", "/es/meetings/{meeting}/", "/es/meetings/{meeting}/press/",
    "/es/meetings/{meeting}/binder/", "/es/organizations/", "/es/representation/", "/es/calendar.ics", "/es/feed.atom",
)  # fmt: skip
ASKED = re.compile(r"""<(?:link[^>]*rel="(?:stylesheet|icon)[^>]*href|script[^>]*src|img[^>]*src)="([^"]+)""")
SAMPLES, TIMEOUT = 20, 30


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def ask(port, path):
    """(status, body as it came, seconds) of one answer, on a connection of its own."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    try:
        connection.request("GET", path, headers={"Host": "localhost", "Accept-Encoding": "identity"})
        answer = connection.getresponse()
        return answer.status, answer.read(), time.perf_counter() - began
    finally:
        connection.close()


def wait_until_open(port, process):
    until = time.monotonic() + TIMEOUT
    while time.monotonic() < until:
        if process.poll() is not None:
            sys.exit("gunicorn ended; see what it printed above")
        try:
            if ask(port, "/health/")[0] in (200, 503):
                return
        except OSError:
            time.sleep(0.2)
    sys.exit("gunicorn did not open in time")


def rate(port, path, clients, seconds):
    """Answers a second that `clients` get together."""
    until, counts, lock = time.monotonic() + seconds, [], threading.Lock()

    def client():
        done = 0
        while time.monotonic() < until:
            if ask(port, path)[0] == 200:
                done += 1
        with lock:
            counts.append(done)

    began = time.monotonic()
    threads = [threading.Thread(target=client) for _n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.monotonic() - began)


def measure(port, path, options):
    status, body, _first = ask(port, path)
    if status != 200:
        return f"{path:<44} answered {status}"
    times = sorted(ask(port, path)[2] * 1000 for _n in range(SAMPLES))
    # The page itself and what it names; feeds name nothing.
    requests = 1 + len(set(ASKED.findall(body.decode(errors="replace"))))
    figures = len(body), len(gzip.compress(body, 6)), requests, statistics.median(times), times[-1]
    each = rate(port, path, options.clients, options.seconds)
    return (
        f"{path:<44} {figures[0]:>8} {figures[1]:>7} {figures[2]:>4} {figures[3]:>8.1f} {figures[4]:>8.1f} {each:>8.1f}"
    )


def main():
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("--seconds", type=float, default=3.0)
    asked.add_argument("--clients", type=int, default=8)
    asked.add_argument("--workers", type=int, default=2)
    options = asked.parse_args()
    options.seconds, options.clients = min(options.seconds, 30.0), min(options.clients, 64)
    with tempfile.TemporaryDirectory(prefix="casa-bench-") as data:
        port = free_port()
        environ = {**os.environ, "CASA_DATA": data, "CASA_DEMO": "1", "PORT": str(port)}
        environ["DJANGO_SETTINGS_MODULE"] = "casa.settings"
        subprocess.run([sys.executable, "-m", "supervisor.prepare"], cwd=ROOT, env=environ, check=True)
        find = "from meetings.models import Meeting as M; print(M.objects.filter(communique__state='published').last().code)"
        shell = subprocess.run(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", find], cwd=ROOT, env=environ, check=True,
            capture_output=True, text=True,
        )  # fmt: skip
        meeting = shell.stdout.split()[-1]
        command = ["gunicorn", "--config", "supervisor/web.py", "--workers", str(options.workers), "casa.wsgi"]
        web = subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, env=environ, start_new_session=True)
        try:
            wait_until_open(port, web)
            print(f"gunicorn, {options.workers} workers; {options.clients} clients for {options.seconds:g} s a page")
            print(f"{'page':<44} {'bytes':>8} {'gzip':>7} {'req':>4} {'median':>8} {'slowest':>8} {'per s':>8}")
            for page in PAGES:
                print(measure(port, page.format(meeting=meeting), options), flush=True)
        finally:
            os.killpg(web.pid, signal.SIGTERM)
            web.wait(timeout=TIMEOUT)


if __name__ == "__main__":
    main()
