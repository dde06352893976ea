"""Answering a call: by link or signed in, until the meeting begins; a move asks anew."""

import datetime
import re

import pytest
import time_machine
from django.urls import reverse

from core.errors import Incomplete, NotNow
from core.outbox.models import OutboxMessage
from meetings.services.invitations import answer_invitation, convene_meeting
from meetings.services.schedule import Schedule, cancel_meeting, move_meeting
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 3, 2, 15, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


class World:
    def __init__(self):
        self.team, self.organization = make.coordination(), make.organization("DEMO-X")
        self.delegate = make.delegate(self.organization)
        begins = NOW + 10 * DAY
        self.meeting = make.meeting(
            2026,
            state="planned",
            starts_on=begins.date(),
            ends_on=begins.date(),
            starts_at=begins,
            ends_at=begins + DAY / 12,
        )
        convene_meeting(self.meeting, actor=self.team, now=NOW)
        self.begins = begins

    def link(self, template="called"):
        mail = OutboxMessage.objects.filter(kind="meeting_invitation", state="pending").latest("pk")
        return re.search(r"//[^/]+(/\S+/answer/\S+/)", mail.text)[1]

    @property
    def invitation(self):
        return self.meeting.invitations.get()


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        yield World()


def test_by_link_as_often_as_one_likes_until_it_begins(world, client):
    link = world.link()
    page = client.get(link)
    assert page.status_code == 200 and world.invitation.answer == "" and "no-store" in page["Cache-Control"]
    assert client.post(link, {"answer": "remote"}).status_code == 200
    assert client.post(link, {"answer": "in_person"}).status_code == 200
    assert (world.invitation.answer, world.invitation.answered_at) == ("in_person", NOW)
    for nonsense in ({}, {"answer": "perhaps"}, {"answer": "x" * 999}):
        assert client.post(link, nonsense).status_code == 422
    assert world.invitation.answer == "in_person"
    with time_machine.travel(world.begins, tick=False):
        assert client.post(link, {"answer": "apologies"}).status_code == 422
    assert client.get(link.replace(world.meeting.code, make.meeting(2026).code)).status_code == 410
    with time_machine.travel(world.begins + 5 * DAY, tick=False):
        assert client.get(link).status_code == 410


def test_signed_in_on_the_page_of_the_meeting(world, signed_in, client):
    browser, address = signed_in(world.delegate), reverse("meetings:invitation_answer", args=[world.meeting.code])
    assert address in browser.get(world.meeting.get_absolute_url()).content.decode()
    assert browser.post(address, {"answer": "apologies"}).status_code == 302
    assert world.invitation.answer == "apologies"
    stranger = signed_in(make.delegate(make.organization()))
    assert address not in stranger.get(world.meeting.get_absolute_url()).content.decode()
    assert stranger.post(address, {"answer": "remote"}).status_code == 404
    assert signed_in(make.user()).post(address, {"answer": "remote"}).status_code in (403, 404)
    assert client.post(address, {"answer": "remote"}).status_code == 302
    content = signed_in(world.team).get(world.meeting.get_absolute_url()).content.decode()
    assert "Excusas: 1." in content
    sheet = signed_in(world.team).get(reverse("meetings:attendance_sheet", args=[world.meeting.code])).content.decode()
    assert "xcusas" in sheet


def test_a_move_asks_anew_and_the_new_mail_brings_a_link(world, client):
    first = world.link()
    answer_invitation(world.invitation, answer="in_person", now=NOW)
    later = world.begins + DAY
    when = Schedule(later.date(), later.date(), later, later + DAY / 12, "America/Montevideo")
    move_meeting(world.meeting, schedule=when, place="", mode="", link="", actor=world.team, now=NOW)
    assert world.invitation.answer == "" and world.link() != first
    assert client.post(world.link(), {"answer": "remote"}).status_code == 200
    assert world.invitation.answer == "remote"


def test_what_is_called_off_is_answered_no_more(world):
    cancel_meeting(world.meeting, reason="Demo", actor=world.team, now=NOW)
    with pytest.raises(NotNow):
        answer_invitation(world.invitation, answer="remote", now=NOW)


def test_nothing_said_is_no_answer(world):
    with pytest.raises(Incomplete):
        answer_invitation(world.invitation, answer="", now=NOW)
