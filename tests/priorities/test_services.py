"""What happens to a plan: every "may" beside its "may not", with the same set-up."""

import datetime
import json

import pytest
from django.contrib.auth.models import AnonymousUser

from core.errors import Conflict, Incomplete, NotNow, PermissionDenied
from core.models import JournalEntry, OutboxMessage, Record
from priorities.models import Priority, PriorityDraft
from priorities.queries.matrix import Axis, matrix_of
from priorities.queries.plans import digest_of, submitted_content
from priorities.services.amendments import amend_plan, discard_amendment
from priorities.services.cycles import publish_cycle
from priorities.services.drafts import (
    add_draft,
    move_draft,
    remove_draft,
    write_draft,
)
from priorities.services.plans import begin_plan, enter_plan, present_none, submit_plan, withdraw_plan
from priorities.states import PlanState
from tests import factories as make
from tests.priorities.world import DAY, NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def submit(world, plan, now=NOW, **kwargs):
    return submit_plan(plan, actor=world.delegate, now=now, **kwargs)


def test_beginning_twice_gives_one_plan(world):
    assert world.begin() == world.begin()
    assert world.cycle.plans.count() == 1


def test_only_member_organisations_begin_a_plan(world):
    observer = make.organization("WATCH", kind="observer")
    gone = make.organization("GONE", member_until=(NOW - DAY).date())
    for organization in (observer, gone):
        with pytest.raises(NotNow):
            world.begin(organization)
    assert world.cycle.plans.count() == 0


def test_submitting_says_all_that_is_missing_at_once(world):
    plan = world.begin()
    world.card(plan, why="", action=" ")
    add_draft(plan, actor=world.editor, now=NOW, title="Otra", language="es")
    with pytest.raises(Incomplete) as error:
        submit(world, plan)
    assert len(error.value.missing) == 2
    words = " ".join(str(sentence) for group in error.value.missing.values() for sentence in group)
    for field in ("why", "action", "theme"):
        assert str(PriorityDraft._meta.get_field(field).verbose_name) in words
    plan.refresh_from_db()
    assert plan.state == PlanState.DRAFT
    assert Priority.objects.count() == plan.revisions.count() == 0


def test_an_empty_plan_is_not_submitted(world):
    with pytest.raises(Incomplete):
        submit(world, world.begin())


def test_a_submission_makes_priorities_a_revision_a_journal_row_and_mail(world):
    plan = world.begin()
    world.card(plan)
    world.card(plan, title="Second", visibility="community", language="en")
    revision = submit(world, plan)
    plan.refresh_from_db()
    assert (plan.state, plan.submitted_at, plan.drafts.count()) == (PlanState.SUBMITTED, NOW, 0)
    first, second = plan.priorities.order_by("rank")
    assert (first.code, first.title_es, first.visibility) == ("CASA-2026-PRI-001", "Formar a operadores", "public")
    assert (second.title_en, second.title_es, second.source_language) == ("Second", "", "en")
    assert [row["code"] for row in revision.content["priorities"]] == [first.code, second.code]
    assert revision.digest == digest_of(json.loads(json.dumps(revision.content)))
    assert JournalEntry.objects.filter(verb="plan_submitted", code=plan.code).count() == 1
    addresses = set(OutboxMessage.objects.filter(kind="plan_submitted").values_list("address", flat=True))
    assert addresses == {world.delegate.email, world.lead.email, world.alternate.email}


def test_two_tabs_submit_once(world):
    plan = world.begin()
    world.card(plan)
    plan.refresh_from_db()
    submit(world, plan, version=plan.version)
    with pytest.raises(NotNow):
        submit(world, plan, version=plan.version)
    assert plan.revisions.count() == 1


def test_what_one_has_not_seen_is_not_submitted(world):
    plan = world.begin()
    world.card(plan)
    plan.refresh_from_db()
    seen = plan.version
    world.card(plan, title="Added by a colleague")
    with pytest.raises(Conflict):
        submit(world, plan, version=seen)
    assert submit(world, plan, version=seen + 1).number == 1


