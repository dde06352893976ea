"""An action out of a common project: in whose name, when, who reads it, and its place in the thread."""

import datetime

import pytest
from django.urls import reverse

from commons.models import ActionItem
from core.errors import Incomplete, NotNow, PermissionDenied
from priorities.services.actions import undertake_action
from priorities.services.projects import set_project_state
from tests.priorities.test_projects import NOW, World

pytestmark = pytest.mark.django_db
DUE = datetime.date(2026, 6, 1)


@pytest.fixture
def world():
    return World()


@pytest.fixture
def agreed(world):
    project = world.propose()
    world.answer(project, 1)
    project.refresh_from_db()
    return project


def undertake(world, project, n=1, actor=None, **changes):
    values = {"title": "Demo: juntar los datos", "language": "es", "due_on": DUE, "visibility": "public"}
    return undertake_action(
        project, organization=world.organizations[n], actor=actor or world.delegates[n], now=NOW, **values | changes
    )


def test_it_stands_in_the_projects_thread_for_everybody(world, agreed, signed_in, client):
    browser = signed_in(world.delegates[1])
    page = reverse("priorities:action_undertake", args=[agreed.code])
    assert page in browser.get(agreed.get_absolute_url()).content.decode()
    sent = {
        "organization": "demo-b",
        "title": "Demo: juntar los datos",
        "due_on": "2030-06-01",
        "visibility": "public",
        "language": "es",
    }
    assert browser.post(page, sent).status_code == 302
    action = ActionItem.objects.get()
    assert (action.organization, str(action.due_on)) == (world.second, "2030-06-01")
    shown = client.get(agreed.get_absolute_url()).content.decode()
    assert "Demo: juntar los datos" in shown
    assert page not in shown
    assert agreed.title in client.get(reverse("thread", args=[action.code])).content.decode()


def test_each_in_its_own_name_only(world, agreed):
    assert undertake(world, agreed, actor=world.delegates[1])
    with pytest.raises(Incomplete) as refused:
        undertake(world, agreed, n=0, actor=world.delegates[1])
    assert list(refused.value.missing) == ["organization"]
    with pytest.raises(PermissionDenied):
        undertake(world, agreed, n=2, actor=world.delegates[2])
    assert ActionItem.objects.count() == 1


def test_not_before_it_is_agreed_and_not_once_it_is_over(world, agreed):
    proposed = world.propose(title="Demo: otro")
    with pytest.raises(NotNow, match="confirmado"):
        undertake(world, proposed, n=0)
    set_project_state(
        agreed,
        state="cancelled",
        reason="Demo: no hay datos",
        version=agreed.version,
        actor=world.delegates[0],
        now=NOW,
    )
    with pytest.raises(NotNow):
        undertake(world, agreed)
    assert not ActionItem.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"), [({"title": " "}, "title"), ({"due_on": datetime.date(2026, 1, 31)}, "due_on")]
)
def test_what_is_wrong_is_told_beside_its_field(world, agreed, changes, field):
    with pytest.raises(Incomplete) as refused:
        undertake(world, agreed, **changes)
    assert list(refused.value.missing) == [field]


def test_what_is_done_in_a_project_of_the_community_is_not_public(world, client):
    project = world.propose(visibility="community")
    world.answer(project, 1)
    with pytest.raises(Incomplete) as refused:
        undertake(world, project)
    assert list(refused.value.missing) == ["visibility"]
    action = undertake(world, project, visibility="community")
    assert client.get(action.get_absolute_url()).status_code == 404
