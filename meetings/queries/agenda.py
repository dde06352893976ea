"""The agenda with its computed times, and the rooms its items may take place in."""

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from core import clock
from meetings.models import AgendaItem, Meeting, MeetingRoom

#: Where no hours are announced, a day longer than this is surely a typing mistake. In minutes.
LONG_DAY = 12 * 60


@dataclass(frozen=True)
class AgendaLine:
    """An agenda item with its computed instants, None where no hour is known.

    `late_by` is by how many minutes the items before it run past the time at which it must begin.
    """

    item: AgendaItem
    starts_at: datetime.datetime | None
    ends_at: datetime.datetime | None
    late_by: int = 0


@dataclass(frozen=True)
class AgendaDay:
    """A day of the agenda; `day` is None for items without one. `over_by` is by how many minutes it is too long."""

    day: datetime.date | None
    lines: list[AgendaLine]
    minutes: int
    over_by: int

    @property
    def is_known(self) -> bool:
        return self.day is not None

    @property
    def mark(self) -> str:
        """A fingerprint of the order of its items, sent back by forms that change it."""
        order = "-".join(str(line.item.pk) for line in self.lines)
        return hashlib.sha256(order.encode()).hexdigest()[:12]


def agenda_days(meeting: Meeting, items: Iterable[AgendaItem]) -> list[AgendaDay]:
    """The days of an agenda whose items come in order, with computed times.

    Items without a day are on the day of the meeting where it has only one.
    """
    days = meeting.days
    groups: dict[datetime.date | None, list[AgendaItem]] = {}
    for item in items:
        groups.setdefault(item.day or (days[0] if len(days) == 1 else None), []).append(item)
    in_order = sorted(groups, key=lambda day: (day is not None, day or datetime.date.min))
    return [_day(meeting, day, groups[day]) for day in in_order]


def _day(meeting: Meeting, day: datetime.date | None, items: list[AgendaItem]) -> AgendaDay:
    opens, closes = _opening_hours(meeting, day)
    lines: list[AgendaLine] = []
    cursor = opens
    for item in items:
        fixed = _instant(day, item.begins_at, meeting.zone)
        late_by = 0
        if fixed is not None:
            late_by = max(0, _minutes(cursor - fixed)) if cursor is not None and lines else 0
            cursor = cursor if late_by else fixed
        ends = cursor + datetime.timedelta(minutes=item.minutes) if cursor is not None else None
        lines.append(AgendaLine(item, cursor, ends, late_by))
        cursor = ends
    minutes = sum(item.minutes for item in items)
    if cursor is not None and closes is not None:
        over_by = max(0, _minutes(cursor - closes))
    else:
        over_by = max(0, minutes - LONG_DAY) if day is not None else 0
    return AgendaDay(day, lines, minutes, over_by)


def _opening_hours(
    meeting: Meeting, day: datetime.date | None
) -> tuple[datetime.datetime | None, datetime.datetime | None]:
    """When a day of the meeting opens and closes: each day at the hour of the first, until the hour of the last."""
    if day is None or meeting.starts_at is None or meeting.ends_at is None:
        return None, None
    zone = clock.zone(meeting.zone)
    first, last = meeting.starts_at.astimezone(zone), meeting.ends_at.astimezone(zone)
    opens = _instant(day, first.time(), meeting.zone)
    closes = _instant(day, last.time(), meeting.zone) if last.time() > first.time() or day == last.date() else None
    if closes is not None and opens is not None and closes <= opens:
        # The last day of a meeting that begins in the afternoon and ends at noon has an opening nobody announced.
        return None, closes
    return opens, closes


def _instant(day: datetime.date | None, local: datetime.time | None, zone: str) -> datetime.datetime | None:
    """An instant that always exists: inside a clock change the later reading is good enough for an agenda."""
    if day is None or local is None:
        return None
    return datetime.datetime.combine(day, local).replace(tzinfo=clock.zone(zone)).astimezone(clock.UTC)


def _minutes(span: datetime.timedelta) -> int:
    return int(span.total_seconds() // 60)


def selectable_rooms(meeting: Meeting) -> list[MeetingRoom]:
    """The rooms among which an agenda item may take place; empty where the meeting has no additional room."""
    additional = list(meeting.additional_rooms.order_by("name"))
    if not additional:
        return []
    return [meeting.room, *additional] if meeting.room else additional
