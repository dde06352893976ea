"""From the poll to the cancelling: what a calendar is told, read back by four readers, in six zones and across clock
changes. Page time = mail time = calendar time."""

import datetime

import pytest
import time_machine

from core import clock
from core.dates import instant_words
from core.outbox.models import OutboxMessage
from meetings.services.meetings import set_visibility
from meetings.services.polls import decide_poll, open_poll
from meetings.services.schedule import Schedule, cancel_meeting, move_meeting
from tests import factories as make
from tests.calendars import read_by_all, rfc_5546_complaints
from tests.core.test_icalendar import DAYS, ZONES

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 1, 5, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def january():
    with time_machine.travel(NOW, tick=False):
        yield


def hours(day, zone, at=9, length=3):
    starts = clock.instant(datetime.datetime.combine(day, datetime.time(at, 30)), zone)
    return Schedule(day, day, starts, starts + length * HOUR, zone)


def calendars(kind):
    """{address: the calendar part that is in the mail, as bytes}, each as RFC 5546 wants it."""
    rows = OutboxMessage.objects.filter(kind=kind).exclude(state="dropped").exclude(calendar="").order_by("pk")
    found = {row.address: row for row in rows}
    for row in found.values():
        assert f"METHOD:{row.calendar_method}\r\n" in row.calendar
        assert row.calendar.count("ATTENDEE") == row.calendar.count("ORGANIZER") == 1
        assert rfc_5546_complaints(row.calendar.encode()) == []
    return {address: row.calendar.encode() for address, row in found.items()}


@pytest.mark.parametrize("zone", ZONES)
def test_poll_request_moved_cancel(zone, client):
    """One UID and SEQUENCE 0, 1, 2 in mail, in the feed and in the file, at the hour that the page tells."""
    team = make.coordination()
    people = [make.delegate(make.organization(), zone=other_zone) for other_zone in (zone, "America/Bogota")]
    meeting = make.meeting(
        2026, state="planned", starts_on=None, ends_on=None, title_es="Demo: anual", zone=zone, place="Casa"
    )
    # The second day stands beside the clock change of New York, the third beside that of Santiago.
    options = [hours(day, zone) for day in DAYS[1:3]]
    poll = open_poll(meeting, options=options, closes_at=NOW + 48 * HOUR, quorum=1, note="", actor=team, now=NOW)
    assert not OutboxMessage.objects.exclude(calendar="").exists(), "what is only asked stands in no calendar"
    decide_poll(poll, option=poll.options.last(), actor=team, now=NOW)
    meeting.refresh_from_db()

    def described(kind, sequence, status, when):
        sent = calendars(kind)
        assert set(sent) == {one.email for one in people}
        bodies = [*sent.values(), client.get("/es/calendar.ics").content]
        bodies.append(client.get(f"/es/meetings/{meeting.code}/calendar.ics").content)
        for body in bodies:
            read = read_by_all(body)[meeting.uid]
            assert (read.start, read.end) == (when.starts_at, when.ends_at)
            assert (read.sequence, read.status, read.summary) == (sequence, status, "Demo: anual")
        words = instant_words(when.starts_at, zone)
        assert words in client.get(f"/es/meetings/{meeting.code}/").content.decode()
        text = OutboxMessage.objects.filter(kind=kind).exclude(state="dropped").last().text
        assert words in " ".join(text.split())
        return bodies

    described("meeting_invitation", 0, "CONFIRMED", options[-1])
    moved = hours(DAYS[3], zone, at=10)
    move_meeting(meeting, schedule=moved, place="Casa", mode="hybrid", link="", actor=team, now=NOW + HOUR)
    described("meeting_invitation", 1, "CONFIRMED", moved)
    cancel_meeting(meeting, reason="Demo: sin quórum", actor=team, now=NOW + 2 * HOUR)
    last = described("meeting_cancelled", 2, "CANCELLED", moved)
    assert b"ATTENDEE" not in last[-1] and b"METHOD" not in last[-2]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("day", DAYS)
def test_the_hour_on_the_page_is_the_hour_in_the_file(zone, day, client):
    when = hours(day, zone)
    meeting = make.meeting(
        2026, starts_on=day, ends_on=day, starts_at=when.starts_at, ends_at=when.ends_at, zone=zone, convened_at=NOW
    )
    page = client.get(f"/es/meetings/{meeting.code}/").content.decode()
    assert f'datetime="{when.starts_at:%Y-%m-%dT%H:%M:%SZ}"' in page and "09:30" in page
    (read,) = read_by_all(client.get(f"/es/meetings/{meeting.code}/calendar.ics").content).values()
    assert (read.start, read.end) == (when.starts_at, when.ends_at)


def test_whole_days_shift_for_nobody(client):
    meeting = make.meeting(2026, zone="America/Santiago")
    (read,) = read_by_all(client.get(f"/en/meetings/{meeting.code}/calendar.ics").content).values()
    assert (read.start, read.end) == (datetime.date(2026, 1, 22), datetime.date(2026, 1, 24))


def test_a_meeting_taken_in_again_is_news_to_who_comes_back(client):
    """Programs that ask only since when something changed must not keep what is no longer public."""
    meeting = make.meeting(2026)
    make.meeting(2026)
    team, first = make.coordination(), client.get("/es/calendar.ics")
    since = {"if-modified-since": first["Last-Modified"]}
    assert client.get("/es/calendar.ics", headers=since).status_code == 304
    set_visibility(meeting, visibility="community", actor=team, now=NOW + HOUR)
    again = client.get("/es/calendar.ics", headers=since)
    assert again.status_code == 200 and meeting.uid.encode() not in again.content
