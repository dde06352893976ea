"""Meetings on calendars and in mail: calendar entries, and dates in words."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, dates
from core.dates import instant_words
from core.icalendar.entry import Entry, Status
from core.text import shown
from meetings.models import Meeting, PollOption
from meetings.states import MeetingState


def dates_in_words(meeting: Meeting, zone: str = "") -> str:
    """The hours of a meeting, in the language in force: `jueves 22 de enero de 2026, 09:30, Montevideo
    (UTC−3) – …`; empty where it has none. `zone` is another zone than the announced one, such as the reader's own."""
    if meeting.starts_at is None or meeting.ends_at is None:
        return ""
    return _hours_in_words(meeting.starts_at, meeting.ends_at, zone or meeting.zone)


def _hours_in_words(starts_at: datetime.datetime, ends_at: datetime.datetime, zone: str) -> str:
    first, last = starts_at.astimezone(clock.zone(zone)), ends_at.astimezone(clock.zone(zone))
    if first.date() == last.date():
        return _("%(start)s, until %(end)s") % {"start": instant_words(starts_at, zone), "end": f"{last:%H:%M}"}
    return f"{instant_words(starts_at, zone)} – {instant_words(ends_at, zone)}"


def option_in_words(option: PollOption, zone: str, own_zone: str = "") -> str:
    """An option of a date poll in the language in force: its days, or its hours in the announced zone and, where it is
    another hour there, in the reader's own zone."""
    if option.starts_at is None or option.ends_at is None:
        return dates.span(option.starts_on, option.ends_on)
    announced = _hours_in_words(option.starts_at, option.ends_at, zone)
    here, there = (option.starts_at.astimezone(clock.zone(name)) for name in (zone, own_zone or zone))
    if here.utcoffset() == there.utcoffset():
        return announced
    if here.date() != there.date():
        return f"{announced} · {_hours_in_words(option.starts_at, option.ends_at, own_zone)}"
    ends = option.ends_at.astimezone(clock.zone(own_zone))
    hours = _("%(start)s to %(end)s, your time") % {"start": f"{there:%H:%M}", "end": f"{ends:%H:%M}"}
    return f"{announced} · {hours}"


def calendar_entry(meeting: Meeting, language: str, with_link: bool = False) -> Entry | None:
    """The calendar entry of a meeting in an interface language; None where neither days nor hours are known.

    The address for remote participation (`with_link`) is only for those who are invited.
    """
    if meeting.starts_at is None and not meeting.days:
        return None
    status = {MeetingState.CANCELLED: Status.CANCELLED, MeetingState.PLANNED: Status.TENTATIVE}
    with translation.override(language):
        page = settings.CASA_ORIGIN + meeting.get_absolute_url()
        lines = [dates_in_words(meeting), meeting.get_mode_display()]
        if with_link and meeting.link:
            lines.append(_("To take part remotely: %(address)s") % {"address": meeting.link})
        if meeting.cancelled_because:
            lines.append(_("Cancelled: %(reason)s") % {"reason": meeting.cancelled_because})
        hours = {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at}
        days = {"starts_on": meeting.starts_on, "ends_on": meeting.ends_on}
        return Entry(
            uid=meeting.uid,
            sequence=meeting.sequence,
            revised_at=meeting.revised_at,
            summary=shown(meeting, "title", language).value or meeting.code,
            description="\n".join([*filter(None, lines), meeting.code, page]),
            location=meeting.location,
            url=page,
            status=status.get(MeetingState(meeting.state), Status.CONFIRMED),
            **(hours if meeting.has_hours else days),
        )


@dataclass(frozen=True)
class Calendar:
    """Entries, and when any of them last changed: None where there are none."""

    entries: list[Entry]
    changed_at: datetime.datetime | None


def calendar_of(user: User | AnonymousUser, now: datetime.datetime, language: str, with_link: bool = False) -> Calendar:
    """The entries of all meetings this reader can see, cancelled ones included, planned ones not. One query.

    A meeting that is hidden again is no entry any more, but its change counts: its readers' calendars must fetch it.
    """
    entries, changed_at = [], None
    for meeting in Meeting.objects.on_calendars(user, now).select_related("room"):
        changed_at = max(filter(None, (changed_at, meeting.revised_at)))
        if meeting.is_seen and (entry := calendar_entry(meeting, language, with_link)):
            entries.append(entry)
    return Calendar(entries, changed_at)
