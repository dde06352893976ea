"""Cards of a plan: written, moved, removed, continued from an earlier year."""

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import Conflict, Incomplete, NotNow
from core.records.models import Link, LinkKind
from priorities.models import PriorityDraft
from priorities.services.amendments import amend_plan
from priorities.services.drafts import (
    add_draft,
    continue_priority,
    import_drafts,
    move_draft,
    remove_draft,
    write_draft,
)
from priorities.services.plans import submit_plan
from priorities.states import CycleState, PlanState
from tests import factories as make
from tests.priorities.world import DAY, NOW, World, full

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def submit(world, plan, now=NOW, **kwargs):
    return submit_plan(plan, actor=world.delegate, now=now, **kwargs)


def test_an_empty_card_can_be_saved_and_says_what_it_lacks(world):
    draft = add_draft(world.begin(), actor=world.editor, now=NOW, language="pt")
    assert draft.missing == ["title", "why", "action", "theme"]
    assert world.card(world.begin()).missing == []


def test_of_two_who_write_one_card_the_second_is_told_and_nothing_is_lost(world):
    card = world.card(world.begin())
    write_draft(card, version=1, actor=world.editor, now=NOW, title="First")
    with pytest.raises(Conflict) as error:
        write_draft(card, version=1, actor=world.delegate, now=NOW, title="Second")
    assert error.value.current.title == "First"
    write_draft(card, version=error.value.current.version, actor=world.delegate, now=NOW, title="Second")
    card.refresh_from_db()
    assert (card.title, card.version) == ("Second", 3)


def test_cards_move_one_place_and_not_beyond_the_end(world):
    plan = world.begin()
    cards = [world.card(plan, title=name) for name in "abc"]
    order = lambda: "".join(plan.drafts.in_order().values_list("title", flat=True))  # noqa: E731
    move_draft(cards[2], up=True, actor=world.editor, now=NOW)
    assert order() == "acb"
    move_draft(cards[0], up=True, actor=world.editor, now=NOW)
    move_draft(cards[1], up=False, actor=world.editor, now=NOW)
    assert order() == "acb"


def test_a_removed_card_is_gone_and_removing_it_twice_says_so(world):
    card = world.card(world.begin())
    remove_draft(card, actor=world.editor, now=NOW)
    with pytest.raises(NotNow):
        remove_draft(PriorityDraft(pk=card.pk or 1, plan=world.begin()), actor=world.editor, now=NOW)
    with pytest.raises(NotNow):
        write_draft(PriorityDraft(pk=10**6, plan=world.begin()), version=1, actor=world.editor, now=NOW, title="x")


def earlier_plan(world, organization, year=2025):
    before = make.cycle(year, NOW - 365 * DAY, CycleState.PUBLISHED)
    plan = make.plan(before, organization, PlanState.CLOSED)
    return make.priority(plan, "De antes", theme=world.theme, why_es="Por eso", action_es="Aquello")


def test_continuing_last_years_gives_one_card_with_its_words_and_a_link_at_submission(world):
    before = earlier_plan(world, world.ours)
    plan = world.begin()
    card = continue_priority(plan, priority=before, actor=world.editor, now=NOW)
    assert continue_priority(plan, priority=before, actor=world.editor, now=NOW) == card
    assert (card.title, card.why, card.action, card.theme, card.continues) == (
        "De antes",
        "Por eso",
        "Aquello",
        world.theme,
        before,
    )
    submit(world, plan)
    link = Link.objects.get()
    assert (link.origin_id, link.outcome_id, link.kind) == (before.code, plan.priorities.get().code, LinkKind.CONTINUES)


