"""Who may open what: each address with each role, in the same set-up."""

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from core.records.rows import rows
from core.visibility import Visibility
from priorities.models import PlanningCycle, Priority, PriorityDraft, PriorityPlan
from priorities.services.cycles import assess_cycle, close_cycle, consolidate_cycle, publish_cycle
from priorities.services.drafts import remove_draft
from priorities.services.plans import present_none, submit_plan, withdraw_plan
from priorities.states import CycleState
from tests import factories as make
from tests.priorities.world import NOW, World

pytestmark = pytest.mark.django_db

ROLES = ("visitor", "peer", "member", "editor", "delegate", "alternate", "lead", "team", "administrator")
WRITERS = {"editor", "delegate", "alternate", "lead"}
SPEAKERS = WRITERS - {"editor"}
COMMUNITY = WRITERS | {"peer", "member", "team"}


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        yield World()


def page(name, *args):
    return reverse(f"priorities:{name}", args=args)


def as_role(world, client, role):
    client.logout()
    if role != "visitor":
        user = getattr(world, role)
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def answers(world, client, address, method="get", data=None):
    """{role: status}, where a redirect to sign-in counts as 401."""
    found = {}
    for role in ROLES:
        response = getattr(as_role(world, client, role), method)(address, data or {})
        to_login = response.status_code == 302 and "/account/login/" in response["Location"]
        found[role] = 401 if to_login else response.status_code
    return found


def expected(allowed, among=frozenset(), ok=200, visitor=404):
    """What each role is answered: allowed → `ok`; knows of it → 403; otherwise 404."""
    table = {role: ok if role in allowed else 403 if role in among else 404 for role in ROLES}
    return table | {"visitor": ok if "visitor" in allowed else visitor}


def test_a_draft_is_for_its_writers_and_others_learn_only_what_they_know_already(world, client):
    plan = world.begin()
    card = world.card(plan, title="Palabra secreta")
    own = {"member", "team"}
    for address in (
        page("plan_edit", plan.code),
        page("draft_add", plan.code),
        page("draft_edit", plan.code, card.pk),
    ):
        assert answers(world, client, address) == expected(WRITERS, own)
    for role in set(ROLES) - WRITERS:
        for address in (
            page("plan_detail", plan.code),
            page("plan_edit", plan.code),
            page("plan_mine"),
            page("cycle_detail", 2026),
            page("cycle_list"),
            page("cycle_dashboard", 2026),
        ):
            assert b"Palabra secreta" not in as_role(world, client, role).get(address).content, (role, address)


def test_the_coordination_team_sees_that_a_draft_exists_never_its_words(world, client):
    plan = world.begin()
    world.card(plan, title="Palabra secreta")
    content = as_role(world, client, "team").get(page("cycle_dashboard", 2026)).content.decode()
    assert content.count("state--draft") == 2
    assert "Palabra secreta" not in content and plan.code not in content
    assert list(PriorityDraft.objects.visible_to(world.team, NOW)) == []


def test_writers_submit_only_if_they_speak(world, client):
    plan = world.begin()
    world.card(plan)
    refused = {"editor", "member", "team"}
    for role in sorted(set(ROLES) - SPEAKERS):
        plan.refresh_from_db()
        response = as_role(world, client, role).post(page("plan_submit", plan.code), {"version": plan.version})
        assert response.status_code == (403 if role in refused else 404), role
        if role in refused:
            assert "delegate" in response.content.decode() or "delegad" in response.content.decode()
    assert plan.revisions.count() == 0
    response = as_role(world, client, "alternate").post(page("plan_submit", plan.code), {"version": plan.version})
    assert (response.status_code, plan.revisions.count()) == (302, 1)


@pytest.mark.parametrize("role", ROLES)
def test_only_those_who_write_for_it_change_a_card(world, client, role):
    plan = world.begin()
    card = world.card(plan)
    as_role(world, client, role)
    data = {"title": "Cambiada", "visibility": "public", "language": "es", "version": 1}
    client.post(page("draft_edit", plan.code, card.pk), data)
    client.post(page("draft_add", plan.code), data)
    client.post(page("draft_move", plan.code, card.pk), {"up": "1"})
    titles = sorted(plan.drafts.values_list("title", flat=True))
    assert titles == (["Cambiada", "Cambiada"] if role in WRITERS else ["Formar a operadores"])
    client.post(page("draft_remove", plan.code, card.pk))
    assert plan.drafts.count() == 1


