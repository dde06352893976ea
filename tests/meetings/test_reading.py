"""What visitors and members read of meetings: the list, actions, what a source does not say."""

import datetime

import pytest

from core.records import services as records
from organizations.states import Role
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 1, 22, 15, tzinfo=datetime.UTC)


def test_the_public_reads_that_an_action_is_under_way_not_how_far(client, signed_in):
    organization = make.organization()
    meeting = make.meeting(2026, state="published")
    action = make.action(organization, state="open")
    records.link(meeting.code, action.code, NOW)
    assert "state--underway" in client.get(meeting.get_absolute_url()).content.decode()
    public = client.get(meeting.get_absolute_url()).context["page"].actions
    assert [row.pk for row in public] == [action.pk]
    words = str(action.get_state_display())
    assert f">{words}<" not in client.get(meeting.get_absolute_url()).content.decode()
    assert f">{words}<" in signed_in(make.delegate(organization)).get(meeting.get_absolute_url()).content.decode()


def test_the_list_by_year_and_kind(client):
    old, new = make.meeting(2024, state="published"), make.meeting(2026, kind="annual")
    page = client.get("/es/meetings/").content.decode()
    assert page.index(new.code) < page.index(old.code)
    assert old.code not in client.get("/es/meetings/?year=2026").content.decode()
    assert new.code not in client.get("/es/meetings/?kind=coordination").content.decode()


def test_the_list_counts_only_decisions_one_may_see(client, signed_in):
    meeting = make.meeting(2026, state="published")
    make.decision(meeting)
    make.decision(meeting, visibility="community")
    assert client.get("/en/meetings/").context["rows"][0].decision_count == 1
    member = make.holder(Role.MEMBER, make.organization())
    assert signed_in(member).get("/en/meetings/").context["rows"][0].decision_count == 2


def test_an_empty_list_says_what_happens_next(client):
    page = client.get("/en/meetings/").content.decode()
    assert "No meeting is on record yet." in page


def test_what_the_source_does_not_say_is_said(client):
    meeting = make.meeting(2024, state="published", sources=[{"url": "https://example.org/account"}])
    make.decision(meeting)
    page = client.get(f"/en/meetings/{meeting.code}/").content.decode()
    for sentence in ("does not give the times", "does not say who attended", "The source does not say."):
        assert sentence in page
    decision = client.get(f"/en/meetings/decisions/{meeting.decisions.get().code}/").content.decode()
    assert "The source does not say how" in decision
    meeting.attendances.create(organization=make.organization())
    assert "does not say how they took part" in client.get(f"/en/meetings/{meeting.code}/").content.decode()
