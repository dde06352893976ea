"""Calling to a meeting, moving it, cancelling it: page time = file time = mail time, under the rules of SEQUENCE."""

import datetime
import email
import email.policy
import zoneinfo

import icalendar
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail

from core.errors import Incomplete, NotNow
from core.journal import history
from core.outbox.models import OutboxMessage, State
from core.outbox.services import drain
from meetings.documents.calendars import calendar_of
from meetings.models import Invitation, Meeting
from meetings.services.agenda import ItemContent, add_item
from meetings.services.invitations import convene_meeting, invite_missing
from meetings.services.meetings import MeetingPlan, create_meeting, edit_meeting, set_visibility
from meetings.services.schedule import Schedule, cancel_meeting, move_meeting
from organizations.models import Mandate
from organizations.states import Role
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 1, 5, 12, tzinfo=datetime.UTC)
LATER = NOW + datetime.timedelta(days=1)
LAST = NOW + datetime.timedelta(days=2)
NOBODY = AnonymousUser()
WHERE = {"place": "Casa de Internet; Montevideo", "mode": "hybrid", "link": "https://meet.example.org/x"}


def hours(day=22, hour=9, zone="America/Montevideo", length=8):
    place = zoneinfo.ZoneInfo(zone)
    start = datetime.datetime(2026, 1, day, hour, tzinfo=place)
    end = start + datetime.timedelta(hours=length)
    return Schedule(start.date(), end.date(), start.astimezone(datetime.UTC), end.astimezone(datetime.UTC), zone)


def planned(when=None, visibility="public", **fields):
    team = make.coordination()
    plan = MeetingPlan(
        titles={"es": "Reunión Demo", "en": "Demo meeting"},
        language="es",
        kind="annual",
        schedule=when or hours(),
        visibility=visibility,
        **WHERE | fields,
    )
    meeting = create_meeting(plan, actor=team, now=NOW)
    return meeting, team


def two_delegates():
    ana = make.delegate(make.organization("DEMOA"), email="ana@example.org", language="es", zone="America/Bogota")
    bob = make.delegate(make.organization("DEMOB"), email="bob@example.org", language="en", zone="America/Montevideo")
    return ana, bob


def event_of(message):
    return icalendar.Calendar.from_ical(message.calendar).walk("VEVENT")[0]


def messages(kind="meeting_invitation", **conditions):
    return list(OutboxMessage.objects.filter(kind=kind, **conditions).order_by("address", "pk"))


def test_convening_calls_everybody_who_speaks_for_a_member_organisation():
    two_delegates()
    make.holder(Role.MEMBER, make.organization("DEMOC"), email="reads@example.org")
    make.delegate(make.organization("GUEST", kind="guest"), email="guest@example.org")
    make.holder(Role.DELEGATE, make.organization("DEMOD"), email="past@example.org", ends_on=datetime.date(2025, 1, 1))
    meeting, team = planned()
    convene_meeting(meeting, actor=team, now=NOW)
    assert [message.address for message in messages()] == ["ana@example.org", "bob@example.org"]
    assert set(Invitation.objects.values_list("address", flat=True)) == {"ana@example.org", "bob@example.org"}
    meeting.refresh_from_db()
    assert (meeting.state, meeting.sequence, meeting.convened_at) == ("convened", 0, NOW)
    assert history(meeting.code).last().verb == "meeting_convened"


def test_a_person_who_speaks_for_two_organisations_is_called_once():
    ana, _bob = two_delegates()
    second = make.organization("DEMOE")
    Mandate.objects.create(person=ana.person, organization=second, role="lead", starts_on=make.LONG_AGO)
    meeting, team = planned()
    convene_meeting(meeting, actor=team, now=NOW)
    assert len(messages(address="ana@example.org")) == 1


def test_convening_needs_days_that_are_ahead():
    meeting, team = planned(when=Schedule())
    with pytest.raises(Incomplete) as refused:
        convene_meeting(meeting, actor=team, now=NOW)
    assert set(refused.value.missing) == {"starts_on"}
    move_meeting(meeting, schedule=hours(day=2), actor=team, now=NOW, **WHERE)
    with pytest.raises(NotNow):
        convene_meeting(meeting, actor=team, now=NOW)
    assert OutboxMessage.objects.count() == 0
    meeting.refresh_from_db()
    assert meeting.state == "planned"


def test_convening_twice_calls_nobody_twice():
    two_delegates()
    meeting, team = planned()
    convene_meeting(meeting, actor=team, now=NOW)
    with pytest.raises(NotNow):
        convene_meeting(meeting, actor=team, now=LATER)
    assert invite_missing(meeting, actor=team, now=LATER) == 0
    make.delegate(make.organization("DEMOF"), email="new@example.org")
    assert invite_missing(meeting, actor=team, now=LATER) == 1
    assert len(messages()) == 3


