"""The minutes as they are read: parts in the order of the agenda, versions with what changed, Markdown."""

import itertools
import re
from dataclasses import dataclass

from django.conf import settings
from django.db.models import OuterRef, Prefetch, Subquery
from django.utils.translation import gettext as _

from accounts.models import User
from core.differences import compare
from core.text import shown
from meetings.models import MinutesComment, MinutesPart, MinutesRevision
from organizations.models import Mandate, Person

#: Versions of one writer that follow one another within these seconds are told as one: the page saves by itself.
ONE_SITTING = 600


@dataclass(frozen=True)
class Part:
    """A part for its readers: `row` is the MinutesPart, or None where nothing is written under `item` yet."""

    row: MinutesPart | None
    item: object
    body: str
    number: int
    comments: tuple = ()

    @property
    def title(self):
        return shown(self.item, "title").value if self.item else _("General")


def read_minutes(meeting, items, user, now):
    """[Part] of those this reader may see, one for each of `items` and the general one; three queries however many."""
    newest = MinutesRevision.objects.filter(part=OuterRef("pk")).order_by("-number")
    comments = Prefetch("comments", MinutesComment.objects.select_related("organization"))
    rows = MinutesPart.objects.visible_to(user, now).filter(minutes__meeting=meeting).prefetch_related(comments)
    rows = rows.annotate(body=Subquery(newest.values("body")[:1]), number=Subquery(newest.values("number")[:1]))
    known = {row.item_id: row for row in rows}
    return [_part(known.get(item.pk if item else None), item) for item in [*items, None]]


def _part(row, item):
    if row is None:
        return Part(None, item, "", 0)
    return Part(row, item, row.body or "", row.number or 0, tuple(row.comments.all()))


@dataclass(frozen=True)
class Version:
    """A version as its history tells it: who wrote it last, and what it changed from the one told before."""

    number: int
    written_at: object
    author: str
    restores: int | None
    body: str
    pieces: list


def history(part):
    """[Version], newest first; what one person wrote in one sitting is told as its last version."""
    rows = list(part.revisions.order_by("number"))
    told = [
        row for row, later in itertools.zip_longest(rows, rows[1:]) if later is None or not _same_sitting(row, later)
    ]
    names = names_of({row.author for row in told})
    found, before = [], ""
    for row in told:
        found.append(Version(
            row.number, row.written_at, names.get(row.author, ""), row.restores, row.body, compare(before, row.body)
        ))  # fmt: skip
        before = row.body
    return found[::-1]


def _same_sitting(row, later):
    near = (later.written_at - row.written_at).total_seconds() <= ONE_SITTING
    return near and row.author == later.author and later.restores is None and row.restores is None


def names_of(keys):
    """{opaque key: name} of those who can still be named; whoever was erased is not among them."""
    found = User.objects.filter(journal_key__in=[key for key in keys if key]).select_related("person")
    return {str(user.journal_key): user.person.name for user in found if getattr(user, "person", None)}


def named_in(meeting, body):
    """[name] that a text without names must not contain: the organisations, and the people who speak for them or are
    noted as present."""
    day = meeting.starts_on
    held = Mandate.objects.on(day).filter(organization__kind="member").select_related("organization")
    acronyms = set(held.values_list("organization__acronym", flat=True))
    acronyms |= set(meeting.attendances.values_list("organization__acronym", flat=True))
    people = Person.objects.filter(pk__in=held.values("person")) | Person.objects.filter(attendances__meeting=meeting)
    names = acronyms | set(people.values_list("name", flat=True))
    return sorted(name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", body, re.IGNORECASE))


def as_markdown(minutes, parts):
    """CommonMark of the parts given, with the address of the minutes at the head."""
    lines = [f"# {_('Minutes')}: {minutes.meeting.code} {shown(minutes.meeting, 'title').value}", ""]
    lines += [f"{minutes.get_state_display().capitalize()} · {settings.CASA_ORIGIN}{minutes.get_absolute_url()}", ""]
    for part in parts:
        if part.body:
            lines += [f"## {' '.join(part.title.split())}", "", part.body, ""]
    return "\n".join(lines).strip() + "\n"