def test_a_card_of_another_plan_is_not_reached_through_ones_own(world, client):
    ours, another = world.begin(), world.begin(world.other)
    card = world.card(another)
    as_role(world, client, "delegate")
    data = {"title": "Cambiada", "visibility": "public", "language": "es", "version": 1}
    for name, status in (("draft_edit", 409), ("draft_move", 302), ("draft_remove", 302)):
        response = client.post(page(name, ours.code, card.pk), data)
        assert response.status_code == status and card.title not in response.content.decode()
    assert client.get(page("draft_edit", ours.code, card.pk)).status_code == 302
    assert another.drafts.get().title == card.title and ours.drafts.count() == 0


def test_withdrawing_amending_and_none_ask_at_their_doors(world, client):
    plan = world.submitted()
    community = {"peer", "member", "team"}
    assert answers(world, client, page("plan_amend", plan.code)) == expected(WRITERS, community)
    assert answers(world, client, page("plan_none", plan.code)) == expected(SPEAKERS, community | {"editor"})
    for role in sorted(set(ROLES) - SPEAKERS):
        as_role(world, client, role).post(page("plan_withdraw", plan.code))
        plan.refresh_from_db()
        assert plan.is_filed, role
    as_role(world, client, "lead").post(page("plan_withdraw", plan.code))
    plan.refresh_from_db()
    assert not plan.is_filed


def test_a_plan_is_begun_by_those_who_write_for_the_organisation(world, client):
    address = page("plan_begin", 2026, world.ours.slug)
    for role in sorted(set(ROLES) - WRITERS):
        response = as_role(world, client, role).post(address)
        assert response.status_code == (404 if role in ("visitor", "administrator") else 403), role
        assert PriorityPlan.objects.count() == 0
    assert as_role(world, client, "editor").post(address).status_code == 302
    assert PriorityPlan.objects.get().organization == world.ours


def test_the_cycle_is_the_coordination_teams(world, client):
    others = COMMUNITY - {"team"}
    for name in ("cycle_dashboard", "cycle_edit", "cycle_extend", "cycle_remind", "cycle_publish"):
        assert answers(world, client, page(name, 2026)) == expected({"team"}, others), name
    assert answers(world, client, page("cycle_create")) == {
        role: 200 if role == "team" else 401 if role == "visitor" else 403 for role in ROLES
    }
    for role in sorted(set(ROLES) - {"team"}):
        as_role(world, client, role).post(page("cycle_move", 2026, "publish"))
        assert PlanningCycle.objects.get().state == CycleState.OPEN
    assert as_role(world, client, "team").post(page("cycle_move", 2026, "bogus")).status_code == 404
    as_role(world, client, "team").post(page("cycle_move", 2026, "publish"))
    assert PlanningCycle.objects.get().state == CycleState.PUBLISHED


def test_a_cycle_in_preparation_is_known_to_the_team_alone(world, client):
    make.cycle(2030, NOW, CycleState.DRAFT)
    assert answers(world, client, page("cycle_detail", 2030)) == expected({"team"})
    assert answers(world, client, page("cycle_dashboard", 2030)) == expected({"team"})


def surfaces(world, user, client, priority):
    """The surfaces on which a reader could see a priority."""
    client.logout()
    if user:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    reader = user or AnonymousUser()
    title = priority.title_es
    return {
        "query": Priority.objects.visible_to(reader, NOW).filter(pk=priority.pk).exists(),
        "thread": priority.code in rows([priority.code], reader, NOW),
        "page": client.get(page("priority_detail", priority.code)).status_code == 200,
        "plan": title in client.get(page("plan_detail", priority.plan.code)).content.decode(),
        "list": title in client.get(page("cycle_detail", 2026)).content.decode(),
        "search": title in client.get(page("cycle_detail", 2026), {"q": title}).content.decode(),
    }


