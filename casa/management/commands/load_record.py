"""`manage.py load_record`: the real record from its files into the database. Loading it again changes nothing."""

from django.core.management.base import BaseCommand

from casa.record.loading import load
from core import clock


class Command(BaseCommand):
    help = "Load the real record from record/. Running it again changes only what the files say differently."

    def handle(self, *args, **options):
        done = load(clock.now())
        if not options["verbosity"]:
            return
        self.stdout.write(f"{len(done.new)} new, {len(done.changed)} changed")
        for heading, names in (("not loaded", done.left_out), ("no longer in the files, kept here", done.gone())):
            for name in names:
                self.stdout.write(f"{heading}: {name}")
        if options["verbosity"] > 1:
            for name in done.changed:
                self.stdout.write(f"changed: {name}")
