"""Makes the portal ready to open: translations, tables, static files and, at the first start, the record.

Safe to interrupt and to repeat: each step looks whether it is needed, the loading commands are idempotent,
and what was loaded is remembered only when all of it is there.
"""

import hashlib
import os
import sys
from pathlib import Path

import django

from core.translations.catalogues import compile_stale
from supervisor.bootstrap import ROOT, database_key, read_choices, remember_choices

#: Exit code where the reason was said in one line already; processes.py knows it too.
GAVE_REASON = 3


def migrate():
    """Bring the tables up to date; True when the database was empty before."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from core.migrated import refuse_migrations_of_another_build

    refuse_migrations_of_another_build(connection)
    executor = MigrationExecutor(connection)
    empty = not executor.loader.applied_migrations
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Preparing the database …" if empty else "Updating the database …", flush=True)
        call_command("migrate", interactive=False, verbosity=0)
    return empty


def static_fingerprint():
    """Changes when any static file of ours or of a package does."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256(django.__version__.encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = os.stat(storage.path(name))
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static():
    """Copy and compress the static files, unless the same ones are already there."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = Path(settings.STATIC_ROOT) / ".made-from"
    now = static_fingerprint()
    if stamp.is_file() and stamp.read_text() == now:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(now)


def load(data, empty, demo):
    """The record and, if wanted, the demonstration: at the first start only."""
    from django.core.management import call_command

    key = database_key(os.environ)
    choices = {} if empty else read_choices(data).get(key, {})
    if choices.get("loaded"):
        return
    remember_choices(data, key, demo=demo, loaded=False)
    print("Loading the record …", flush=True)
    call_command("load_record", verbosity=0)
    if demo:
        print("Loading a small demonstration year …", flush=True)
        call_command("load_demo", verbosity=0)
    remember_choices(data, key, loaded=True)


def nobody_can_sign_in():
    from django.contrib.auth import get_user_model

    return not get_user_model().objects.exists()


def main(only):
    """Everything; or, with "image", what needs no database and belongs to a container image. Returns the exit code."""
    compile_stale(ROOT / "locale")
    django.setup()
    from django.conf import settings
    from django.core.management import CommandError

    if only == ["image"]:
        collect_static()
        return 0
    try:
        empty = migrate()
    except CommandError as refusal:
        print(f"casa: {refusal}", file=sys.stderr, flush=True)
        return GAVE_REASON
    collect_static()
    load(Path(settings.DATA), empty, settings.CASA_DEMO)
    if os.environ.get("CASA_SUPERVISED") and nobody_can_sign_in():
        print("Nobody can sign in yet. In another window: ./run manage first_admin you@example.org", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
