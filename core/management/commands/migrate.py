"""Django's migrate, which first looks whether the database is one that this build can bring up to date."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from core.migrated import refuse_migrations_of_another_build


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        refuse_migrations_of_another_build(connections[options["database"]])
        super().handle(*args, **options)
