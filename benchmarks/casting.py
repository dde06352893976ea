"""Casting votes on PostgreSQL: each elector once, nobody after the hour, and how many a second.

    DATABASE_URL=postgres://… .venv/bin/python benchmarks/casting.py

It makes a database of its own beside the one that is named and takes it away again. Three parts:
  once      50 voters, 16 submissions each, all mixed and at the same time: exactly 50 are stored
  deadline  ten voters wait behind a lock until after the hour: none is accepted
  rate      5,000 voters, each a call of the service as a web worker makes it, over `--workers` processes
"""

import argparse
import datetime
import multiprocessing
import os
import platform
import random
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

# ruff: noqa: E402 - models are imported once Django is set up
from django.db import connection, connections, transaction

from accounts.models import User
from core import clock
from core.errors import CasaError
from elections.models import Ballot, Election
from elections.services.casting import cast_vote
from tests import factories as make


def prepared(voters, closes_in):
    """An open election with so many organisations on its roll: (election, ids of the users who vote)."""
    now, users = clock.now(), []
    with transaction.atomic():
        officer = make.coordination().person
        day = datetime.timedelta(days=1)
        election = make.election(
            make.committee(seats=3),
            officer,
            now - 30 * day,
            state="voting",
            nominations_close=now - day,
            opens_at=now - day,
            closes_at=now + datetime.timedelta(seconds=closes_in),
        )
        for n in range(voters):
            organization = make.organization()
            user = make.delegate(organization)
            make.on_roll(election, organization, user)
            users.append(user.pk)
            if n < 5:
                make.nomination(election, organization, state="accepted", number=n + 1)
    return election, users


def submit(job):
    """One submission, in a connection of its own thread: whether it was stored."""
    election, pk, marks = job
    try:
        cast_vote(election, marks, actor=User.objects.select_related("person").get(pk=pk))
        return True
    except CasaError:
        return False


def once(voters=50, times=16, at_once=32):
    election, users = prepared(voters, closes_in=3600)
    jobs = [(election, pk, [n % 5 + 1]) for pk in users for n in range(times)]
    random.Random(1).shuffle(jobs)  # noqa: S311 - the same mixture each time
    with ThreadPoolExecutor(at_once) as pool:
        start = time.perf_counter()
        stored = sum(pool.map(submit, jobs))
        took = time.perf_counter() - start
    rows = Ballot.objects.filter(entry__election=election).count()
    print(
        f"once      {len(jobs)} submissions of {voters} voters, {at_once} at a time: {rows} stored, {stored} accepted, {took:.1f} s"
    )
    return rows == stored == voters


def deadline(voters=10):
    election, users = prepared(voters, closes_in=2)
    answers = [None] * voters

    def vote(n):
        answers[n] = submit((election, users[n], [1]))
        connection.close()

    threads = [threading.Thread(target=vote, args=[n]) for n in range(voters)]
    with transaction.atomic():
        Election.objects.select_for_update().get(pk=election.pk)
        for thread in threads:
            thread.start()
        time.sleep(3)
    for thread in threads:
        thread.join()
    rows = Ballot.objects.filter(entry__election=election).count()
    print(
        f"deadline  {voters} voters behind a lock until a second after the hour: {sum(answers)} accepted, {rows} stored"
    )
    return rows == 0 and answers == [False] * voters


def work(election_pk, users, gate, counts):
    election = Election.objects.get(pk=election_pk)
    gate.wait()
    counts.put(sum(submit((election, pk, [n % 5 + 1])) for n, pk in enumerate(users)))
    connection.close()


def rate(voters, workers):
    election, users = prepared(voters, closes_in=3600)
    connections.close_all()
    context = multiprocessing.get_context("fork")
    gate, counts = context.Barrier(workers + 1), context.Queue()
    parts = [users[n::workers] for n in range(workers)]
    processes = [context.Process(target=work, args=(election.pk, part, gate, counts)) for part in parts]
    for process in processes:
        process.start()
    gate.wait()
    start = time.perf_counter()
    stored = sum(counts.get() for _process in processes)
    took = time.perf_counter() - start
    for process in processes:
        process.join()
    rows = Ballot.objects.filter(entry__election=election).count()
    print(
        f"rate      {voters} voters, {workers} workers: {rows} stored in {took:.1f} s, {rows / took:.0f} casts a second"
    )
    return rows == stored == voters


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--voters", type=int, default=5000)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    given = parser.parse_args()
    if connection.vendor != "postgresql":
        sys.exit("Name a PostgreSQL in DATABASE_URL: what is measured here are its locks.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT version(), current_setting('fsync'), current_setting('synchronous_commit')")
        version, fsync, commit = cursor.fetchone()
    print(
        f"{platform.python_version()}, {os.cpu_count()} cores, {version.split(',')[0]}, fsync {fsync}, commit {commit}"
    )
    print(f"Django {django.get_version()}, through the service as a web worker calls it")
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        held = [once(), deadline(), rate(given.voters, given.workers)]
    finally:
        with connection.cursor() as cursor:  # the threads of the first part have left theirs open
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        connections.close_all()
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
    print("all held" if all(held) else "something did not hold")
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
