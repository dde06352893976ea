"""What was submitted, and when and what changed; and what a visitor will read of a plan."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from priorities.models import PriorityDraft
from priorities.queries.revisions import ReferenceNames, changes_between
from priorities.services.amendments import amend_plan
from priorities.services.cycles import publish_cycle
from priorities.services.drafts import remove_draft, write_draft
from priorities.services.plans import submit_plan
from tests import factories as make
from tests.priorities.world import DAY, NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        yield World()


def page(name, plan):
    return reverse(f"priorities:{name}", args=[plan.code])


def amended(world):
    """A plan of three, then: one changed, one gone, one new."""
    plan = world.submitted({"title": "Uno"}, {"title": "Dos"}, {"title": "Tres"})
    amend_plan(plan, reason="Cambió el presupuesto", actor=world.delegate, now=NOW)
    one, two, _three = plan.drafts.in_order()
    write_draft(
        one, version=one.version, actor=world.editor, now=NOW, action="Un taller en junio", theme=make.theme("otro")
    )
    remove_draft(PriorityDraft.objects.get(pk=two.pk), actor=world.editor, now=NOW)
    world.card(plan, title="Cuatro")
    submit_plan(plan, actor=world.delegate, now=NOW)
    return plan


def test_what_changed_is_said_field_by_field_and_word_by_word(world):
    first, second = amended(world).revisions.order_by("number")
    found = changes_between(first.content, second.content, ReferenceNames())
    assert [(one.kind, one.title) for one in found] == [
        ("changed", "Uno"),
        ("moved", "Tres"),
        ("added", "Cuatro"),
        ("removed", "Dos"),
    ]
    changes = {str(label): [(piece.kind, piece.text) for piece in pieces] for label, pieces in found[0].fields}
    assert changes["una acción concreta"][-2:] == [("removed", "mayo"), ("added", "junio")]
    assert len(changes) == 2, "the theme by its name, and nothing that stayed"


def test_member_organisations_read_every_submission_and_others_do_not(world, signed_in, client):
    plan = amended(world)
    for reader in (world.peer, world.member, world.team):
        text = signed_in(reader).get(page("plan_revisions", plan)).content.decode()
        assert "<del>mayo</del>" in text and "<ins>junio</ins>" in text and "Cambió el presupuesto" in text
    assert client.get(page("plan_revisions", plan)).status_code == 404
    publish_cycle(world.cycle, actor=world.team, now=NOW + 30 * DAY)
    assert client.get(page("plan_revisions", plan)).status_code == 302, "a published plan: sign in for its history"
    assert signed_in(world.administrator).get(page("plan_revisions", plan)).status_code == 403


def test_the_history_costs_the_same_with_3_submissions_and_with_30(world, signed_in):
    plan, client = world.submitted(), signed_in(world.peer)

    def cost(rounds):
        for _round in range(rounds):
            amend_plan(plan, reason="Otra vez", actor=world.delegate, now=NOW)
            submit_plan(plan, actor=world.delegate, now=NOW)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page("plan_revisions", plan)).status_code == 200
        return len(queries)

    assert cost(2) == cost(27) <= 10


def test_a_preview_shows_what_is_public_and_counts_what_is_not(world, signed_in):
    plan = world.begin()
    world.card(plan, title="Para todos")
    world.card(plan, title="Para la comunidad", visibility="community")
    client = signed_in(world.editor)
    text = client.get(page("plan_preview", plan)).content.decode()
    assert "Para todos" in text and "Para la comunidad" not in text
    assert "1 prioridad es solo para las organizaciones miembro" in text
    submit_plan(plan, actor=world.delegate, now=NOW)
    assert client.get(page("plan_preview", plan)).content.decode().count("Para todos") == 1
    assert signed_in(world.peer).get(page("plan_preview", plan)).status_code == 403
