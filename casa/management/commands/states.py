"""`manage.py states`: docs/states.md, drawn from the tables of moves."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from casa import state_diagrams


class Command(BaseCommand):
    help = "Writes docs/states.md from the tables of moves in every app's states.py."

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.ROOT) / state_diagrams.PAGE
        path.write_text(state_diagrams.page(), encoding="utf-8")
        self.stdout.write(f"{state_diagrams.PAGE}: {len(list(state_diagrams.machines()))} state machines")
