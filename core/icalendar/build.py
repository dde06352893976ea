"""Builds every calendar. The icalendar package is imported on first use: most pages never need it."""

import datetime
import re
from collections.abc import Iterable
from typing import Any

from core.clock import UTC
from core.icalendar.entry import Entry, Party, Status

PRODUCT = "-//Casa//Portal//{}"
#: RFC 5545 allows no control characters in text but the tab and the line break.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def feed(entries: Iterable[Entry], name: str, language: str) -> bytes:
    """A calendar anybody may read; its bytes change only when an entry does."""
    calendar = _calendar(language)
    for title in ("name", "x-wr-calname"):
        calendar.add(title, _line(name))
    calendar.add("refresh-interval", datetime.timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, entry.revised_at))
    return calendar.to_ical()


def request(entry: Entry, attendee: Party, organizer: Party, now: datetime.datetime, language: str = "es") -> bytes:
    """An invitation, or its change, to one Party: METHOD:REQUEST."""
    return _addressed("REQUEST", entry, entry.status, attendee, organizer, now, language)


def cancel(entry: Entry, attendee: Party, organizer: Party, now: datetime.datetime, language: str = "es") -> bytes:
    """The cancelling of an invitation: METHOD:CANCEL. The service that cancelled has raised the entry's SEQUENCE."""
    return _addressed("CANCEL", entry, Status.CANCELLED, attendee, organizer, now, language)


def _addressed(
    method: str,
    entry: Entry,
    status: Status,
    attendee: Party,
    organizer: Party,
    now: datetime.datetime,
    language: str,
) -> bytes:
    calendar = _calendar(language)
    calendar.add("method", method)
    event = _event(entry, now, status)
    event.add("organizer", _address(organizer))
    # RSVP is false: nobody reads replies by mail, one answers in the portal.
    event.add("attendee", _address(attendee, ROLE="REQ-PARTICIPANT", PARTSTAT="NEEDS-ACTION", RSVP="FALSE"))
    calendar.add_component(event)
    return calendar.to_ical()


def _calendar(language: str) -> Any:
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT.format(language.upper()))
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _event(entry: Entry, stamp: datetime.datetime, status: Status | None = None) -> Any:
    import icalendar

    event = icalendar.Event()
    event.add("uid", _text(entry.uid))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", _second(stamp))
    event.add("last-modified", _second(entry.revised_at))
    event.add("summary", _text(entry.summary))
    for name in ("description", "location"):
        if text := _text(getattr(entry, name)):
            event.add(name, text)
    if entry.url:
        event.add("url", entry.url)
    event.add("status", (status or entry.status).value)
    event.add("transp", "OPAQUE" if entry.busy else "TRANSPARENT")
    if entry.starts_on is not None:
        event.add("dtstart", entry.starts_on)
        event.add("dtend", (entry.ends_on or entry.starts_on) + datetime.timedelta(days=1))
    if entry.starts_at is not None:
        event.add("dtstart", _second(entry.starts_at))
        if entry.ends_at is not None:
            event.add("dtend", _second(entry.ends_at))
    return event


def _address(party: Party, **parameters: str) -> Any:
    import icalendar

    address = icalendar.vCalAddress(f"mailto:{party.address}")
    if party.name:
        # A double quote cannot stand in a parameter value (RFC 5545, 3.2).
        parameters["CN"] = _line(party.name).replace('"', "'")
    for name, value in parameters.items():
        address.params[name] = value
    return address


def _text(value: object) -> str:
    return _CONTROL.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n")).strip()


def _line(value: object) -> str:
    return " ".join(_text(value).split())


def _second(moment: datetime.datetime) -> datetime.datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
