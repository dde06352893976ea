"""Whether a database is one that this build can bring up to date."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

MADE_BY_ANOTHER = "was made by an earlier, unreleased build, or by a newer one, and cannot be taken over."
IN_A_FOLDER = f"this data folder {MADE_BY_ANOTHER} Begin with another: CASA_DATA=/path ./run"
ON_A_SERVER = f"this database {MADE_BY_ANOTHER} Begin with an empty one: put its address into DATABASE_URL."


def refuse_migrations_of_another_build(connection: BaseDatabaseWrapper) -> None:
    """Raise CommandError, in one line, where a migration of ours was applied that this build does not have.

    Before the first release all migrations became one initial migration an app, of the same name as an earlier one:
    Django would take the old tables for the new ones. A migration that a later one `replaces` is known.
    """
    loader = MigrationLoader(connection)
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known.update(migration.replaces)
    ours = {config.label for config in apps.get_app_configs() if Path(config.path).parent == settings.ROOT}
    if any(app in ours and (app, name) not in known for app, name in loader.applied_migrations):
        raise CommandError(IN_A_FOLDER if connection.vendor == "sqlite" else ON_A_SERVER)
