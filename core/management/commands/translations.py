"""`manage.py translations extract | missing | merge-pending | compile | check`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.translations import catalogues, checks, extract, pending


class Command(BaseCommand):
    """Keeps the interface's catalogues; needs no system gettext."""

    help = "Extracts sentences into locale/, takes in locale/pending/, compiles, checks."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        steps.add_parser("extract", help="bring the catalogues to the sentences of the code")
        steps.add_parser("missing", help="print what has no translation yet, to be filled in as a pending file")
        merging = steps.add_parser("merge-pending", help="extract, then fill from locale/pending/*.yaml")
        merging.add_argument(
            "--remove",
            action="store_true",
            help="delete the files that are wholly taken in",
        )
        steps.add_parser("compile", help="write the .mo files that are missing or stale")
        steps.add_parser("check", help="list what is missing or wrong; fails if anything is")

    def handle(self, *args: Any, step: str, **options: Any) -> None:
        root = Path(settings.ROOT)
        try:
            {
                "extract": self.extract,
                "missing": self.missing,
                "merge-pending": self.merge_pending,
                "compile": self.compile,
                "check": self.check_catalogues,
            }[step](root, **options)
        except extract.Unreadable as error:
            raise CommandError(str(error)) from error

    def extract(self, root: Path, **options: Any) -> None:
        self.stdout.write(f"{extract.update(root, root / 'locale')} sentences")

    def missing(self, root: Path, **options: Any) -> None:
        self.stdout.write(pending.to_fill(extract.extract(root), root / "locale" / "pending", root / "locale"))

    def merge_pending(self, root: Path, remove: bool = False, **options: Any) -> None:
        self.extract(root)
        result = pending.merge(root / "locale" / "pending", root / "locale")
        self.stdout.write(f"{result.filled} translations taken in")
        for title, lines in (
            ("clash", result.clashes),
            ("not in the code", result.unused),
            ("wrong", result.wrong),
        ):
            for line in lines:
                self.stdout.write(f"{title}: {line}")
        if remove:
            for path in result.done:
                path.unlink()

    def compile(self, root: Path, **options: Any) -> None:
        written = catalogues.compile_stale(root / "locale")
        self.stdout.write(f"compiled: {', '.join(written) or 'nothing, all fresh'}")

    def check_catalogues(self, root: Path, **options: Any) -> None:
        faults = checks.check(root, root / "locale")
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} faults in the catalogues")
        self.stdout.write("The catalogues are complete.")
