"""Calendars, read back with four readers that are not ours, over the zones in which meetings are announced."""

import datetime
import re
import zoneinfo

import icalendar
import pytest
from django.test import RequestFactory

from core import clock
from core.icalendar.build import cancel, feed, request
from core.icalendar.entry import Entry, Party, Status
from core.icalendar.http import answer
from tests.calendars import read_by_all, rfc_5546_complaints, with_icalendar, with_libical

REVISED = datetime.datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=datetime.UTC)
NOW = datetime.datetime(2026, 1, 5, 10, 0, tzinfo=datetime.UTC)
ANA = Party("ana@example.org", 'Ana "la ñandú", Demo; y más')
PORTAL = Party("portal@example.org", "Portal")
ZONES = [
    "America/Montevideo",
    "America/Sao_Paulo",
    "America/Santiago",
    "America/New_York",
    "America/Bogota",
    "America/Port_of_Spain",
]
#: Days on both sides of the clock changes of Santiago (5 April, 6 September 2026) and New York (8 March, 1 November).
DAYS = [
    datetime.date(2026, 1, 22),
    datetime.date(2026, 3, 7),
    datetime.date(2026, 3, 8),
    datetime.date(2026, 4, 5),
    datetime.date(2026, 9, 6),
    datetime.date(2026, 11, 1),
]


def with_hours(zone="America/Montevideo", day=DAYS[0], **fields):
    start = clock.instant(datetime.datetime.combine(day, datetime.time(9, 30)), zone)
    defaults = {
        "uid": f"{zone}-{day}",
        "sequence": 0,
        "revised_at": REVISED,
        "summary": "Reunión, anual; «2026» \\ á",
        "description": "Primera línea\r\nSegunda línea, con coma; y punto y coma",
        "location": "Casa de Internet; Montevideo",
        "url": "https://example.org/es/meetings/CASA-2026-MEE-001/",
        "starts_at": start,
        "ends_at": start + datetime.timedelta(hours=3),
    }
    return Entry(**defaults | fields)


def whole_days(first=datetime.date(2026, 1, 22), last=datetime.date(2026, 1, 23), **fields):
    defaults = {"uid": "days", "sequence": 0, "revised_at": REVISED, "summary": "Reunión anual"}
    return Entry(**defaults | fields, starts_on=first, ends_on=last)


def event(body):
    return icalendar.Calendar.from_ical(body).walk("VEVENT")[0]


def everywhere():
    return [with_hours(zone, day) for zone in ZONES for day in DAYS]


def test_four_readers_read_the_same_instants_in_every_zone():
    entries = everywhere()
    body = feed(entries, "Reuniones", "es")
    found = read_by_all(body)
    assert {uid: (read.start, read.end) for uid, read in found.items()} == {
        entry.uid: (entry.starts_at, entry.ends_at) for entry in entries
    }
    assert rfc_5546_complaints(body) == []
    for zone in ZONES:
        for day in DAYS:
            local = found[f"{zone}-{day}"].start.astimezone(zoneinfo.ZoneInfo(zone))
            assert (local.date(), local.hour, local.minute) == (day, 9, 30)


def test_whole_days_end_on_the_day_after_the_last():
    body = feed([whole_days()], "Reuniones", "es")
    assert b"DTSTART;VALUE=DATE:20260122\r\n" in body
    assert b"DTEND;VALUE=DATE:20260124\r\n" in body
    read = read_by_all(body)["days"]
    assert (read.start, read.end) == (datetime.date(2026, 1, 22), datetime.date(2026, 1, 24))
    one = event(feed([whole_days(last=None)], "Reuniones", "es"))
    assert one["dtend"].dt - one["dtstart"].dt == datetime.timedelta(days=1)


def test_a_moment_has_no_end():
    body = feed([with_hours(ends_at=None)], "Plazos", "es")
    assert "dtend" not in event(body) and "duration" not in event(body)
    assert [
        read.end
        for read in (
            with_icalendar(body)["America/Montevideo-2026-01-22"],
            with_libical(body)["America/Montevideo-2026-01-22"],
        )
    ] == [None, None]


def test_lines_are_crlf_and_folded_without_splitting_a_character():
    body = feed([with_hours(summary="ñandúes y pingüinos " * 20, description="ção\n" * 60)], "Reuniones", "es")
    lines = body.split(b"\r\n")
    assert b"\n" not in b"".join(lines) and b"\r" not in b"".join(lines)
    for line in lines:
        assert len(line) <= 75
        line.decode()
    assert str(event(body)["summary"]) == ("ñandúes y pingüinos " * 20).strip()


def test_text_comes_back_as_it_was_and_without_control_characters():
    hostile = 'a\x00b\x1b[31m \\ ; , "x"\r\nBEGIN:VEVENT\nATTENDEE:mailto:x@y.z'
    read = event(feed([with_hours(summary=hostile, description=hostile, location=hostile)], hostile, "es"))
    clean = 'ab[31m \\ ; , "x"\nBEGIN:VEVENT\nATTENDEE:mailto:x@y.z'
    assert str(read["summary"]) == str(read["description"]) == str(read["location"]) == clean
    assert "attendee" not in read
    (entry,) = read_by_all(feed([with_hours(summary=hostile)], "x", "es")).values()
    assert entry.summary == clean


