"""Milestones: whoever leads is reminded ahead and when late, in their language, until they are reached."""

import datetime

import pytest
import time_machine

from core.outbox.models import OutboxMessage
from priorities.deadlines import milestones
from priorities.services.milestones import reach_milestone
from reminders.services import plan
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 5, 24, 15, tzinfo=datetime.UTC)
WEEK = datetime.timedelta(days=7)


@pytest.fixture
def project():
    return make.project(make.organization("DEMO-A"), make.organization("DEMO-B"))


def due(since=NOW, until=NOW + 2 * WEEK):
    return [(one.code, [person.address for person in one.recipients]) for one in milestones(since, until)]


def lead_of(project):
    return make.delegate(project.participants.get(role="lead").organization, language="pt-br")


def test_who_leads_is_told_and_nobody_once_it_is_reached(project, django_assert_num_queries):
    lead, partner = lead_of(project), make.delegate(project.participants.get(role="partner").organization)
    milestone = make.milestone(project, due_on=datetime.date(2026, 5, 31))
    make.milestone(project, due_on=datetime.date(2026, 9, 30))
    with django_assert_num_queries(3):
        assert due() == [(project.code, [lead.email])]
    assert partner.email not in str(due())
    reach_milestone(milestone, evidence="", actor=lead, now=NOW)
    assert due() == []


@pytest.mark.parametrize("state", ["proposed", "paused", "completed", "cancelled"])
def test_a_project_that_rests_reminds_of_nothing(project, state):
    make.milestone(project, due_on=datetime.date(2026, 5, 31))
    type(project).objects.filter(pk=project.pk).update(state=state, reason="Demo")
    assert due() == []


def test_without_a_lead_nobody_is_written_to(project):
    make.milestone(project, due_on=datetime.date(2026, 5, 31))
    project.participants.filter(role="lead").update(state="left")
    assert due() == []


def test_a_lead_that_has_left_the_community_is_not_written_to(project):
    lead = lead_of(project)
    make.milestone(project, due_on=datetime.date(2026, 5, 31))
    assert due() == [(project.code, [lead.email])]
    type(lead.person.mandates.get().organization).objects.filter(acronym="DEMO-A").update(
        member_until=datetime.date(2026, 5, 1)
    )
    assert due() == []


def test_the_mails_say_what_and_by_when_ahead_and_late(project):
    lead = lead_of(project)
    make.milestone(project, title="Demo: método escrito", due_on=datetime.date(2026, 5, 31))
    for now in (NOW + datetime.timedelta(hours=13), datetime.datetime(2026, 6, 2, 15, tzinfo=datetime.UTC)):
        with time_machine.travel(now, tick=False):
            plan(now)
    ahead, late = OutboxMessage.objects.filter(address=lead.email).order_by("pk")
    assert ahead.subject.startswith("Marco: Demo: método escrito") and "31 de maio de 2026" in ahead.subject
    assert late.subject.startswith("Marco atrasado: Demo: método escrito")
    assert f"/c/{project.code}/" in late.text
