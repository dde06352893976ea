"""300 reminders, a real worker killed with -9 three times while it sends: none lost, no more doubles than kills."""

import collections
import os
import secrets
import socket
import subprocess
import sys
import time

import psycopg2
import pytest
from aiosmtpd.controller import Controller
from celery import Celery
from django.conf import settings

REMINDERS, KILLS = 300, 3
SEED = """
import datetime, django
django.setup()
from core import clock
from core.outbox.models import OutboxMessage
from meetings.models import Invitation, Meeting
from core.records import services as records
from reminders import services
now = clock.now()
zone = next(z for z in ("UTC", "Asia/Tokyo", "America/Montevideo") if 8 <= now.astimezone(clock.zone(z)).hour < 21)
begins = now + datetime.timedelta(hours=20)
meeting = records.create("MEE", begins.year, Meeting(year=begins.year, state="convened", visibility="public",
    title_es="Demo", starts_at=begins, ends_at=begins + datetime.timedelta(hours=1), starts_on=begins.date(),
    ends_on=begins.date(), revised_at=now))
Invitation.objects.bulk_create(Invitation(meeting=meeting, address=f"demo{n}@example.org", language="es", zone=zone,
    name="Demo", invited_at=now) for n in range(COUNT))
print(services.plan(now)[0])
""".replace("COUNT", str(REMINDERS))
STATE = """
import django
django.setup()
from core.outbox.models import OutboxMessage
import collections
print(dict(collections.Counter(OutboxMessage.objects.values_list("state", flat=True))))
"""
#: As if the five minutes of a dead worker's lease had passed.
EXPIRE = "UPDATE core_outboxmessage SET leased_until = '2020-01-01 00:00:00' WHERE leased_until IS NOT NULL"


class Sink:
    """A mail server that counts what it accepted."""

    def __init__(self):
        self.got = collections.Counter()

    async def handle_DATA(self, server, session, envelope):
        self.got[envelope.rcpt_tos[0]] += 1
        time.sleep(0.004)
        return "250 accepted"


@pytest.fixture
def installation(tmp_path):
    """The environment of an installation of its own: its database, its broker, its mail server."""
    sink = Sink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(sink, hostname="127.0.0.1", port=port)
    server.start()
    env = os.environ | {
        "CASA_DATA": str(tmp_path),
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "casa.settings",
        "CASA_DEMO": "0",
        "CASA_ORIGIN": "http://localhost:8000",
        "PYTHONPATH": str(settings.ROOT),
    }
    base, name = os.environ.get("DATABASE_URL"), f"casa_kills_{secrets.token_hex(4)}"
    if base:
        env["DATABASE_URL"] = f"{base.rpartition('/')[0]}/{name}"
        execute(base, f"CREATE DATABASE {name}")
    yield env, sink
    server.stop()
    if base:
        execute(base, f"DROP DATABASE {name} WITH (FORCE)")


def execute(url, sql):
    connection = psycopg2.connect(url)
    connection.autocommit = True
    connection.cursor().execute(sql)
    connection.close()


def expire_leases(env):
    if env.get("DATABASE_URL"):
        return execute(env["DATABASE_URL"], EXPIRE)
    import sqlite3

    connection = sqlite3.connect(os.path.join(env["CASA_DATA"], "casa.sqlite3"), timeout=20)
    with connection:
        connection.execute(EXPIRE)
    return connection.close()


def broker(env):
    """What beat does: ask for a drain."""
    if env.get("REDIS_URL"):
        return Celery(broker=env["REDIS_URL"])
    queue = os.path.join(env["CASA_DATA"], "queue")
    app = Celery(broker="filesystem://localhost")
    app.conf.broker_transport_options = {
        "data_folder_in": f"{queue}/messages",
        "data_folder_out": f"{queue}/messages",
        "control_folder": f"{queue}/control",
        "processed_folder": f"{queue}/processed",
    }
    return app


def python(env, *arguments):
    done = subprocess.run([sys.executable, *arguments], env=env, cwd=settings.ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def worker(env):
    command = [sys.executable, "-m", "celery", "-A", "casa", "worker", "-P", "solo", "--without-gossip"]
    return subprocess.Popen(
        [*command, "--without-mingle", "--without-heartbeat", "-l", "ERROR"],
        env=env,
        cwd=settings.ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_until(true, app, seconds=25):
    """Ask for a drain every second until it is so."""
    until, drained_at = time.monotonic() + seconds, 0
    while not true() and time.monotonic() < until:
        if time.monotonic() - drained_at > 1:
            app.send_task("core.outbox.drain", expires=5)
            drained_at = time.monotonic()
        time.sleep(0.01)
    assert true()


@pytest.mark.kills
def test_a_killed_worker_loses_nothing_and_doubles_at_most_one_mail_a_kill(installation):
    env, sink = installation
    python(env, "manage.py", "migrate", "-v", "0")
    assert python(env, "-c", SEED) == str(REMINDERS)
    app = broker(env)
    for kill in range(KILLS + 1):
        process = worker(env)
        try:
            goal = (kill + 1) * REMINDERS // (KILLS + 2) if kill < KILLS else REMINDERS
            wait_until(lambda goal=goal: len(sink.got) >= goal, app)
            if kill == KILLS:
                time.sleep(1)  # the last one's commit
        finally:
            process.kill()
            process.wait()
        expire_leases(env)
    assert len(sink.got) == REMINDERS, "none lost"
    assert sum(sink.got.values()) - REMINDERS <= KILLS, "doubles"
    assert python(env, "-c", STATE) == str({"sent": REMINDERS})
