"""Readers of calendars that are not ours, each to the same rows: {uid: Read}.

`icalendar` and `ical` (strict) from Python, `vobject` in a fresh process for each file (its registry of zones is one for
the whole process), and Debian's `libical`, which also knows which properties RFC 5546 demands of each METHOD.
"""

import ctypes
import ctypes.util
import datetime
import functools
import json
import os
import subprocess
import sys
from dataclasses import dataclass

import icalendar
import pytest
from ical.calendar_stream import IcsCalendarStream


@dataclass(frozen=True)
class Read:
    """An event as a reader understood it; `end` is None where there is none."""

    start: object
    end: object
    summary: str
    sequence: int
    status: str


def with_icalendar(body):
    found = {}
    for event in icalendar.Calendar.from_ical(body).walk("VEVENT"):
        end = event["dtend"].dt if "dtend" in event else None
        facts = str(event["summary"]), int(event["sequence"]), str(event["status"])
        found[str(event["uid"])] = Read(event["dtstart"].dt, end, *facts)
    return found


def with_ical(body):
    calendar = IcsCalendarStream.calendar_from_ics(body.decode())
    return {
        event.uid: Read(event.dtstart, event.dtend, event.summary, event.sequence, str(event.status.value))
        for event in calendar.events
    }


VOBJECT = """
import json, sys, vobject
found = []
for event in vobject.readOne(sys.stdin.buffer.read().decode()).vevent_list:
    end = getattr(event, "dtend", None)
    found.append([event.uid.value, event.dtstart.value.isoformat(), end and end.value.isoformat(),
                  event.summary.value, int(event.sequence.value), event.status.value])
print(json.dumps(found))
"""


def with_vobject(body):
    done = subprocess.run([sys.executable, "-c", VOBJECT], input=body, capture_output=True, check=True)
    return {uid: Read(_moment(start), _moment(end), *rest) for uid, start, end, *rest in json.loads(done.stdout)}


def _moment(words):
    if words is None:
        return None
    return datetime.datetime.fromisoformat(words) if "T" in words else datetime.date.fromisoformat(words)


class _Time(ctypes.Structure):
    """`struct icaltimetype` of libical 3."""

    _fields_ = [(name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")] + [
        ("is_date", ctypes.c_int),
        ("is_daylight", ctypes.c_int),
        ("zone", ctypes.c_void_p),
    ]


@functools.cache
def _libical():
    path = ctypes.util.find_library("ical") or "libical.so.3"
    try:
        library = ctypes.CDLL(path)
    except OSError:
        return None
    pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    for name, takes, gives in (
        ("icalparser_parse_string", [text], pointer),
        ("icalcomponent_string_to_kind", [text], number),
        ("icalcomponent_get_first_component", [pointer, number], pointer),
        ("icalcomponent_get_next_component", [pointer, number], pointer),
        ("icalcomponent_get_dtstart", [pointer], _Time),
        ("icalcomponent_get_dtend", [pointer], _Time),
        ("icalcomponent_get_uid", [pointer], text),
        ("icalcomponent_get_summary", [pointer], text),
        ("icalcomponent_get_sequence", [pointer], number),
        ("icalcomponent_get_status", [pointer], number),
        ("icalproperty_status_to_string", [number], text),
        ("icalcomponent_count_errors", [pointer], number),
        ("icalcomponent_as_ical_string", [pointer], text),
        ("icalcomponent_free", [pointer], None),
        ("icalrestriction_check", [pointer], number),
        ("icaltime_is_utc", [_Time], number),
        ("icaltime_is_null_time", [_Time], number),
    ):
        function = getattr(library, name)
        function.argtypes, function.restype = takes, gives
    return library


def libical():
    """Debian's libical; outside CI its absence skips, in CI it fails: a skip must not hide a missing reader."""
    found = _libical()
    if found is None:
        reason = "libical3 is not installed (apt-get install libical3)"
        pytest.fail(reason) if os.environ.get("CASA_CI") else pytest.skip(reason)
    return found


def with_libical(body):
    library, found = libical(), {}
    root = library.icalparser_parse_string(body)
    assert root and library.icalcomponent_count_errors(root) == 0
    kind = library.icalcomponent_string_to_kind(b"VEVENT")
    event = library.icalcomponent_get_first_component(root, kind)
    while event:
        found[library.icalcomponent_get_uid(event).decode()] = Read(
            _time(library, library.icalcomponent_get_dtstart(event)),
            # Where no end is written libical gives the beginning again.
            _end(library, event),
            library.icalcomponent_get_summary(event).decode(),
            library.icalcomponent_get_sequence(event),
            library.icalproperty_status_to_string(library.icalcomponent_get_status(event)).decode(),
        )
        event = library.icalcomponent_get_next_component(root, kind)
    library.icalcomponent_free(root)
    return found


def _end(library, event):
    start, end = (
        _time(library, read(event)) for read in (library.icalcomponent_get_dtstart, library.icalcomponent_get_dtend)
    )
    return None if end == start else end


def _time(library, moment):
    if library.icaltime_is_null_time(moment):
        return None
    day = datetime.date(moment.year, moment.month, moment.day)
    if moment.is_date:
        return day
    assert library.icaltime_is_utc(moment), "instants are written in UTC"
    clock = datetime.time(moment.hour, moment.minute, moment.second, tzinfo=datetime.UTC)
    return datetime.datetime.combine(day, clock)


def rfc_5546_complaints(body):
    """What libical finds wrong with an object under its METHOD: empty where it is as RFC 5546 wants it."""
    library = libical()
    root = library.icalparser_parse_string(body)
    library.icalrestriction_check(root)
    written = library.icalcomponent_as_ical_string(root).decode()
    library.icalcomponent_free(root)
    return [line for line in written.replace("\r\n ", "").splitlines() if line.startswith("X-LIC-ERROR")]


READERS = {"icalendar": with_icalendar, "ical": with_ical, "vobject": with_vobject, "libical": with_libical}


def read_by_all(body):
    """What every reader read, once all agree."""
    by_reader = {name: read(body) for name, read in READERS.items()}
    for name, found in by_reader.items():
        assert found == by_reader["icalendar"], f"{name} reads otherwise"
    return by_reader["icalendar"]
