"""The minutes as they are read: parts in the order of the agenda, versions with what changed, who is named in them."""

import datetime
import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Prefetch, Subquery
from django.utils.translation import gettext as _

from accounts.models import User
from core.differences import Piece, compare
from core.text import shown
from meetings.models import AgendaItem, Meeting, Minutes, MinutesComment, MinutesPart, MinutesRevision
from organizations.models import Mandate, Person

#: Versions of one writer that follow one another within these seconds count as one: the page saves by itself.
ONE_SITTING = 600


@dataclass(frozen=True)
class Part:
    """A part for its readers: `row` is the MinutesPart, or None where nothing is written under `item` yet."""

    row: MinutesPart | None
    item: AgendaItem | None
    body: str
    number: int
    comments: tuple[MinutesComment, ...] = ()

    @property
    def title(self) -> str:
        return shown(self.item, "title").value if self.item else _("General")


def visible_parts(
    meeting: Meeting, items: Iterable[AgendaItem], user: User | AnonymousUser, now: datetime.datetime
) -> list[Part]:
    """The parts this reader can see, one for each of `items` and the general one. Three queries however many."""
    newest = MinutesRevision.objects.filter(part=OuterRef("pk")).order_by("-number")
    comments = Prefetch("comments", MinutesComment.objects.select_related("organization"))
    rows = MinutesPart.objects.visible_to(user, now).filter(minutes__meeting=meeting).prefetch_related(comments)
    rows = rows.annotate(body=Subquery(newest.values("body")[:1]), number=Subquery(newest.values("number")[:1]))
    by_item = {row.item_id: row for row in rows}
    parts = []
    for item in [*items, None]:
        row = by_item.get(item.pk if item else None)
        if row is None:
            parts.append(Part(None, item, "", 0))
        else:
            parts.append(Part(row, item, row.body or "", row.number or 0, tuple(row.comments.all())))
    return parts


def part_of_item(meeting: Meeting, item: AgendaItem | None) -> MinutesPart | None:
    """The part of an agenda item (None: of the meeting in general), or None where nothing is written yet."""
    return MinutesPart.objects.filter(minutes__meeting=meeting, item=item).select_related("minutes").first()


@dataclass(frozen=True)
class Version:
    """A version in the history of a part: who wrote it, and what changed since the one before."""

    number: int
    written_at: datetime.datetime
    author: str
    restores: int | None
    body: str
    pieces: list[Piece]


def part_history(part: MinutesPart) -> list[Version]:
    """The versions of a part, newest first; what one person wrote in one sitting counts as its last version."""
    rows = list(part.revisions.order_by("number"))
    listed = [
        row for row, later in itertools.zip_longest(rows, rows[1:]) if later is None or not _same_sitting(row, later)
    ]
    names = _author_names({row.author for row in listed})
    versions, before = [], ""
    for row in listed:
        author = names.get(row.author, "")
        versions.append(Version(row.number, row.written_at, author, row.restores, row.body, compare(before, row.body)))
        before = row.body
    return versions[::-1]


def _same_sitting(row: MinutesRevision, later: MinutesRevision) -> bool:
    near = (later.written_at - row.written_at).total_seconds() <= ONE_SITTING
    return near and row.author == later.author and later.restores is None and row.restores is None


def _author_names(keys: set[str]) -> dict[str, str]:
    """The names of those who can still be named, {opaque key: name}; people who were erased are not among them."""
    users = User.objects.filter(journal_key__in=[key for key in keys if key]).select_related("person")
    return {str(user.journal_key): user.person.name for user in users if getattr(user, "person", None)}


def names_in(meeting: Meeting, body: str) -> list[str]:
    """The names in a text that must not name anybody: organisations, those who speak for them, those recorded as
    present."""
    mandates = Mandate.objects.on(meeting.starts_on).filter(organization__kind="member").select_related("organization")
    names = set(mandates.values_list("organization__acronym", flat=True))
    names |= set(meeting.attendances.values_list("organization__acronym", flat=True))
    people = Person.objects.filter(pk__in=mandates.values("person"))
    people |= Person.objects.filter(attendances__meeting=meeting)
    names |= set(people.values_list("name", flat=True))
    return sorted(name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", body, re.IGNORECASE))


def circulation_blockers(minutes: Minutes) -> list[str]:
    """What must be put right before the minutes can be circulated, as sentences; empty when nothing must."""
    blockers, is_written = [], False
    for part in minutes.parts.in_order().select_related("item", "minutes__meeting"):
        newest = part.revisions.order_by("-number").first()
        is_written |= bool(newest and newest.body)
        if newest and part.names_nobody and (names := names_in(minutes.meeting, newest.body)):
            title = part.item.title if part.item else _("General")
            values = {"part": title, "names": ", ".join(names)}
            blockers.append(_("“%(part)s” is under the Chatham House rule and names %(names)s.") % values)
    return blockers if is_written else [_("Nothing is written yet.")]
