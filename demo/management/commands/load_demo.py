"""Load the demonstration year, once."""

from django.core.management.base import BaseCommand, CommandError

from core import clock
from demo import loading


class Command(BaseCommand):
    help = "Load a small made-up year with one person for each role; does nothing where it is there already."

    def handle(self, *args, **options):
        try:
            year = loading.load(clock.now())
        except loading.NoRecord as error:
            raise CommandError("Load the record first: manage.py load_record") from error
        if options["verbosity"]:
            self.stdout.write(f"Demonstration of {year} loaded." if year else "The demonstration is there already.")
