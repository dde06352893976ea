"""The coordination team's acts on a cycle."""

import datetime

import pytest

from core.deadlines import Recipient
from core.errors import Incomplete, NotNow
from core.models import JournalEntry, OutboxMessage
from organizations.states import Role
from priorities.deadlines import deadlines
from priorities.models import PlanningCycle, Priority, PriorityPlan
from priorities.queries.cycles import organizations_without_submission, time_left
from priorities.services.amendments import amend_plan
from priorities.services.cycles import (
    assess_cycle,
    close_cycle,
    consolidate_cycle,
    create_cycle,
    edit_cycle,
    extend_cycle,
    open_cycle,
    publish_cycle,
    remind_organizations,
    reopen_cycle,
)
from priorities.services.plans import submit_plan, withdraw_plan
from priorities.states import CYCLE_MOVES, CycleState, PlanState
from tests import factories as make
from tests.priorities.world import DAY, NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def create(world, year=2027, opens_at=NOW, closes_at=NOW + DAY):
    return create_cycle(
        year=year, opens_at=opens_at, closes_at=closes_at, zone="America/Montevideo", actor=world.team, now=NOW
    )


def test_a_year_has_one_cycle_whose_dates_are_in_order(world):
    assert create(world).state == CycleState.DRAFT
    with pytest.raises(Incomplete):
        create(world)
    with pytest.raises(Incomplete):
        create(world, year=2028, closes_at=NOW)
    assert PlanningCycle.objects.count() == 2


def test_dates_change_until_it_is_opened(world):
    cycle = create(world)
    later = {"opens_at": NOW, "closes_at": NOW + 2 * DAY, "zone": "UTC", "actor": world.team, "now": NOW}
    edit_cycle(cycle, **later)
    open_cycle(cycle, actor=world.team, now=NOW)
    with pytest.raises(NotNow):
        edit_cycle(cycle, **later)
    cycle.refresh_from_db()
    assert cycle.closes_at == NOW + 2 * DAY


def test_opening_tells_those_who_speak_once_each(world):
    make.Mandate.objects.create(
        person=world.delegate.person, organization=world.other, role=Role.ALTERNATE, starts_on=make.LONG_AGO
    )
    open_cycle(create(world), actor=world.team, now=NOW)
    addresses = OutboxMessage.objects.filter(kind="cycle_opened").values_list("address", flat=True)
    assert sorted(addresses) == sorted(u.email for u in (world.delegate, world.lead, world.alternate, world.peer))
    assert "OURS, THEIRS" in OutboxMessage.objects.get(kind="cycle_opened", address=world.delegate.email).text


def test_a_cycle_whose_closing_has_passed_is_not_opened(world):
    with pytest.raises(NotNow):
        open_cycle(create(world), actor=world.team, now=NOW + 2 * DAY)


def test_an_extension_is_a_logged_act_with_a_reason_and_mail(world):
    cycle, old = world.cycle, world.cycle.closes_at
    for closes_at, reason in ((old, "x"), (old + DAY, " ")):
        with pytest.raises(Incomplete):
            extend_cycle(cycle, closes_at=closes_at, reason=reason, actor=world.team, now=NOW)
    with pytest.raises(Incomplete):
        extend_cycle(cycle, closes_at=old + DAY, reason="x", actor=world.team, now=old + 2 * DAY)
    extend_cycle(cycle, closes_at=old + DAY, reason="Dos lo pidieron", actor=world.team, now=NOW)
    extension = cycle.extensions.get()
    assert (extension.old_closes_at, extension.new_closes_at, extension.reason) == (old, old + DAY, "Dos lo pidieron")
    assert JournalEntry.objects.get(verb="cycle_extended").code == "cycle-2026"
    assert OutboxMessage.objects.filter(kind="cycle_extended").count() == 4
    assert "Dos lo pidieron" in OutboxMessage.objects.filter(kind="cycle_extended").first().text
    cycle.refresh_from_db()
    assert cycle.accepts(old)


def test_an_extension_opens_a_consolidating_cycle_again(world):
    consolidate_cycle(world.cycle, actor=world.team, now=NOW)
    with pytest.raises(NotNow):
        world.begin()
    closes_at = world.cycle.closes_at + DAY
    extend_cycle(world.cycle, closes_at=closes_at, reason="x", actor=world.team, now=NOW)
    assert world.begin().state == PlanState.DRAFT


@pytest.mark.parametrize("state", list(CycleState))
def test_a_cycle_moves_only_as_the_table_says(world, state):
    PlanningCycle.objects.filter(pk=world.cycle.pk).update(state=state)
    acts = {
        CycleState.OPEN: reopen_cycle,
        CycleState.CONSOLIDATING: consolidate_cycle,
        CycleState.PUBLISHED: publish_cycle,
        CycleState.ASSESSING: assess_cycle,
        CycleState.CLOSED: close_cycle,
    }
    for target, act in acts.items():
        PlanningCycle.objects.filter(pk=world.cycle.pk).update(state=state)
        if target in CYCLE_MOVES[state]:
            act(world.cycle, actor=world.team, now=NOW)
        else:
            with pytest.raises(NotNow):
                act(world.cycle, actor=world.team, now=NOW)
        world.cycle.refresh_from_db()
        assert world.cycle.state == (target if target in CYCLE_MOVES[state] else state)