def test_a_theme_retired_in_mid_cycle_stays_on_the_card_that_has_it_and_is_offered_to_no_other(world, signed_in):
    plan = world.begin()
    card = world.card(plan)
    world.theme.retired_on = NOW.date()
    world.theme.save()
    later = NOW + DAY
    with time_machine.travel(later, tick=False):
        inside = signed_in(world.editor)
        text = inside.get(reverse("priorities:draft_edit", args=[plan.code, card.pk])).content.decode()
        fresh = inside.get(reverse("priorities:draft_add", args=[plan.code])).content.decode()
        option = f'<option value="{world.theme.slug}"'
        assert option in text and option not in fresh
        submit_plan(plan, actor=world.delegate, now=later)
    assert plan.priorities.get().theme == world.theme


def test_a_theme_retired_since_is_chosen_anew(world):
    before = earlier_plan(world, world.ours)
    world.theme.retired_on = (NOW - DAY).date()
    world.theme.save()
    assert continue_priority(world.begin(), priority=before, actor=world.editor, now=NOW).missing == ["theme"]


def test_another_organisations_priority_is_not_continued(world):
    another, plan = earlier_plan(world, world.other), world.begin()
    for act in (
        lambda: continue_priority(plan, priority=another, actor=world.editor, now=NOW),
        lambda: add_draft(plan, actor=world.editor, now=NOW, **full(world.theme, continues=another)),
    ):
        with pytest.raises(Incomplete):
            act()
    assert plan.drafts.count() == 0


def test_nothing_continues_itself_its_own_year_or_what_comes_after(world):
    """So no circle can be made: each step of `continues` goes to an earlier year."""
    same = world.submitted({"title": "Este año"}).priorities.get()
    later = make.priority(make.plan(make.cycle(2027, NOW + 365 * DAY), world.ours, PlanState.SUBMITTED))
    amend_plan(same.plan, reason="Demo", actor=world.delegate, now=NOW)
    card = same.plan.drafts.get()
    for other in (same, later):
        with pytest.raises(Incomplete):
            continue_priority(same.plan, priority=other, actor=world.editor, now=NOW)
        with pytest.raises(Incomplete):
            write_draft(card, version=card.version, continues=other, actor=world.editor, now=NOW)
    card.refresh_from_db()
    assert card.continues is None and same.plan.drafts.count() == 1


def test_two_hundred_cards_are_submitted_at_once(world):
    plan = world.begin()
    cards = [full(world.theme, title=f"Demo {n}") for n in range(200)]
    import_drafts(plan, drafts=cards, version=plan.version, actor=world.editor, now=NOW)
    with pytest.raises(NotNow):
        world.card(plan)
    submit_plan(plan, actor=world.delegate, now=NOW)
    titles = list(plan.priorities.order_by("rank").values_list("title_es", flat=True))
    assert titles == [card["title"] for card in cards]
    assert len(plan.revisions.get().content["priorities"]) == 200


def test_months_are_in_order(world):
    plan = world.begin()
    with pytest.raises(Incomplete):
        world.card(plan, month_from=9, month_until=3)
    assert world.card(plan, month_from=3, month_until=3).month_until == 3
    with pytest.raises(IntegrityError), transaction.atomic():
        world.card(plan, month_from=13)


def test_a_card_that_was_removed_is_not_written(world):
    card = world.card(world.begin())
    remove_draft(card, actor=world.editor, now=NOW)
    with pytest.raises(NotNow):
        write_draft(card, version=card.version, title="Demo", actor=world.editor, now=NOW)
    with pytest.raises(NotNow):
        move_draft(card, up=True, actor=world.editor, now=NOW)


def test_a_priority_that_no_longer_continues_another_leaves_its_thread(world):
    before = earlier_plan(world, world.ours)
    plan = world.submitted({"continues": before})
    assert Link.objects.filter(origin=before.code).exists()
    amend_plan(plan, reason="Demo", actor=world.delegate, now=NOW)
    write_draft(plan.drafts.get(), version=1, continues=None, actor=world.delegate, now=NOW)
    plan.refresh_from_db()
    submit(world, plan)
    assert not Link.objects.filter(origin=before.code).exists()
