"""Putting entries in: what the file says now is compared with what it said when last loaded."""

import json
from dataclasses import dataclass, field

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

from casa.models import LoadedEntry
from commons.models import Text
from commons.services import texts
from core import journal
from core.records import services as records
from core.records.models import Citable
from core.records.words import index
from core.text import TranslatedModel


def plain(values):
    """Values as JSON would give them back, so that they can be compared with what is stored."""
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


@dataclass
class Loader:
    """One run. Entries are named `<list>/<key>`; `rows` maps those names to primary keys.

    A row is written only in the columns that the file says differently than last time, so that what people
    changed here meanwhile is not undone by loading the same file again.
    """

    now: object
    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    left_out: list = field(default_factory=list)
    seen: set = field(default_factory=set)

    def __post_init__(self):
        self.loaded = LoadedEntry.objects.in_bulk()
        self.rows = {}
        self.codes = {}

    def gone(self):
        """Entries that were loaded once and left the files; none of their rows is deleted."""
        return sorted(set(self.loaded) - self.seen)

    def skip(self, name, why):
        """Note an entry that cannot be loaded yet, and why."""
        self.left_out.append(f"{name} ({why})")

    def put(self, name, model, find, values, code="", many=None, same_words=()):
        """Make or correct the row of an entry; returns its primary key.

        `find` are the columns by which a row made by hand is recognised as this one. `many` maps a
        many-to-many field to primary keys. `same_words` lists the columns of translations that are a form seen in
        a source, which makes them reviewed; other translations are this project's own and unreviewed.
        """
        content = plain({**values, **{name_: sorted(ids) for name_, ids in (many or {}).items()}})
        loaded = self._meet(name, code)
        if loaded and loaded.content == content:
            self.rows[name] = loaded.row
            return loaded.row
        row = model.objects.filter(pk=loaded.row).first() if loaded else model.objects.filter(**find).first()
        different = [key for key in content if row is None or loaded is None or loaded.content.get(key) != content[key]]
        is_new = row is None
        row = row or model(**find)
        for key in different:
            if key in values:
                setattr(row, key, values[key])
        if issubclass(model, TranslatedModel):
            self._mark(row, different, same_words)
        if is_new and code:
            row.code = records.claim(code).code
        row.save()
        for key, ids in (many or {}).items():
            if key in different:
                getattr(row, key).set(ids)
        self._remember(name, row.pk, content, is_new=loaded is None, code=row.code if isinstance(row, Citable) else "")
        return row.pk

    def put_text(self, name, versions):
        """A long text in its languages, the official one first; returns the Text's primary key."""
        official = versions["authoritative"]
        content = {code: body.strip() for code, body in versions.items() if code != "authoritative"}
        loaded = self._meet(name)
        if loaded and loaded.content == content:
            self.rows[name] = loaded.row
            return loaded.row
        text = Text.objects.get(pk=loaded.row) if loaded else Text.objects.create(authoritative_language=official)
        for code in sorted(content, key=lambda code: code != official):
            if loaded is None or loaded.content.get(code) != content[code]:
                texts.write_version(text, language=code, body=content[code], actor=None, now=self.now)
        self._remember(name, text.pk, content, is_new=loaded is None)
        return text.pk

    def put_link(self, name, origin, outcome, kind):
        """A join of two codes; one that the file now says otherwise replaces the former."""
        content = {"origin": origin, "outcome": outcome, "kind": kind}
        loaded = self._meet(name)
        if loaded and loaded.content == content:
            return
        if loaded:
            records.unlink(loaded.content["origin"], loaded.content["outcome"])
        made = records.link(origin, outcome, self.now, kind)
        self._remember(name, made.pk, content, is_new=loaded is None)

    def _meet(self, name, code=""):
        self.seen.add(name)
        if code:
            self.codes[name] = code
        return self.loaded.get(name)

    def _remember(self, name, pk, content, is_new, code=""):
        values = {"row": str(pk), "content": content, "loaded_at": self.now}
        LoadedEntry.objects.update_or_create(key=name, defaults=values)
        self.rows[name] = pk
        (self.new if is_new else self.changed).append(name)
        if code:
            if is_new:
                index(code)
            else:
                records.touch(code)
            journal.record(None, "record_loaded" if is_new else "record_corrected", code, self.now)

    @staticmethod
    def _mark(row, different, same_words):
        """Note of each translation just written that it was made from the official text as it stands."""
        for key in different:
            name, _, language = key.rpartition("_")
            if language not in settings.CONTENT_LANGUAGES or language == row.source_language or not getattr(row, key):
                continue
            same = getattr(row, key) == row.source_text(name)
            row.mark_translation(name, language, reviewed=same or key in same_words)
