"""Search over every app: organisations, spaces, and all records that the reader may see."""

from dataclasses import dataclass

from django.conf import settings

from core.records import words
from core.records.registry import kinds
from organizations.models import Organization
from spaces.models import Space

MOST = 50


@dataclass
class Found:
    """What a question found; `is_cut` when there is more than is shown."""

    organizations: list
    spaces: list
    records: list

    @property
    def total(self):
        return len(self.organizations) + len(self.spaces) + len(self.records)

    @property
    def is_cut(self):
        return len(self.records) >= MOST


def _has(row, wanted):
    names = [getattr(row, f"name_{language}") for language in settings.CONTENT_LANGUAGES]
    searched = words.fold(" ".join([row.acronym, *filter(None, names)]))
    return all(word in searched for word in wanted)


def find(question, user, now, kind=""):
    """The Found of a question. At most four queries."""
    wanted = words.fold(question).split()[: words.MOST_WORDS]
    if not wanted:
        return Found([], [], [])
    places = kind == ""
    return Found(
        [row for row in Organization.objects.visible_to(user, now).in_order() if _has(row, wanted)] if places else [],
        [row for row in Space.objects.visible_to(user, now).in_order() if _has(row, wanted)] if places else [],
        words.find(question, user, now, kind, MOST),
    )


def kind_choices():
    """[(letters, word)] of the kinds of record one may search."""
    return sorted(((kind.code, kind.label) for kind in kinds().values()), key=lambda pair: words.fold(str(pair[1])))
