"""Guests without an account: called by name, answering by a link of their own, called off again."""

import datetime

import icalendar
import pytest
from django.urls import reverse

from core import clock
from core.errors import Incomplete, NotNow
from core.outbox.models import OutboxMessage
from meetings.models import Invitation
from meetings.services.guests import invite_guest, release_guest
from meetings.services.invitations import convene_meeting
from meetings.services.meetings import MeetingPlan, create_meeting
from meetings.services.schedule import Schedule
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2030, 1, 2, 15, tzinfo=datetime.UTC)
GUEST = {"name": "Demo Invitada", "address": "Invitada@example.org", "language": "en", "zone": "America/Bogota"}
MONTEVIDEO = "America/Montevideo"


def when(day=22, begins=9, ends=17, last=None):
    first, last = datetime.date(2030, 1, day), datetime.date(2030, 1, last or day)
    at = [
        clock.instant(datetime.datetime.combine(one, datetime.time(hour)), MONTEVIDEO)
        for one, hour in ((first, begins), (last, ends))
    ]
    return Schedule(first, last, *at, MONTEVIDEO)


@pytest.fixture
def team():
    return make.coordination()


def planned(team, when, **changes):
    values = {
        "titles": {"es": "Demo: reunión"},
        "language": "es",
        "kind": "coordination",
        "place": "Montevideo",
        "mode": "hybrid",
        "link": "https://meet.example.org/x",
        "visibility": "community",
    }
    return create_meeting(MeetingPlan(schedule=when, **values | changes), actor=team, now=NOW)


@pytest.fixture
def convened(team):
    meeting = planned(team, when())
    type(meeting).objects.update(interpretation=["es", "pt"])
    meeting.refresh_from_db()
    convene_meeting(meeting, actor=team, now=NOW)
    meeting.refresh_from_db()
    return meeting


def test_a_guest_is_called_answers_by_a_link_and_is_called_off(convened, team, client, time_machine):
    time_machine.move_to(NOW, tick=False)
    invite_guest(convened, actor=team, now=NOW, **GUEST)
    mail = OutboxMessage.objects.get(address="invitada@example.org")
    assert "as a guest" in mail.text and "your organisation" not in mail.text
    assert convened.get_absolute_url() not in mail.text, "the page is not theirs to read"
    assert "Interpreted into: Spanish, Portuguese" in mail.text and "Bogota" in mail.text
    address = next(word for word in mail.text.split() if "/answer/" in word).split("/", 3)[3]
    page = client.get(f"/{address}").content.decode()
    assert "meet.example.org" in page and Invitation.objects.get(name="Demo Invitada").answer == ""
    assert client.post(f"/{address}", {"answer": "remote"}).status_code == 200
    guest = Invitation.objects.get(name="Demo Invitada")
    assert guest.answer == "remote"
    release_guest(guest, actor=team, now=NOW)
    assert client.get(f"/{address}").status_code == 410
    last = OutboxMessage.objects.filter(address="invitada@example.org").latest("pk")
    event = icalendar.Calendar.from_ical(last.calendar).walk("VEVENT")[0]
    assert (last.calendar_method, event["SEQUENCE"], event["STATUS"]) == ("CANCEL", 1, "CANCELLED")
    convened.refresh_from_db()
    assert convened.sequence == 0, "nobody else's calendar changes"


def test_who_may_call_a_guest_and_how_often(convened, team, signed_in):
    page = reverse("meetings:guest_invite", args=[convened.code])
    assert signed_in(make.delegate(make.organization("DEMO-A"))).get(page).status_code == 403
    browser = signed_in(team)
    with pytest.raises(NotNow):
        invite_guest(planned(team, when(24)), actor=team, now=NOW, **GUEST)
    invite_guest(convened, actor=team, now=NOW, **GUEST)
    with pytest.raises(Incomplete) as refused:
        invite_guest(convened, actor=team, now=NOW, **GUEST | {"name": " "})
    assert set(refused.value.missing) == {"name", "address"}
    answer = browser.post(page, GUEST | {"zone": "Mars/Olympus", "address": "x"})
    assert answer.status_code == 422 and "Demo Invitada" in answer.content.decode()
    assert "Demo Invitada" in browser.get(reverse("meetings:called", args=[convened.code])).content.decode()
