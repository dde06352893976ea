"""The whole record, in the order in which its parts need each other."""

from pathlib import Path

from django.conf import settings
from django.db import transaction

from casa.record import committees, community, engagement, links, meetings, spaces
from casa.record.entries import Loader
from casa.record.reading import read

FOLDER = Path(settings.ROOT) / "record"


@transaction.atomic
def load(now, folder=FOLDER):
    """Load every file of the record; all of it or nothing. Returns the Loader, which says what was done."""
    loader = Loader(now)
    loader.organizations = read(folder, "organizations.yaml")["organizations"]
    for part in (community, spaces, meetings, committees, engagement, links):
        part.load(loader, folder)
    return loader