def test_invite_move_cancel():
    """One UID for ever; SEQUENCE 0, 1, 2; REQUEST, REQUEST, CANCEL; the same instants on page, in file and in mail."""
    two_delegates()
    meeting, team = planned()
    convene_meeting(meeting, actor=team, now=NOW)
    first = event_of(messages(address="ana@example.org")[0])
    assert str(first["uid"]) == meeting.uid and first["sequence"] == 0 and first["dtstamp"].dt == NOW
    assert first["dtstart"].dt == datetime.datetime(2026, 1, 22, 12, tzinfo=datetime.UTC)
    assert drain() == 2

    assert move_meeting(meeting, schedule=hours(day=23, hour=10), actor=team, now=LATER, **WHERE)
    (second,) = messages(address="ana@example.org", state=State.PENDING)
    moved = event_of(second)
    assert (str(moved["uid"]), moved["sequence"], second.calendar_method) == (meeting.uid, 1, "REQUEST")
    assert moved["dtstart"].dt == datetime.datetime(2026, 1, 23, 13, tzinfo=datetime.UTC)
    assert str(moved["attendee"]) == "mailto:ana@example.org"

    # Saying the same again is no change: nothing is sent and the sequence stays.
    assert not move_meeting(meeting, schedule=hours(day=23, hour=10), actor=team, now=LAST, **WHERE)
    assert len(messages(state=State.PENDING)) == 2

    cancel_meeting(meeting, reason="No hay quórum", actor=team, now=LAST)
    cancelled = messages("meeting_cancelled")
    assert [message.address for message in cancelled] == ["ana@example.org", "bob@example.org"]
    last = event_of(cancelled[0])
    assert (str(last["uid"]), last["sequence"], str(last["status"])) == (meeting.uid, 2, "CANCELLED")
    assert cancelled[0].calendar_method == "CANCEL" and "No hay quórum" in cancelled[0].text
    # What was not sent yet about the move no longer holds.
    assert {message.state for message in messages() if "1" in message.key.split(":")[2]} == {State.DROPPED}
    calendar = calendar_of(NOBODY, LAST, "es")
    (entry,), changed_at = calendar.entries, calendar.changed_at
    assert changed_at == LAST
    assert (entry.uid, entry.sequence, entry.status) == (meeting.uid, 2, "CANCELLED")


def test_page_file_and_mail_say_the_same_time(client):
    two_delegates()
    meeting, team = planned(when=hours(zone="America/Bogota"))
    convene_meeting(meeting, actor=team, now=NOW)
    start = datetime.datetime(2026, 1, 22, 14, tzinfo=datetime.UTC)
    page = client.get(f"/es/meetings/{meeting.code}/").content.decode()
    assert 'datetime="2026-01-22T14:00:00Z"' in page
    assert "09:00, Bogotá (UTC−5)" in page
    body = client.get(f"/es/meetings/{meeting.code}/calendar.ics").content
    in_file = icalendar.Calendar.from_ical(body).walk("VEVENT")[0]
    ana, bob = messages()
    assert in_file["dtstart"].dt == event_of(ana)["dtstart"].dt == event_of(bob)["dtstart"].dt == start
    assert "09:00, Bogotá (UTC−5)" in ana.text and "Montevideo" not in ana.text.split("Casa")[0]
    # Bob reads in English and in Montevideo: both times, each with its zone.
    assert "09:00, Bogota (UTC−5)" in bob.text and "11:00, Montevideo (UTC−3)" in bob.text
    assert "Demo meeting" in bob.subject and str(event_of(bob)["summary"]) == "Demo meeting"
    assert str(in_file["uid"]) == str(event_of(ana)["uid"])


def test_the_file_and_the_feed_name_nobody_and_keep_the_remote_address_to_those_called(client):
    two_delegates()
    meeting, team = planned()
    convene_meeting(meeting, actor=team, now=NOW)
    body = client.get(f"/es/meetings/{meeting.code}/calendar.ics").content.decode()
    assert "METHOD" not in body and "ATTENDEE" not in body and "meet.example.org" not in body
    assert "meet.example.org" not in client.get(f"/es/meetings/{meeting.code}/").content.decode()
    assert "meet.example.org" in messages()[0].text
    unfolded = messages()[0].calendar.replace("\r\n ", "")
    assert "https://meet.example.org/x" in unfolded


def test_mail_goes_out_with_a_calendar_part_that_mail_programs_read():
    two_delegates()
    meeting, team = planned()
    convene_meeting(meeting, actor=team, now=NOW)
    drain()
    sent = next(m for m in mail.outbox if m.to == ["ana@example.org"])
    read = email.message_from_bytes(sent.message().as_bytes(), policy=email.policy.default)
    part = next(part for part in read.walk() if part.get_content_type() == "text/calendar")
    assert part.get_param("method") == "REQUEST" and part.get_param("charset").upper() == "UTF-8"
    calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    assert str(calendar["method"]) == "REQUEST"
    assert str(calendar.walk("VEVENT")[0]["uid"]) == meeting.uid


