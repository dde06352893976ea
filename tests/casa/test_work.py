"""My work: what a person owes, by role; overdue first."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casa import desk
from commons.models import ActionItem
from core.records import services as records
from core.visibility import Visibility
from organizations.states import Role
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 1, 12, 15, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def january():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def organization():
    return make.organization("DEMO-A")


def action(organization, due_on=None, **fields):
    row = ActionItem(organization=organization, due_on=due_on, visibility=Visibility.COMMUNITY, **fields)
    row.title_es = f"Tarea {due_on}"
    return records.create("ACT", 2026, row)


def owed(user):
    return [duty.words for duty in desk.read(user, NOW).owed]


def test_a_visitor_is_sent_to_sign_in(client):
    assert client.get("/es/my-work/")["Location"] == "/es/account/login/?next=/es/my-work/"


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_it_stands_for_every_role(signed_in, organization, language):
    make.cycle(2026, now=NOW)
    make.meeting(state="held")
    for role in Role:
        holder = make.holder(role, None if role in (Role.COORDINATION, Role.ADMINISTRATOR) else organization)
        assert signed_in(holder).get(f"/{language}/my-work/").status_code == 200


def test_without_a_role_it_says_who_gives_one(signed_in):
    assert "has no role today" in signed_in(make.user()).get("/en/my-work/").content.decode()


class TestPriorities:
    def test_are_owed_by_those_who_write_while_the_cycle_is_open(self, organization):
        make.cycle(2026, now=NOW)
        [duty] = desk.read(make.delegate(organization), NOW).owed
        assert (duty.organization, duty.due) == (organization, datetime.date(2026, 2, 1))
        assert desk.read(make.holder(Role.MEMBER, organization), NOW).owed == []

    def test_a_draft_is_continued_and_a_submitted_plan_is_not_owed(self, organization):
        cycle = make.cycle(2026, now=NOW)
        plan = make.plan(cycle, organization)
        delegate = make.delegate(organization)
        assert plan.code in desk.read(delegate, NOW).owed[0].verb_href
        plan.state = "submitted"
        plan.save()
        seen = desk.read(delegate, NOW)
        assert (seen.owed, [duty.code for duty in seen.waiting]) == ([], [plan.code])

    def test_nobody_owes_to_a_cycle_that_has_closed(self, organization):
        make.cycle(2026, now=NOW - datetime.timedelta(days=60))
        assert owed(make.delegate(organization)) == []


class TestActions:
    def test_overdue_first_then_by_day(self, organization):
        action(organization)
        action(organization, datetime.date(2026, 3, 1))
        action(organization, datetime.date(2026, 1, 3))
        action(organization, datetime.date(2026, 2, 1))
        assert owed(make.delegate(organization)) == [
            "Tarea 2026-01-03",
            "Tarea 2026-02-01",
            "Tarea 2026-03-01",
            "Tarea None",
        ]

    def test_finished_ones_and_those_of_others_are_not_owed(self, organization):
        action(organization, state="done")
        action(make.organization())
        assert owed(make.delegate(organization)) == []

    def test_who_only_reads_is_not_asked_to_report(self, organization):
        row = action(organization)
        [writers] = desk.read(make.delegate(organization), NOW).owed
        [readers] = desk.read(make.holder(Role.MEMBER, organization), NOW).owed
        assert writers.verb_href.endswith(f"{row.code}/report/")
        assert readers.verb_href.endswith(f"{row.code}/")


class TestCoordination:
    def test_sees_what_waits_for_it(self):
        held = make.meeting(state="held")
        make.meeting(state="published")
        make.cycle(2025, now=NOW - datetime.timedelta(days=60))
        seen = desk.read(make.coordination(), NOW)
        assert [duty.is_overdue for duty in seen.team] == [True, False]
        assert seen.team[1].code == held.code

    def test_an_election_waits_for_its_officer_alone_and_says_since_when(self):
        officer, day = make.coordination(), datetime.timedelta(days=1)
        election = make.election(make.committee(), officer.person, NOW - 13 * day, state="candidates_published")
        room = make.election(make.committee(), officer.person, NOW - 13 * day, state="roll_published", in_room=True)
        make.election(make.committee(), officer.person, NOW - 90 * day, state="annulled", annulled_because="Demo")
        late, other = desk.read(officer, NOW).team
        assert (late.code, late.is_overdue, late.due_at) == (election.code, election.opens_at <= NOW, election.opens_at)
        assert late.is_overdue and late.verb_href.endswith("/console/")
        assert (other.code, other.due, other.is_overdue) == (room.code, None, False)
        assert desk.read(make.coordination(), NOW).team == []

    def test_its_desk_is_nobody_elses(self, signed_in, organization):
        make.meeting(state="held")
        assert desk.read(make.delegate(organization), NOW).team == []
        assert (
            "The coordination team’s tasks"
            not in signed_in(make.delegate(organization)).get("/en/my-work/").content.decode()
        )


def test_costs_the_same_at_3_and_at_30_rows(signed_in, organization):
    browser = signed_in(make.delegate(organization))
    make.cycle(2026, now=NOW)

    def cost():
        with CaptureQueriesContext(connection) as seen:
            browser.get("/es/my-work/")
        return len(seen)

    for _n in range(3):
        action(organization)
    few = cost()
    for _n in range(27):
        action(organization)
    assert cost() == few <= 21