def test_a_feed_has_no_method_nor_attendee_and_is_stamped_when_revised():
    body = feed([with_hours(status=Status.CANCELLED), whole_days()], "Reuniones", "es")
    assert b"METHOD" not in body and b"ATTENDEE" not in body and b"ORGANIZER" not in body
    first, second = icalendar.Calendar.from_ical(body).walk("VEVENT")
    assert first["dtstamp"].dt == second["dtstamp"].dt == REVISED.replace(microsecond=0)
    assert str(first["status"]) == "CANCELLED"
    assert body == feed([with_hours(status=Status.CANCELLED), whole_days()], "Reuniones", "es")


def test_an_empty_feed_is_a_calendar():
    assert not icalendar.Calendar.from_ical(feed([], "Reuniones", "es")).walk("VEVENT")


@pytest.mark.parametrize(
    ("build", "method", "status"), [(request, "REQUEST", "CONFIRMED"), (cancel, "CANCEL", "CANCELLED")]
)
def test_what_goes_to_one_person_names_them_and_the_organiser(build, method, status):
    body = build(with_hours(sequence=3), ANA, PORTAL, NOW)
    calendar = icalendar.Calendar.from_ical(body)
    read = event(body)
    assert str(calendar["method"]) == method
    assert (str(read["status"]), int(read["sequence"])) == (status, 3)
    assert (str(read["organizer"]), str(read["attendee"])) == ("mailto:portal@example.org", "mailto:ana@example.org")
    assert read["attendee"].params["CN"] == "Ana 'la ñandú', Demo; y más"
    assert read["dtstamp"].dt == NOW and read["last-modified"].dt == REVISED.replace(microsecond=0)
    (entry,) = read_by_all(body).values()
    assert (entry.sequence, entry.status) == (3, status)
    assert rfc_5546_complaints(body) == []


def test_the_check_of_rfc_5546_sees_what_others_send_wrongly():
    """A REQUEST to nobody and a PUBLISH to somebody: the second reading of the test above."""
    good = request(with_hours(), ANA, PORTAL, NOW)
    nobody = re.sub(rb"ATTENDEE(?:.|\r\n )*\r\n(?! )", b"", good)
    assert any("ATTENDEE" in line for line in rfc_5546_complaints(nobody))
    assert any("ATTENDEE" in line for line in rfc_5546_complaints(good.replace(b"REQUEST", b"PUBLISH")))


def test_one_uid_in_all_three():
    entry = with_hours()
    uids = {
        str(event(body)["uid"])
        for body in (feed([entry], "x", "es"), request(entry, ANA, PORTAL, NOW), cancel(entry, ANA, PORTAL, NOW))
    }
    assert uids == {entry.uid}


@pytest.mark.parametrize(
    "fields",
    [
        {"starts_at": None},
        {"starts_on": DAYS[0]},
        {"ends_at": REVISED},
        {"starts_at": datetime.datetime(2026, 1, 22, 9)},
    ],
)
def test_what_makes_no_event_is_refused(fields):
    with pytest.raises(ValueError, match=r"an entry|instants"):
        with_hours(**fields)
    with pytest.raises(ValueError, match="whole days"):
        whole_days(last=datetime.date(2026, 1, 21))


class TestOverHttp:
    """A calendar program comes every few hours; nothing new costs it nothing."""

    def ask(self, **headers):
        body = feed([with_hours()], "Reuniones", "es")
        return answer(RequestFactory().get("/calendar.ics", headers=headers), body, REVISED)

    def test_first_time(self):
        response = self.ask()
        assert response.status_code == 200
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert response["Last-Modified"] == "Fri, 02 Jan 2026 03:04:05 GMT"
        assert "public" in response["Cache-Control"]

    def test_nothing_new(self):
        tag = self.ask()["ETag"]
        for headers in ({"if-none-match": tag}, {"if-modified-since": "Fri, 02 Jan 2026 03:04:05 GMT"}):
            response = self.ask(**headers)
            assert (response.status_code, response.content, response["ETag"]) == (304, b"", tag)

    def test_something_new(self):
        assert self.ask(**{"if-none-match": '"other"'}).status_code == 200
        assert self.ask(**{"if-modified-since": "Thu, 01 Jan 2026 03:04:05 GMT"}).status_code == 200

    def test_a_download_has_a_name_and_a_private_one_is_kept_by_nobody(self):
        response = answer(RequestFactory().get("/"), b"x", filename="CASA-2026-MEE-001.ics", public=False)
        assert response["Content-Disposition"] == 'attachment; filename="CASA-2026-MEE-001.ics"'
        assert "private" in response["Cache-Control"] and "Last-Modified" not in response
