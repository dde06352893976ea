"""What the acts on a meeting share: locking it, its words, its days and hours."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from commons.services import actions
from core import clock
from core.errors import Conflict, Incomplete
from core.records.models import Record
from core.text import fingerprint
from core.visibility import Visibility
from meetings.models import Meeting


def locked(meeting):
    """The meeting as it stands, held until the transaction ends."""
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def is_read_by_all(meeting):
    """Whether its outcome is published for everybody: what follows from it waits for that too."""
    return meeting.is_published and meeting.visibility == Visibility.PUBLIC


def hold_back_or_release(meeting):
    """Let the actions that follow from a meeting and its decisions be as public as the meeting now is."""
    origins = [meeting.code, *meeting.decisions.values_list("code", flat=True)]
    actions.hold_back_actions(origins, held_back=not is_read_by_all(meeting))


def same_as_seen(row, base_version):
    """Raise Conflict, carrying the row as it stands and its `record_version`, where its record has changed since
    `base_version` was read."""
    if base_version is None:
        return
    row.record_version = Record.objects.get(code=row.code).version
    if row.record_version != base_version:
        raise Conflict(row)


#: What a reader of these sees and a writer changes at once; a mark of it tells whether somebody changed it meanwhile.
WHEN_AND_WHERE = ("starts_on", "ends_on", "starts_at", "ends_at", "zone", "place", "mode", "link")
ARRANGED = ("room_kept_id", "names_beside", "interpretation", "proposal_minutes")
OF_AN_ITEM = (
    *(f"title_{code}" for code in settings.CONTENT_LANGUAGES), "source_language", "kind", "minutes", "day", "begins_at",
    "presenter_id", "room_id", "note", "visibility", "subject",
)  # fmt: skip


def mark_of(row, names):
    """A short mark of the values of these fields."""
    return fingerprint("\x1f".join(str(getattr(row, name)) for name in names))


def same_mark(row, names, seen):
    """Raise Conflict, carrying the row as it stands, where it is not what the writer had before their eyes (None: they
    did not look)."""
    if seen is not None and seen != mark_of(row, names):
        raise Conflict(row)


def write_words(row, language, **fields):
    """Set translated fields, `title={"es": …, "pt": …}`; the official language is `language`. The caller saves.

    A translation that is written or changed is marked as made from the official text of this moment, unreviewed.
    """
    before = {name: {code: getattr(row, f"{name}_{code}") for code in settings.CONTENT_LANGUAGES} for name in fields}
    row.source_language = language
    for name, words in fields.items():
        for code in settings.CONTENT_LANGUAGES:
            setattr(row, f"{name}_{code}", words.get(code, "").strip())
    for name in fields:
        for code in settings.CONTENT_LANGUAGES:
            value = getattr(row, f"{name}_{code}")
            if code != language and value and value != before[name][code]:
                row.mark_translation(name, code, reviewed=False)


def needs_words(language, field, words, sentence):
    """{field: sentence} where the official language has no words, for Incomplete; else {}."""
    return {} if words.get(language, "").strip() else {f"{field}_{language}": sentence}


@dataclass(frozen=True)
class When:
    """Days (`ends_on` is the last) and, where known, both instants, as announced in `zone`. All empty: not yet known."""

    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    starts_at: datetime.datetime | None = None
    ends_at: datetime.datetime | None = None
    zone: str = settings.CASA_ZONE

    def problems(self):
        """{field: sentence} of what does not fit together."""
        found = {}
        if self.starts_on is None:
            if self.ends_on is not None or self.starts_at is not None:
                found["starts_on"] = _("Say on which day it begins.")
            return found
        if self.ends_on is not None and self.ends_on < self.starts_on:
            found["ends_on"] = _("It ends before it begins.")
        elif (self.last_day - self.starts_on).days > 60:
            found["ends_on"] = _("A meeting can last at most 60 days.")
        if (self.starts_at is None) != (self.ends_at is None):
            found["ends_time" if self.ends_at is None else "starts_time"] = _("Enter both times, or neither.")
        elif self.starts_at is not None:
            if self.ends_at <= self.starts_at:
                found.setdefault("ends_time", _("It ends before it begins."))
            on_days = (clock.today(self.starts_at, self.zone), clock.today(self.ends_at, self.zone))
            if on_days != (self.starts_on, self.last_day):
                found.setdefault("starts_time", _("The times are not on those days."))
        return found

    @property
    def last_day(self):
        return self.ends_on or self.starts_on

    def check(self):
        if found := self.problems():
            raise Incomplete(found)

    def put_on(self, meeting):
        """Write it on a meeting; returns whether anything changed. The caller saves."""
        values = {
            "starts_on": self.starts_on, "ends_on": self.last_day, "starts_at": self.starts_at,
            "ends_at": self.ends_at, "zone": self.zone, "date_precision": "day",
        }  # fmt: skip
        changed = any(getattr(meeting, name) != value for name, value in values.items())
        for name, value in values.items():
            setattr(meeting, name, value)
        if self.starts_on is not None:
            meeting.year = self.starts_on.year
        return changed


def when_facts(meeting):
    """The days and hours of a meeting for the journal."""
    facts = {"starts_on": meeting.starts_on, "ends_on": meeting.ends_on, "zone": meeting.zone}
    facts |= {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at, "sequence": meeting.sequence}
    return {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in facts.items()}
