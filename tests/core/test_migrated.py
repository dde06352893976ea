"""A database of another build is refused in one line and left as it is; one of this build is not."""

import os
import socket
import sqlite3
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from core.migrated import IN_A_FOLDER, ON_A_SERVER

REFUSAL = {"sqlite": IN_A_FOLDER, "postgresql": ON_A_SERVER}


@pytest.mark.django_db
class TestMigrate:
    def test_takes_a_database_of_this_build(self):
        call_command("migrate", verbosity=0)

    def test_refuses_one_with_a_migration_that_is_no_more(self):
        MigrationRecorder(connection).record_applied("meetings", "0002_before_the_release")
        with pytest.raises(CommandError) as refusal:
            call_command("migrate", verbosity=0)
        assert str(refusal.value) == REFUSAL[connection.vendor]
        assert "\n" not in str(refusal.value)

    def test_does_not_mind_those_of_packages(self):
        MigrationRecorder(connection).record_applied("account", "0099_of_a_newer_release")
        MigrationRecorder(connection).record_applied("gone", "0001_initial")
        call_command("migrate", verbosity=0)


@pytest.fixture
def earlier(tmp_path):
    """A data folder whose database knows a migration that is no more."""
    with sqlite3.connect(tmp_path / "casa.sqlite3") as database:
        database.execute("CREATE TABLE django_migrations (id integer PRIMARY KEY, app text, name text, applied text)")
        rows = [("core", "0001_initial"), ("committees", "0009_before_the_release")]
        database.executemany("INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, '2026-01-01')", rows)
    return tmp_path


def dump(folder):
    with sqlite3.connect(folder / "casa.sqlite3") as database:
        return list(database.iterdump())


@pytest.mark.parametrize(
    ("command", "prefix"),
    [
        (["supervisor/processes.py"], "casa"),  # what ./run becomes
        (["-m", "supervisor.prepare"], "casa"),  # what the containers wait for
        (["manage.py", "migrate"], "CommandError"),
    ],
)
def test_each_way_to_prepare_a_database_says_it_in_one_line(command, prefix, earlier):
    environ = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        environ["PORT"] = str(free.getsockname()[1])
    environ |= {"CASA_DATA": str(earlier), "CASA_DEMO": "0", "DJANGO_SETTINGS_MODULE": "casa.settings"}
    before = dump(earlier)
    done = subprocess.run([sys.executable, *command], cwd=settings.ROOT, env=environ, capture_output=True, text=True)
    assert done.returncode
    assert (done.stdout, done.stderr) == ("", f"{prefix}: {IN_A_FOLDER}\n")
    assert dump(earlier) == before
