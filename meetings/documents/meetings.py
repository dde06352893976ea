"""What a meeting looks like on a calendar and on paper: its entry, and its agenda with computed times."""

import datetime
import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock, dates
from core.dates import instant_words
from core.icalendar.entry import Entry, Status
from core.text import shown
from meetings.models import Meeting
from meetings.states import MeetingState

#: Where no hours are announced, a day of more than this is surely a slip of the pen.
LONG_DAY = 12 * 60


def when_words(meeting, zone=""):
    """`jueves 22 de enero de 2026, 09:30, Montevideo (UTC−3) – …`, in the language in force; for mail and calendars.

    Only of meetings with hours; `zone` is another in which to say it, such as the reader's own.
    """
    zone = zone or meeting.zone
    first, last = meeting.starts_at.astimezone(clock.zone(zone)), meeting.ends_at.astimezone(clock.zone(zone))
    if first.date() == last.date():
        return _("%(start)s, until %(end)s") % {"start": instant_words(meeting.starts_at, zone), "end": f"{last:%H:%M}"}
    return f"{instant_words(meeting.starts_at, zone)} – {instant_words(meeting.ends_at, zone)}"


def entry_of(meeting, language, with_link=False):
    """The calendar Entry of a meeting, in an interface language; the address for taking part from afar is only for
    those who were called. None where neither days nor hours are known."""
    if meeting.starts_at is None and not meeting.days:
        return None
    status = {MeetingState.CANCELLED: Status.CANCELLED, MeetingState.PLANNED: Status.TENTATIVE}
    with translation.override(language):
        page = settings.CASA_ORIGIN + meeting.get_absolute_url()
        lines = [when_words(meeting)] if meeting.has_hours else []
        lines.append(meeting.get_mode_display())
        if with_link and meeting.link:
            lines.append(_("To take part remotely: %(address)s") % {"address": meeting.link})
        if meeting.cancelled_because:
            lines.append(_("Cancelled: %(reason)s") % {"reason": meeting.cancelled_because})
        hours = {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at}
        days = {"starts_on": meeting.starts_on, "ends_on": meeting.ends_on}
        return Entry(
            uid=meeting.uid, sequence=meeting.sequence, revised_at=meeting.revised_at,
            summary=shown(meeting, "title", language).value or meeting.code,
            description="\n".join([*filter(None, lines), meeting.code, page]),
            location=meeting.location, url=page, status=status.get(meeting.state, Status.CONFIRMED),
            **(hours if meeting.has_hours else days),
        )  # fmt: skip


def entries(user, now, language, with_link=False):
    """([Entry] of all meetings this reader may know of, cancelled ones included, when any of them last changed). One
    query. A meeting that was taken in again is no entry any more, but its change counts: who comes back must see it.
    Planned ones are nobody's dates yet.
    """
    found, changed_at = [], None
    for meeting in Meeting.objects.on_calendars(user, now).select_related("room_kept"):
        changed_at = max(filter(None, (changed_at, meeting.revised_at)))
        if meeting.is_seen and (entry := entry_of(meeting, language, with_link)):
            found.append(entry)
    return found, changed_at


@dataclass(frozen=True)
class Line:
    """An agenda item with its computed instants (None where no hour is known) and by how many minutes what stands
    before it runs past the hour at which it must begin."""

    item: object
    starts_at: datetime.datetime | None
    ends_at: datetime.datetime | None
    late_by: int = 0


@dataclass(frozen=True)
class Day:
    """A day of the agenda; `day` is None for items without one. `over_by` are the minutes it runs too long."""

    day: datetime.date | None
    lines: list
    minutes: int
    over_by: int

    @property
    def is_known(self):
        return self.day is not None

    @property
    def mark(self):
        """Tells this order from another: what somebody saw before they moved something."""
        said = "-".join(str(line.item.pk) for line in self.lines)
        return hashlib.sha256(said.encode()).hexdigest()[:12]


def programme(meeting, items):
    """[Day] of agenda items in order, with computed times; items without a day stand on a one-day meeting's day."""
    days = meeting.days
    groups = {}
    for item in items:
        groups.setdefault(item.day or (days[0] if len(days) == 1 else None), []).append(item)
    return [_day(meeting, day, groups[day]) for day in sorted(groups, key=lambda day: (day is not None, day))]


def _day(meeting, day, items):
    opens, closes = _hours(meeting, day)
    lines, cursor = [], opens
    for item in items:
        fixed = _instant(day, item.begins_at, meeting.zone)
        late_by = 0
        if fixed is not None:
            late_by = max(0, _minutes(cursor - fixed)) if cursor is not None and lines else 0
            cursor = max(fixed, cursor) if late_by else fixed
        ends = cursor + datetime.timedelta(minutes=item.minutes) if cursor is not None else None
        lines.append(Line(item, cursor, ends, late_by))
        cursor = ends
    minutes = sum(item.minutes for item in items)
    if cursor is not None and closes is not None:
        over_by = max(0, _minutes(cursor - closes))
    else:
        over_by = max(0, minutes - LONG_DAY) if day is not None else 0
    return Day(day, lines, minutes, over_by)


def _hours(meeting, day):
    """When a day of the meeting opens and closes: every day at the hour of the first and of the last."""
    if day is None or not meeting.has_hours:
        return None, None
    place = clock.zone(meeting.zone)
    first, last = meeting.starts_at.astimezone(place), meeting.ends_at.astimezone(place)
    opens = _instant(day, first.time(), meeting.zone)
    closes = _instant(day, last.time(), meeting.zone) if last.time() > first.time() or day == last.date() else None
    if closes is not None and closes <= opens:
        # The last day of a meeting that begins in the afternoon and ends at noon has an opening nobody announced.
        return None, closes
    return opens, closes


def _instant(day, local, zone):
    """An instant that always exists: inside a clock change the later reading is good enough for a programme."""
    if day is None or local is None:
        return None
    return datetime.datetime.combine(day, local).replace(tzinfo=clock.zone(zone)).astimezone(clock.UTC)


def _minutes(span):
    return int(span.total_seconds() // 60)


def option_words(option, zone, theirs=""):
    """An option of a date poll in words: its days, or its hours in the announced zone and, where it is another hour
    there, in the reader's."""
    if option.starts_at is None:
        return dates.span(option.starts_on, option.ends_on)
    told = when_words(_Hours(option.starts_at, option.ends_at, zone))
    here, there = (option.starts_at.astimezone(clock.zone(name)) for name in (zone, theirs or zone))
    if here.utcoffset() == there.utcoffset():
        return told
    if here.date() != there.date():
        return f"{told} · {when_words(_Hours(option.starts_at, option.ends_at, theirs))}"
    ends = option.ends_at.astimezone(clock.zone(theirs))
    hours = _("%(start)s to %(end)s, your time") % {"start": f"{there:%H:%M}", "end": f"{ends:%H:%M}"}
    return f"{told} · {hours}"


@dataclass(frozen=True)
class _Hours:
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    zone: str