@pytest.mark.parametrize("visibility", [Visibility.PUBLIC, Visibility.COMMUNITY])
@pytest.mark.parametrize("state", [CycleState.OPEN, CycleState.CONSOLIDATING, CycleState.PUBLISHED, CycleState.CLOSED])
def test_who_reads_what_was_submitted(world, client, state, visibility):
    plan = world.submitted({"title": "Titulo que se delata", "visibility": visibility})
    priority = plan.priorities.get()
    if state != CycleState.OPEN:
        consolidate_cycle(world.cycle, actor=world.team, now=NOW)
    if state in (CycleState.PUBLISHED, CycleState.CLOSED):
        publish_cycle(world.cycle, actor=world.team, now=NOW)
    if state == CycleState.CLOSED:
        assess_cycle(world.cycle, actor=world.team, now=NOW)
        close_cycle(world.cycle, actor=world.team, now=NOW)
    published = state in (CycleState.PUBLISHED, CycleState.CLOSED)
    for role in ROLES:
        user = None if role == "visitor" else getattr(world, role)
        may = role in COMMUNITY or (published and visibility == Visibility.PUBLIC)
        found = surfaces(world, user, client, priority)
        if may and role not in COMMUNITY:
            assert all(found.values()), (role, found)
        elif not may:
            # A search that finds nothing repeats the words that were typed; nothing else may show them.
            found.pop("search")
            assert not any(found.values()), (role, found)
        else:
            assert found["query"] and found["thread"] and found["page"] and found["list"], (role, found)


def test_a_withdrawn_or_left_out_priority_is_read_by_its_writers_alone(world, client):
    plan = world.submitted({"title": "Una"}, {"title": "Retirada"})
    withdraw_plan(plan, actor=world.delegate, now=NOW)
    for priority in plan.priorities.all():
        for role in ROLES:
            response = as_role(world, client, role).get(page("priority_detail", priority.code))
            assert response.status_code == (200 if role in WRITERS else 404), role
    remove_draft(plan.drafts.get(title="Retirada"), actor=world.editor, now=NOW)
    submit_plan(plan, actor=world.delegate, now=NOW)
    gone = plan.priorities.get(title_es="Retirada")
    for role in ROLES:
        response = as_role(world, client, role).get(page("priority_detail", gone.code))
        assert response.status_code == (200 if role in WRITERS else 404), role


def test_the_reason_for_presenting_none_stays_among_the_organisations(world, client):
    plan = world.begin()
    present_none(plan, reason="Motivo reservado", actor=world.delegate, now=NOW)
    publish_cycle(world.cycle, actor=world.team, now=NOW)
    for role, may in (("visitor", False), ("administrator", False), ("peer", True), ("team", True)):
        content = as_role(world, client, role).get(page("plan_detail", plan.code)).content.decode()
        assert ("Motivo reservado" in content) == may, role


def test_the_way_to_my_plan(world, client):
    own_plan = page("plan_mine")
    assert as_role(world, client, "visitor").get(own_plan).status_code == 302
    assert as_role(world, client, "administrator").get(own_plan).status_code == 403
    assert as_role(world, client, "member").get(own_plan).status_code == 200
    begin = page("plan_begin", 2026, world.ours.slug)
    assert begin in as_role(world, client, "editor").get(own_plan).content.decode()
    assert begin not in as_role(world, client, "member").get(own_plan).content.decode()
    plan = world.begin()
    assert as_role(world, client, "editor").get(own_plan)["Location"] == page("plan_edit", plan.code)
    assert as_role(world, client, "member").get(own_plan).status_code == 200
    world.card(plan)
    submit_plan(plan, actor=world.delegate, now=NOW)
    for role in ("editor", "member"):
        assert as_role(world, client, role).get(own_plan)["Location"] == page("plan_detail", plan.code)
    make.Mandate.objects.create(
        person=world.delegate.person, organization=world.other, role="delegate", starts_on=make.LONG_AGO
    )
    content = as_role(world, client, "delegate").get(own_plan).content.decode()
    assert "OURS" in content and page("plan_begin", 2026, world.other.slug) in content
