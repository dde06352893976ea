"""What the page's module saves by itself: the same services and versions as the button, answered in a few words."""

import pytest
import time_machine
from django.urls import reverse

from priorities.services.cycles import consolidate_cycle
from priorities.services.drafts import write_draft
from tests.priorities.world import NOW, World

pytestmark = pytest.mark.django_db
QUIET = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        yield World()


def words(**changes):
    return {"title": "Medir juntos", "visibility": "public", "language": "es"} | changes


def test_a_new_card_gets_its_address_and_then_its_versions(world, signed_in):
    plan, client = world.begin(), signed_in(world.editor)
    first = client.post(reverse("priorities:draft_add", args=[plan.code]), words(), **QUIET)
    card = plan.drafts.get()
    edit = reverse("priorities:draft_edit", args=[plan.code, card.pk])
    assert first.json() == {"says": "Guardado 09:00", "version": card.version, "address": edit}
    second = client.post(edit, words(why="Porque sí", version=card.version), **QUIET).json()
    card.refresh_from_db()
    assert (second["version"], card.why) == (card.version, "Porque sí")
    assert "Borrador guardado" not in client.get(edit).content.decode(), "no notice for what nobody pressed"


def test_words_of_another_are_never_overwritten_and_nonsense_is_told(world, signed_in):
    plan = world.begin()
    card, client = world.card(plan), signed_in(world.delegate)
    edit = reverse("priorities:draft_edit", args=[plan.code, card.pk])
    write_draft(card, version=card.version, actor=world.editor, now=NOW, title="De otra persona")
    late = client.post(edit, words(version=1), **QUIET)
    assert late.status_code == 409
    assert late.json()["says"].startswith("No se guardó: Otra persona")
    card.refresh_from_db()
    assert card.title == "De otra persona"
    wrong = client.post(edit, words(version=card.version, theme="no-such"), **QUIET)
    assert (wrong.status_code, wrong.json()["says"][:14]) == (422, "No se guardó: ")
    assert "De otra persona" in client.post(edit, words(version=1)).content.decode(), "the button shows both texts"


def test_a_closed_cycle_and_a_stranger_are_refused_as_by_the_button(world, signed_in):
    plan = world.begin()
    consolidate_cycle(world.cycle, actor=world.team, now=NOW)
    add = reverse("priorities:draft_add", args=[plan.code])
    assert signed_in(world.editor).post(add, words(), **QUIET).status_code == 422
    assert signed_in(world.peer).post(add, words(), **QUIET).status_code == 404
    assert not plan.drafts.exists()