@pytest.mark.parametrize("minutes, accepted", [(-1, True), (0, False), (1, False)])
def test_the_closing_is_exclusive(world, minutes, accepted):
    plan = world.begin()
    world.card(plan)
    moment = world.cycle.closes_at + datetime.timedelta(minutes=minutes)
    if accepted:
        assert submit(world, plan, now=moment).number == 1
    else:
        with pytest.raises(NotNow) as error:
            submit(world, plan, now=moment)
        assert "30" in str(error.value.message)
        assert plan.revisions.count() == 0


def test_nothing_is_written_before_the_opening_or_after_the_closing(world):
    plan = world.begin()
    card = world.card(plan)
    for moment in (world.cycle.opens_at - DAY, world.cycle.closes_at):
        for act in (
            lambda now: add_draft(plan, actor=world.editor, now=now),
            lambda now: write_draft(card, version=1, actor=world.editor, now=now, title="x"),
            lambda now: move_draft(card, up=True, actor=world.editor, now=now),
            lambda now: remove_draft(card, actor=world.editor, now=now),
            lambda now: present_none(plan, reason="x", actor=world.delegate, now=now),
        ):
            with pytest.raises(NotNow):
                act(moment)
    card.refresh_from_db()
    assert (card.title, card.version) == ("Formar a operadores", 1)


def test_presenting_none_is_a_full_answer_with_a_reason(world):
    plan = world.begin()
    world.card(plan)
    with pytest.raises(Incomplete):
        present_none(plan, reason="  ", actor=world.delegate, now=NOW)
    revision = present_none(plan, reason="Cambio de dirección", actor=world.delegate, now=NOW)
    plan.refresh_from_db()
    assert (plan.state, plan.none_this_year, plan.drafts.count()) == (PlanState.SUBMITTED, True, 1)
    assert revision.content["priorities"] == []
    with pytest.raises(NotNow):
        present_none(plan, reason="Otra vez", actor=world.delegate, now=NOW)


def test_withdrawing_gives_the_words_back_as_drafts_and_resubmitting_keeps_the_code(world):
    plan = world.submitted()
    code = plan.priorities.get().code
    withdraw_plan(plan, actor=world.delegate, now=NOW)
    plan.refresh_from_db()
    assert (plan.state, plan.submitted_at, plan.drafts.get().title) == (PlanState.DRAFT, None, "Formar a operadores")
    with pytest.raises(NotNow):
        withdraw_plan(plan, actor=world.delegate, now=NOW)
    submit(world, plan)
    assert plan.priorities.get().code == code
    assert [row.number for row in plan.revisions.order_by("number")] == [1, 2]


def test_while_a_change_is_prepared_what_was_submitted_stands(world):
    plan = world.submitted({"title": "Keep"}, {"title": "Drop"})
    with pytest.raises(Incomplete):
        amend_plan(plan, reason=" ", actor=world.delegate, now=NOW)
    amend_plan(plan, reason="Menos manos", actor=world.delegate, now=NOW)
    with pytest.raises(NotNow):
        amend_plan(plan, reason="Otra", actor=world.delegate, now=NOW)
    keep, drop = plan.drafts.in_order()
    remove_draft(drop, actor=world.editor, now=NOW)
    write_draft(keep, version=1, actor=world.editor, now=NOW, title="Keep, changed")
    peers = Priority.objects.visible_to(world.peer, NOW)
    assert sorted(row.title_es for row in peers) == ["Drop", "Keep"]
    revision = submit(world, plan)
    assert (revision.number, revision.reason) == (2, "Menos manos")
    assert [row.title_es for row in peers.all()] == ["Keep, changed"]
    assert Priority.objects.get(title_es="Drop").left_out_at == NOW
    assert Record.objects.filter(code=Priority.objects.get(title_es="Drop").code).exists()