def test_publishing_closes_what_was_submitted_and_leaves_drafts_unread(world):
    plan = world.submitted({"title": "Public"}, {"title": "Among us", "visibility": "community"})
    amend_plan(plan, reason="Tarde", actor=world.delegate, now=NOW)
    draft = world.begin(world.other)
    world.card(draft, title="Never sent")
    publish_cycle(world.cycle, actor=world.team, now=NOW)
    states = dict(PriorityPlan.objects.values_list("organization__acronym", "state"))
    assert states == {"OURS": PlanState.CLOSED, "THEIRS": PlanState.DRAFT}
    plan.refresh_from_db()
    assert (plan.is_being_written, plan.amend_reason) == (False, "")
    from django.contrib.auth.models import AnonymousUser

    assert [row.title_es for row in Priority.objects.visible_to(AnonymousUser(), NOW)] == ["Public"]
    for act in (submit_plan, withdraw_plan):
        with pytest.raises(NotNow):
            act(draft, actor=world.peer, now=NOW)


def test_reminders_go_to_those_who_have_not_filed_and_once_a_day(world):
    world.submitted()
    lone = make.organization("LONE")
    lead = make.holder(Role.LEAD, lone)
    nobody = make.organization("NOBODY")
    assert [o.acronym for o in organizations_without_submission(world.cycle, NOW)] == ["THEIRS", "LONE", "NOBODY"]
    assert remind_organizations(world.cycle, actor=world.team, now=NOW) == 3
    assert remind_organizations(world.cycle, actor=world.team, now=NOW) == 0
    written = dict(OutboxMessage.objects.filter(kind="plan_remind").values_list("address", "subject"))
    assert set(written) == {world.peer.email, lead.email, world.team.email}
    assert nobody.acronym in written[world.team.email]
    assert remind_organizations(world.cycle, actor=world.team, now=NOW + DAY) == 3


def test_nobody_is_reminded_of_what_no_longer_accepts(world):
    with pytest.raises(NotNow):
        remind_organizations(world.cycle, actor=world.team, now=world.cycle.closes_at)
    assert OutboxMessage.objects.count() == 0


def test_a_delegate_is_asked_before_the_lead(world):
    remind_organizations(world.cycle, actor=world.team, now=NOW)
    addresses = set(OutboxMessage.objects.filter(text__contains="OURS").values_list("address", flat=True))
    assert addresses == {world.delegate.email, world.alternate.email}


def test_mail_is_in_the_recipients_language_and_zone(world):
    make.delegate(world.ours, language="en", zone="America/Bogota", email="en@example.org")
    make.delegate(world.ours, language="pt-br", email="pt@example.org")
    remind_organizations(world.cycle, actor=world.team, now=NOW)
    english = OutboxMessage.objects.get(address="en@example.org")
    assert "Bogota (UTC−5)" in english.text and "/en/priorities/mine/" in english.text
    assert "Montevideo (UTC−3)" in english.text and "Friday 30 January 2026" in english.text
    portuguese = OutboxMessage.objects.get(address="pt@example.org")
    assert "/pt/priorities/mine/" in portuguese.text and "30 de janeiro de 2026" in portuguese.text


def test_names_with_marks_are_not_escaped_in_mail(world):
    world.submitted({"title": "R&D <i>y</i> 'más'"})
    assert "R&D <i>y</i> 'más'" in OutboxMessage.objects.filter(kind="plan_submitted").first().text


def test_what_is_due_are_the_plans_of_those_who_have_organizations_without_submission(world, django_assert_num_queries):
    world.submitted()
    since, until = NOW, world.cycle.closes_at + DAY
    with django_assert_num_queries(4):
        (due,) = deadlines(since, until)
    assert (due.kind, due.code, due.at) == ("priorities.plan", "2026-theirs", world.cycle.closes_at)
    assert due.recipients == (Recipient(world.peer.email, "es", "America/Montevideo", world.peer.person.name),)
    world.begin(world.other)
    assert [one.code for one in deadlines(since, until)] == ["2026-theirs"]
    assert list(deadlines(until, until + DAY)) == []
    for _ in range(5):
        make.organization()
    with django_assert_num_queries(4):
        assert len(list(deadlines(since, until))) == 6


def test_nothing_is_due_in_a_cycle_that_is_not_open(world):
    consolidate_cycle(world.cycle, actor=world.team, now=NOW)
    assert list(deadlines(NOW, NOW + datetime.timedelta(days=90))) == []


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (datetime.timedelta(days=2, hours=1), "2 días"),
        (datetime.timedelta(hours=5, minutes=1), "5 horas"),
        (datetime.timedelta(minutes=5), "menos de una hora"),
        (datetime.timedelta(0), ""),
    ],
)
def test_the_time_left_is_in_days_then_hours_then_less(world, before, text):
    left = time_left(world.cycle, world.cycle.closes_at - before)
    assert text in left and bool(text) == bool(left)


def test_a_cycle_in_preparation_is_not_extended(world):
    PlanningCycle.objects.update(state=CycleState.DRAFT)
    later = world.cycle.closes_at + DAY
    with pytest.raises(NotNow):
        extend_cycle(world.cycle, closes_at=later, reason="Demo", actor=world.team, now=NOW)
