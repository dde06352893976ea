"""The agenda: one flat ordered list of items, each with its duration in minutes."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from core import journal
from core.errors import Conflict, Incomplete, NotNow
from core.locks import lock
from core.records import services as records
from meetings.models import AgendaItem, Meeting, MeetingRoom, MinutesPart, Paper
from meetings.models.translations import set_translations
from meetings.queries.agenda import agenda_days, selectable_rooms
from meetings.queries.fingerprints import AGENDA_ITEM
from meetings.queries.translations import missing_official_text
from meetings.services.conflicts import check_fingerprint
from meetings.states import MeetingState
from organizations.models import Organization

CLOSED = frozenset({MeetingState.PUBLISHED, MeetingState.CANCELLED})
MOST_ITEMS = 200


@dataclass(frozen=True)
class ItemContent:
    """What an agenda item says. `titles` is {language: title}; `begins_at` an hour in the meeting's zone."""

    titles: Mapping[str, str]
    language: str
    kind: str
    minutes: int
    visibility: str
    day: datetime.date | None = None
    begins_at: datetime.time | None = None
    presenter: Organization | None = None
    room: MeetingRoom | None = None
    subject: str = ""
    note: str = ""


@transaction.atomic
def add_item(meeting: Meeting, *, content: ItemContent, actor: User | None, now: datetime.datetime) -> AgendaItem:
    """Add an item at the end of its day. Returns the AgendaItem.

    Raises NotNow where the agenda is closed or full, Incomplete for a missing title or another meeting's day or room.
    """
    meeting = _lock_open(meeting)
    if meeting.agenda.count() >= MOST_ITEMS:
        raise NotNow(_("An agenda can have at most 200 items."))
    item = AgendaItem(meeting=meeting, position=_last_position(meeting, content.day) + 1)
    _write(item, content)
    _record(meeting, "agenda_item_added", item, actor, now)
    return item


@transaction.atomic
def copy_items(meeting: Meeting, *, items: Iterable[AgendaItem], actor: User | None, now: datetime.datetime) -> int:
    """Copy items of an earlier meeting to the end of the day of the same number, or to none where there is no such day.

    Notes and fixed times are not copied: they were about that meeting. Returns how many were copied.
    Raises Incomplete where nothing is chosen, NotNow where they would be too many.
    """
    meeting = _lock_open(meeting)
    items = list(items)
    if not items:
        raise Incomplete({"items": _("Choose what to copy.")})
    if meeting.agenda.count() + len(items) > MOST_ITEMS:
        raise NotNow(_("An agenda can have at most 200 items."))
    for item in items:
        day = _same_day_of(meeting, item)
        AgendaItem.objects.create(
            meeting=meeting,
            position=_last_position(meeting, day) + 1,
            day=day,
            kind=item.kind,
            minutes=item.minutes,
            presenter=item.presenter,
            visibility=item.visibility,
            subject=item.subject,
            source_language=item.source_language,
            translation_marks=item.translation_marks,
            **{f"title_{code}": getattr(item, f"title_{code}") for code in settings.CONTENT_LANGUAGES},
        )
    records.touch(meeting.code)
    journal.record(actor, "agenda_copied", meeting.code, now, items=len(items), source=items[0].meeting.code)
    return len(items)


def _same_day_of(meeting: Meeting, item: AgendaItem) -> datetime.date | None:
    """The day of this meeting with the same number as the day of an item of another meeting."""
    days = item.meeting.days
    if item.day not in days:
        return None
    number = days.index(item.day)
    return meeting.days[number] if number < len(meeting.days) else None


@transaction.atomic
def import_items(
    meeting: Meeting, *, contents: Sequence[ItemContent], actor: User | None, now: datetime.datetime
) -> int:
    """Add many items, all or none. Returns how many. Raises what `add_item` raises."""
    for content in contents:
        add_item(meeting, content=content, actor=actor, now=now)
    return len(contents)