def test_whole_days_are_invited_as_whole_days():
    two_delegates()
    days = Schedule(datetime.date(2026, 1, 22), datetime.date(2026, 1, 23))
    meeting, team = planned(when=days)
    convene_meeting(meeting, actor=team, now=NOW)
    calendar = messages()[0].calendar
    assert "DTSTART;VALUE=DATE:20260122\r\n" in calendar and "DTEND;VALUE=DATE:20260124\r\n" in calendar


def test_a_change_of_place_is_a_change_of_the_event():
    two_delegates()
    meeting, team = planned()
    convene_meeting(meeting, actor=team, now=NOW)
    move_meeting(meeting, schedule=hours(), actor=team, now=LATER, **WHERE | {"place": "Bogotá"})
    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.revised_at) == (1, LATER)


def test_a_corrected_title_raises_no_sequence_but_the_stamp_of_feeds():
    meeting, team = planned()
    convene_meeting(meeting, actor=team, now=NOW)
    edit_meeting(
        meeting, titles={"es": "Otro título"}, language="es", kind="annual", visibility="public", actor=team, now=LATER
    )
    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.revised_at) == (0, LATER)


def test_moving_a_planned_meeting_writes_to_nobody():
    two_delegates()
    meeting, team = planned()
    move_meeting(meeting, schedule=hours(day=29), actor=team, now=NOW, **WHERE)
    meeting.refresh_from_db()
    assert (meeting.sequence, OutboxMessage.objects.count()) == (0, 0)


def test_items_on_a_day_that_is_no_longer_one_wait_to_be_placed():
    meeting, team = planned()
    item = add_item(
        meeting,
        content=ItemContent(
            titles={"es": "Tema"},
            language="es",
            kind="discussion",
            minutes=30,
            day=meeting.starts_on,
            begins_at=None,
            presenter=None,
            note="",
            visibility="public",
        ),
        actor=team,
        now=NOW,
    )
    move_meeting(meeting, schedule=hours(day=29), actor=team, now=NOW, **WHERE)
    item.refresh_from_db()
    assert item.day is None


@pytest.mark.parametrize("state", ["in_session", "held", "published", "cancelled"])
def test_what_is_over_is_not_moved_cancelled_or_convened(state):
    team = make.coordination()
    meeting = make.meeting(2026, state=state)
    for act in (
        lambda: move_meeting(meeting, schedule=hours(), actor=team, now=NOW, **WHERE),
        lambda: convene_meeting(meeting, actor=team, now=NOW),
        lambda: invite_missing(meeting, actor=team, now=NOW),
    ):
        with pytest.raises(NotNow):
            act()
    with pytest.raises(NotNow):
        cancel_meeting(meeting, reason="porque sí", actor=team, now=NOW)
    assert Meeting.objects.get(pk=meeting.pk).sequence == 0


def test_cancelling_needs_a_reason():
    meeting, team = planned()
    with pytest.raises(Incomplete):
        cancel_meeting(meeting, reason="  ", actor=team, now=NOW)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"ends_on": datetime.date(2026, 1, 22)}, "starts_on"),
        ({"starts_on": datetime.date(2026, 1, 22), "ends_on": datetime.date(2026, 1, 21)}, "ends_on"),
        ({"starts_on": datetime.date(2026, 1, 22), "ends_on": datetime.date(2027, 1, 21)}, "ends_on"),
        ({"starts_on": datetime.date(2026, 1, 22), "starts_at": NOW}, "ends_time"),
        ({"starts_on": datetime.date(2026, 1, 5), "starts_at": NOW, "ends_at": NOW}, "ends_time"),
        ({"starts_on": datetime.date(2026, 1, 9), "starts_at": NOW, "ends_at": LATER}, "starts_time"),
    ],
)
def test_days_and_hours_that_do_not_fit_are_refused_by_the_service_too(fields, wrong):
    assert set(Schedule(**fields).problems()) == {wrong}
    with pytest.raises(Incomplete):
        planned(when=Schedule(**fields))
    assert Meeting.objects.count() == 0


def test_a_meeting_of_another_year_is_listed_there_under_its_old_code():
    meeting, team = planned()
    new_year = Schedule(datetime.date(2027, 1, 21), datetime.date(2027, 1, 22))
    move_meeting(meeting, schedule=new_year, actor=team, now=NOW, **WHERE)
    meeting.refresh_from_db()
    assert (meeting.code, meeting.year) == ("CASA-2026-MEE-001", 2027)


def test_nobody_is_called_to_a_meeting_that_they_could_not_see():
    two_delegates()
    meeting, team = planned(visibility="private")
    with pytest.raises(NotNow):
        convene_meeting(meeting, actor=team, now=NOW)
    set_visibility(meeting, visibility="community", actor=team, now=NOW)
    convene_meeting(meeting, actor=team, now=NOW)
    assert len(messages()) == 2
    set_visibility(meeting, visibility="private", actor=team, now=NOW)
    make.delegate(make.organization("DEMOF"), email="new@example.org")
    with pytest.raises(NotNow):
        invite_missing(meeting, actor=team, now=LATER)
    assert len(messages()) == 2
