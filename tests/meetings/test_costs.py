"""What pages of meetings cost: the same queries at two sizes."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commons.services.texts import write_version
from core.records import services as records
from meetings.models import AgendaItem
from meetings.queries.agenda import agenda_days
from meetings.services.actions import NewAction, record_action
from meetings.services.outcome import write_outcome
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 1, 22, 15, tzinfo=datetime.UTC)


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def filled(rows):
    """A published meeting with so many of everything that a public page lists."""
    meeting = make.meeting(2026, state="published")
    for n in range(rows):
        organization = make.organization()
        meeting.attendances.create(organization=organization, person=None, presence="remote")
        meeting.attendances.create(organization=organization, person=make.person(is_public=True), presence="remote")
        AgendaItem.objects.create(
            meeting=meeting, position=n, title_es=f"Tema {n}", presenter=organization, visibility="public"
        )
        decision = make.decision(meeting, theme=make.theme())
        later = make.decision(make.meeting(2026, state="published"))
        records.link(decision.code, later.code, NOW)
        record_action(
            meeting,
            action=NewAction(
                decision=decision,
                title="Hacer",
                language="es",
                organization=organization,
                person=None,
                due_on=None,
                visibility="public",
            ),
            actor=None,
            now=NOW,
        )
    version = write_outcome(meeting, language="es", body="Texto", actor=None, now=NOW)
    for n in range(rows):
        write_version(version.text, language="en", body=f"Text {n}", actor=None, now=NOW)
    return meeting


def test_a_page_costs_the_same_at_3_and_at_30_rows(client):
    few, many = filled(3), filled(30)
    for path in ("{m}/", "{m}/calendar.ics", "decisions/{d}/"):
        costs = [
            queries(client, f"/es/meetings/{path}".format(m=row.code, d=row.decisions.first().code))
            for row in (few, many)
        ]
        assert costs[0] == costs[1] <= 10, path


def test_the_list_costs_the_same_at_3_and_at_30_rows(client):
    for _ in range(3):
        make.decision(make.meeting(2026, state="published"))
    few = queries(client, "/es/meetings/")
    for _ in range(27):
        make.decision(make.meeting(2025, state="published"))
    assert queries(client, "/es/meetings/") == few <= 8


def test_an_agenda_of_a_hundred_items_is_at_most_five_queries(client):
    meeting, costs = make.meeting(2026), []
    for number in (3, 97):
        for n in range(number):
            item = {"position": n, "title_es": f"Tema {n}", "visibility": "public", "presenter": make.organization()}
            AgendaItem.objects.create(meeting=meeting, **item)
        with CaptureQueriesContext(connection) as captured:
            items = AgendaItem.objects.visible_to(AnonymousUser(), NOW).filter(meeting=meeting).in_order()
            written = [
                (line.item.presenter.acronym, line.starts_at)
                for day in agenda_days(meeting, items)
                for line in day.lines
            ]
        costs.append(len(captured))
    assert len(written) == 100 and costs[0] == costs[1] <= 5


def test_a_feed_of_a_hundred_meetings_is_at_most_four_queries(client):
    costs = []
    for number in (3, 97):
        for _n in range(number):
            make.meeting(2026)
        with CaptureQueriesContext(connection) as captured:
            written = client.get("/es/calendar.ics").content.decode().count("BEGIN:VEVENT")
        costs.append(len(captured))
    assert written == 100 and costs[0] == costs[1] <= 4, costs
