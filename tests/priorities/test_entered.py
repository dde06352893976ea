"""A plan that the coordination team enters for an organisation that sent slides: its own from its first act on."""

import pytest
import time_machine
from django.urls import reverse

from core.errors import Incomplete, NotNow
from core.outbox.models import OutboxMessage
from priorities.models import PriorityPlan
from priorities.services.drafts import add_draft
from priorities.services.plans import enter_plan, offer_plan
from tests.priorities.world import NOW, World

pytestmark = pytest.mark.django_db
SLIDES = "Demo: láminas recibidas el 8 de enero"


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        yield World()


def page(name, *args):
    return reverse(f"priorities:{name}", args=args)


def card(world, **changes):
    return {
        "title": "Demo: medir",
        "why": "Porque sí",
        "action": "Un taller",
        "theme": world.theme.slug,
        "visibility": "public",
        "language": "es",
    } | changes


def test_from_the_slides_to_the_delegates_own_submission(world, signed_in):
    team, delegate = signed_in(world.team), signed_in(world.delegate)
    dashboard = page("cycle_dashboard", 2026)
    enter = page("plan_enter", 2026, world.ours.slug)
    assert enter in team.get(dashboard).content.decode()
    assert team.post(enter, {"entered_from": " "}).status_code == 422
    draft = team.post(enter, {"entered_from": SLIDES})["Location"]
    plan = PriorityPlan.objects.get()
    assert draft == page("plan_edit", plan.code)
    assert team.post(page("draft_add", plan.code), card(world)).status_code == 302
    assert "entered" not in str(OutboxMessage.objects.values_list("kind", flat=True))
    team.post(page("plan_offer", plan.code))
    mail = OutboxMessage.objects.filter(kind="plan_entered")
    assert {one.address for one in mail} == {world.delegate.email, world.alternate.email}
    assert SLIDES in mail[0].text
    assert mail[0].subject == "OURS: confirme sus prioridades de 2026 a más tardar el 30 de enero de 2026"
    assert SLIDES in delegate.get(draft).content.decode()
    assert team.post(page("plan_submit", plan.code), {"version": 3}).status_code == 403, "it never submits for it"
    plan.refresh_from_db()
    assert delegate.post(page("plan_submit", plan.code), {"version": plan.version}).status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.revisions.get().content["entered_from"]) == ("submitted", SLIDES)
    assert plan.taken_over_at == NOW


def test_with_its_first_change_it_is_the_organisations_alone(world, signed_in):
    plan = enter_plan(world.cycle, organization=world.ours, entered_from=SLIDES, actor=world.team, now=NOW)
    add_draft(plan, actor=world.team, now=NOW, title="Demo: del equipo")
    team = signed_in(world.team)
    assert "Demo: del equipo" in team.get(page("plan_edit", plan.code)).content.decode()
    world.card(plan, title="Demo: nuestra")
    assert team.get(page("plan_edit", plan.code)).status_code == 403
    assert team.post(page("draft_add", plan.code), card(world)).status_code == 403
    plan.refresh_from_db()
    with pytest.raises(NotNow):
        offer_plan(plan, actor=world.team, now=NOW)


def test_whoever_has_begun_is_not_written_for_and_others_read_nothing(world, signed_in):
    plan = world.begin()
    world.card(plan)
    with pytest.raises(NotNow):
        enter_plan(world.cycle, organization=world.ours, entered_from=SLIDES, actor=world.team, now=NOW)
    with pytest.raises(Incomplete):
        enter_plan(world.cycle, organization=world.other, entered_from="", actor=world.team, now=NOW)
    other = enter_plan(world.cycle, organization=world.other, entered_from=SLIDES, actor=world.team, now=NOW)
    again = enter_plan(world.cycle, organization=world.other, entered_from="otra", actor=world.team, now=NOW)
    assert (again, again.entered_from) == (other, SLIDES)
    for stranger in (world.delegate, world.administrator):
        assert signed_in(stranger).get(page("plan_edit", other.code)).status_code == 404
    with pytest.raises(NotNow):
        offer_plan(other, actor=world.team, now=NOW)
