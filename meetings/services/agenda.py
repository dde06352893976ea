"""The agenda: flat and in order, each item with its minutes."""

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import journal
from core.errors import Conflict, Incomplete, NotNow
from core.records import services as records
from meetings.documents import programme
from meetings.models import AgendaItem, MinutesPart, Paper
from meetings.services.common import OF_AN_ITEM, locked, needs_words, same_mark, write_words
from meetings.states import MeetingState

CLOSED = frozenset({MeetingState.PUBLISHED, MeetingState.CANCELLED})
MOST = 200


@transaction.atomic
def add_item(
    meeting,
    *,
    titles,
    language,
    kind,
    minutes,
    day,
    begins_at,
    presenter,
    note,
    visibility,
    actor,
    now,
    subject="",
    room=None,
):
    """Put a point at the end of its day. Returns the AgendaItem."""
    meeting = _open(meeting)
    if meeting.agenda.count() >= MOST:
        raise NotNow(_("An agenda can have at most 200 items."))
    item = AgendaItem(meeting=meeting, position=_last(meeting, day) + 1)
    _write(item, titles, language, kind, minutes, day, begins_at, presenter, note, visibility, subject, room)
    _noted(meeting, "agenda_item_added", item, actor, now)
    return item


@transaction.atomic
def copy_items(meeting, items, *, actor, now):
    """Put points of an earlier meeting's agenda on this one, at the end of the day of the same number; where it has no
    such day, on none. Their notes and hours stay behind: they were of that meeting. Returns how many.

    Raises Incomplete where nothing is chosen, NotNow where they would be too many.
    """
    meeting = _open(meeting)
    items = list(items)
    if not items:
        raise Incomplete({"items": _("Choose what to copy.")})
    if meeting.agenda.count() + len(items) > MOST:
        raise NotNow(_("An agenda can have at most 200 items."))
    for item in items:
        days = item.meeting.days
        place = days.index(item.day) if item.day in days else None
        day = meeting.days[place] if place is not None and place < len(meeting.days) else None
        copy = AgendaItem(
            meeting=meeting, position=_last(meeting, day) + 1, day=day, kind=item.kind, minutes=item.minutes,
            presenter=item.presenter, visibility=item.visibility, subject=item.subject, source_language=item.source_language,
            translation_marks=item.translation_marks,
            **{f"title_{code}": getattr(item, f"title_{code}") for code in settings.CONTENT_LANGUAGES},
        )  # fmt: skip
        copy.save()
    records.touch(meeting.code)
    journal.record(actor, "agenda_copied", meeting.code, now, items=len(items), source=items[0].meeting.code)
    return len(items)


@transaction.atomic
def import_items(meeting, rows, *, actor, now):
    """Add many points, all or none: `rows` are values as `add_item` takes them. Returns how many."""
    for values in rows:
        add_item(meeting, actor=actor, now=now, **values)
    return len(rows)


@transaction.atomic
def change_item(
    item,
    *,
    titles,
    language,
    kind,
    minutes,
    day,
    begins_at,
    presenter,
    note,
    visibility,
    actor,
    now,
    subject="",
    room=None,
    seen=None,
):
    """Correct a point; on another day it goes to the end of that day. Raises Conflict, carrying it as it stands, where
    `seen`, the mark of what the writer saw, is another by now."""
    meeting = _open(item.meeting)
    item = AgendaItem.objects.select_for_update().filter(pk=item.pk).first()
    if item is None:
        raise NotNow(_("This item is no longer on the agenda."))
    same_mark(item, OF_AN_ITEM, seen)
    if day != item.day:
        item.position = _last(meeting, day) + 1
    _write(item, titles, language, kind, minutes, day, begins_at, presenter, note, visibility, subject, room)
    _noted(meeting, "agenda_item_changed", item, actor, now)
    return item


@transaction.atomic
def place_item(item, place, *, actor, now, seen=None):
    """Put a point at a place (0: the first) among those it is read with on its day; past an edge it stays there.

    `seen` is the mark of the order that the writer had before their eyes. Raises Conflict, and moves nothing, where it is
    another by now. Returns whether it moved.
    """
    meeting = _open(item.meeting)
    days = programme(meeting, meeting.agenda.in_order())
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
    _noted(meeting, "agenda_item_moved", item, actor, now)
    return True


@transaction.atomic
def remove_item(item, actor, now):
    """Take a point off; what was decided under it stays with the meeting."""
    meeting = _open(item.meeting)
    if MinutesPart.objects.filter(item=item).exists():
        raise NotNow(_("This item already has minutes: it stays on the agenda."))
    if Paper.objects.filter(item=item).exists():
        raise NotNow(_("This item has papers: remove them first."))
    _noted(meeting, "agenda_item_removed", item, actor, now)
    AgendaItem.objects.filter(pk=item.pk).delete()


def rooms_of(meeting):
    """The rooms among which a point of its agenda may take place: more than one, or none to choose from."""
    beside = list(meeting.rooms_beside.order_by("name"))
    return [*filter(None, [meeting.room_kept]), *beside] if beside else []


def _open(meeting):
    meeting = locked(meeting)
    if meeting.state in CLOSED:
        raise NotNow(_("The agenda of a published or cancelled meeting can no longer change."))
    return meeting


def _last(meeting, day):
    return meeting.agenda.filter(day=day).aggregate(last=Max("position"))["last"] or 0


def _write(item, titles, language, kind, minutes, day, begins_at, presenter, note, visibility, subject, room):
    missing = needs_words(language, "title", titles, _("Give it a title in its official language."))
    if day is not None and day not in item.meeting.days:
        missing["day"] = _("That is not a day of this meeting.")
    if room is not None and room not in rooms_of(item.meeting):
        missing["room"] = _("This meeting does not have that room.")
    if missing:
        raise Incomplete(missing)
    write_words(item, language, title=titles)
    item.kind, item.minutes, item.day, item.begins_at = kind, minutes, day, begins_at
    item.presenter, item.note, item.visibility, item.subject = presenter, note, visibility, subject
    item.room = room
    item.save()


def _noted(meeting, verb, item, actor, now):
    records.touch(meeting.code)
    journal.record(actor, verb, meeting.code, now, item=item.pk)
