"""What is due when: meetings ahead."""

import datetime

import pytest

from core.deadlines import Recipient
from meetings.deadlines import meetings_ahead
from meetings.services.invitations import convene_meeting
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 1, 5, 12, tzinfo=datetime.UTC)
SOON = NOW + datetime.timedelta(days=30)


def test_a_convened_meeting_is_due_for_those_who_were_called():
    make.delegate(make.organization(), email="ana@example.org", language="pt-br", zone="America/Sao_Paulo")
    at = datetime.datetime(2026, 1, 22, 12, tzinfo=datetime.UTC)
    meeting = make.meeting(2026, state="planned", starts_at=at, ends_at=at + datetime.timedelta(days=1))
    convene_meeting(meeting, actor=make.coordination(), now=NOW)
    (due,) = meetings_ahead(NOW, SOON)
    assert (due.kind, due.code, due.at, due.zone) == ("meetings.meeting", meeting.code, at, "America/Montevideo")
    (recipient,) = due.recipients
    assert recipient == Recipient("ana@example.org", "pt-br", "America/Sao_Paulo", recipient.name)
    assert list(meetings_ahead(NOW, at)) == []
    assert len(list(meetings_ahead(at, SOON))) == 1


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Montevideo", "Pacific/Pago_Pago"])
def test_where_only_days_are_known_it_is_midnight_there(zone):
    make.meeting(2026, zone=zone)
    (due,) = meetings_ahead(NOW, SOON)
    assert due.at.astimezone(datetime.UTC) == due.at
    assert list(meetings_ahead(due.at, due.at + datetime.timedelta(seconds=1))) == [due]
    assert list(meetings_ahead(due.at + datetime.timedelta(seconds=1), SOON)) == []


@pytest.mark.parametrize("state", ["planned", "in_session", "held", "published", "cancelled"])
def test_others_are_not_due(state):
    make.meeting(2026, state=state)
    assert list(meetings_ahead(NOW, SOON)) == []


def test_the_number_of_queries_does_not_grow(django_assert_num_queries):
    for _ in range(5):
        make.meeting(2026)
    with django_assert_num_queries(2):
        assert len(list(meetings_ahead(NOW, SOON))) == 5