@transaction.atomic
def change_item(
    item: AgendaItem,
    *,
    content: ItemContent,
    seen: str | None = None,
    actor: User | None,
    now: datetime.datetime,
) -> AgendaItem:
    """Change an item; on another day it goes to the end of that day. Returns the AgendaItem.

    Raises Conflict where `seen`, the fingerprint of what the writer saw, is no longer true, NotNow where the item is
    removed or the agenda closed, Incomplete as `add_item` does.
    """
    meeting = _lock_open(item.meeting)
    item = _lock_item(item)
    check_fingerprint(item, AGENDA_ITEM, seen)
    if content.day != item.day:
        item.position = _last_position(meeting, content.day) + 1
    _write(item, content)
    _record(meeting, "agenda_item_changed", item, actor, now)
    return item


@transaction.atomic
def place_item(
    item: AgendaItem, *, place: int, seen: str | None = None, actor: User | None, now: datetime.datetime
) -> bool:
    """Move an item to a place (0: the first) among those of its day, at most to an end. Returns whether it moved.

    Raises Conflict, carrying the day, where its order is no longer the one with the mark `seen`; nothing moves then.
    """
    meeting = _lock_open(item.meeting)
    days = agenda_days(meeting, meeting.agenda.in_order())
    day = next((day for day in days if any(line.item.pk == item.pk for line in day.lines)), None)
    if day is None:
        raise NotNow(_("This item is no longer on the agenda."))
    if seen is not None and seen != day.mark:
        raise Conflict(
            day,
            _("Somebody else has changed the order of this day meanwhile. This is the order now; nothing was moved."),
        )
    rows = [line.item for line in day.lines]
    here = next(n for n, row in enumerate(rows) if row.pk == item.pk)
    moved = rows.pop(here)
    rows.insert(min(max(place, 0), len(rows)), moved)
    if rows[here] is moved:
        return False
    for position, row in enumerate(rows, 1):
        row.position, row.day = position, day.day
    AgendaItem.objects.bulk_update(rows, ["position", "day"])
    _record(meeting, "agenda_item_moved", item, actor, now)
    return True


@transaction.atomic
def remove_item(item: AgendaItem, *, actor: User | None, now: datetime.datetime) -> None:
    """Remove an item; decisions recorded under it stay with the meeting.

    Raises NotNow where it has minutes or papers, or the agenda is closed.
    """
    meeting = _lock_open(item.meeting)
    if MinutesPart.objects.filter(item=item).exists():
        raise NotNow(_("This item already has minutes: it stays on the agenda."))
    if Paper.objects.filter(item=item).exists():
        raise NotNow(_("This item has papers: remove them first."))
    _record(meeting, "agenda_item_removed", item, actor, now)
    AgendaItem.objects.filter(pk=item.pk).delete()


def _lock_open(meeting: Meeting) -> Meeting:
    meeting = lock(meeting)
    if meeting.state in CLOSED:
        raise NotNow(_("The agenda of a published or cancelled meeting can no longer change."))
    return meeting


def _lock_item(item: AgendaItem) -> AgendaItem:
    try:
        return lock(item, "meeting")
    except AgendaItem.DoesNotExist as error:
        raise NotNow(_("This item is no longer on the agenda.")) from error


def _last_position(meeting: Meeting, day: datetime.date | None) -> int:
    return meeting.agenda.filter(day=day).aggregate(last=Max("position"))["last"] or 0


def _write(item: AgendaItem, content: ItemContent) -> None:
    missing = missing_official_text(
        content.language, "title", content.titles, _("Give it a title in its official language.")
    )
    if content.day is not None and content.day not in item.meeting.days:
        missing["day"] = _("That is not a day of this meeting.")
    if content.room is not None and content.room not in selectable_rooms(item.meeting):
        missing["room"] = _("This meeting does not have that room.")
    if missing:
        raise Incomplete(missing)
    set_translations(item, content.language, title=content.titles)
    for name in ("kind", "minutes", "day", "begins_at", "presenter", "room", "subject", "note", "visibility"):
        setattr(item, name, getattr(content, name))
    item.save()


def _record(meeting: Meeting, verb: str, item: AgendaItem, actor: User | None, now: datetime.datetime) -> None:
    records.touch(meeting.code)
    journal.record(actor, verb, meeting.code, now, item=item.pk)