def test_a_discarded_change_leaves_what_was_submitted(world):
    plan = world.submitted()
    with pytest.raises(NotNow):
        discard_amendment(plan, actor=world.delegate, now=NOW)
    amend_plan(plan, reason="Duda", actor=world.delegate, now=NOW)
    remove_draft(plan.drafts.get(), actor=world.delegate, now=NOW)
    discard_amendment(plan, actor=world.delegate, now=NOW)
    plan.refresh_from_db()
    assert (plan.is_being_written, plan.priorities.filed().count(), plan.revisions.count()) == (False, 1, 1)


def test_a_submitted_plan_is_not_written(world):
    plan = world.submitted()
    with pytest.raises(NotNow):
        world.card(plan)
    amend_plan(plan, reason="Falta una", actor=world.delegate, now=NOW)
    world.card(plan)
    assert plan.drafts.count() == 2


def test_a_revision_tells_what_was_submitted_and_its_digest_follows_every_word(world):
    plan = world.submitted()
    first = digest_of(submitted_content(plan))
    assert plan.revisions.get().digest == first
    Priority.objects.filter(plan=plan).update(title_es="Formar a operadoras")
    assert digest_of(submitted_content(plan)) != first


def test_an_organisation_that_leaves_in_july_keeps_what_it_filed_and_files_no_more(world):
    world.submitted()
    publish_cycle(world.cycle, actor=world.team, now=NOW + 30 * DAY)
    world.ours.member_until = datetime.date(2026, 7, 1)
    world.ours.save()
    july = NOW + 200 * DAY
    assert [line.total for line in matrix_of(world.cycle, Axis.THEME, user=world.peer, now=july).lines] == [1, 0]
    following = make.cycle(2027, now=july)
    with pytest.raises(NotNow):
        begin_plan(following, organization=world.ours, actor=world.delegate, now=july)
    assert Priority.objects.visible_to(AnonymousUser(), july).count() == 1


def test_presenting_none_after_all_gives_the_words_back_as_drafts(world):
    plan = world.submitted({"title": "Uno"}, {"title": "Dos"})
    codes = set(plan.priorities.values_list("code", flat=True))
    present_none(plan, reason="Falta gente", actor=world.delegate, now=NOW)
    assert [card.title for card in plan.drafts.in_order()] == ["Uno", "Dos"]
    amend_plan(plan, reason="Hay gente", actor=world.delegate, now=NOW)
    discard_amendment(plan, actor=world.delegate, now=NOW)
    withdraw_plan(plan, actor=world.delegate, now=NOW)
    assert [card.title for card in plan.drafts.in_order()] == ["Uno", "Dos"]
    submit_plan(plan, actor=world.delegate, now=NOW)
    assert set(Priority.objects.filed().values_list("code", flat=True)) == codes


def test_an_organisation_that_left_files_no_more(world):
    plan = world.begin()
    world.card(plan)
    world.ours.member_until = (NOW - DAY).date()
    world.ours.save()
    with pytest.raises(NotNow):
        submit_plan(plan, actor=world.delegate, now=NOW)
    with pytest.raises(NotNow):
        present_none(plan, reason="Nos fuimos", actor=world.delegate, now=NOW)
    plan.refresh_from_db()
    assert plan.state == "draft" and not plan.revisions.exists()


def test_what_is_no_draft_is_not_amended_and_another_organisation_writes_in_nothing(world):
    plan = world.begin()
    with pytest.raises(NotNow):
        amend_plan(plan, reason="Demo", actor=world.delegate, now=NOW)
    entered = enter_plan(world.cycle, organization=world.other, entered_from="Demo", actor=world.team, now=NOW)
    with pytest.raises(PermissionDenied):
        add_draft(entered, title="Demo", actor=world.delegate, now=NOW)


def test_withdrawing_a_change_leaves_its_drafts(world):
    plan = world.submitted()
    amend_plan(plan, reason="Demo", actor=world.delegate, now=NOW)
    write_draft(plan.drafts.get(), version=1, title="Demo: otra", actor=world.delegate, now=NOW)
    withdraw_plan(plan, actor=world.delegate, now=NOW)
    assert plan.drafts.get().title == "Demo: otra"
