"""Priorities from a spreadsheet: looked at first, then all or none."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.errors import Conflict
from priorities.models import Priority, PriorityDraft
from priorities.services.cycles import publish_cycle
from priorities.services.drafts import import_drafts
from priorities.services.plans import DETAILS, begin_plan
from tests import factories as make
from tests.priorities.world import NOW, World, full

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        yield World()


@pytest.fixture
def plan(world):
    return world.begin()


def page(name, *args):
    return reverse(f"priorities:{name}", args=args)


def send(client, plan, text, encoding="utf-8", **more):
    data = text if isinstance(text, bytes) else text.encode(encoding)
    plan.refresh_from_db()
    sent = {"file": SimpleUploadedFile("plan.csv", data, "text/csv"), "version": plan.version}
    return client.post(page("plan_import", plan.code), sent | more)


def add(client, plan, answer):
    sent = {"text": answer.context["form"].cleaned_data["text"], "version": plan.version, "step": "add"}
    return client.post(page("plan_import", plan.code), sent)


def test_from_a_spreadsheet_of_windows_to_cards(world, plan, signed_in):
    world.theme.name_es = "Seguridad"
    world.theme.save()
    space, inside = make.space(), signed_in(world.editor)
    text = (
        "title;why;action;theme;visibility;countries;spaces;month_from;wants_partners;language\r\n"
        f"Formación;Porque sí;Un taller;seguridad;Pública;UY; {space.slug};03;sí;es\r\n"
        "Solo un título;;;;;;;;;\r\n"
    )
    looked = send(inside, plan, text, "cp1252")
    assert looked.status_code == 200 and not PriorityDraft.objects.exists(), "nothing is added by looking"
    assert "Formación" in looked.content.decode()
    assert add(inside, plan, looked)["Location"] == page("plan_edit", plan.code)
    first, second = plan.drafts.in_order()
    assert (first.title, first.theme, first.visibility, first.countries, first.month_from, first.wants_partners) == (
        "Formación",
        world.theme,
        "public",
        ["UY"],
        3,
        True,
    )
    assert list(first.spaces.all()) == [space]
    assert (second.title, second.visibility, second.missing) == (
        "Solo un título",
        "community",
        ["why", "action", "theme"],
    )


def test_one_wrong_row_and_nothing_is_added_and_each_says_what(world, plan, signed_in):
    inside = signed_in(world.editor)
    text = (
        "title,theme,month_from,visibility,countries,wants_partners,organization,continues,owner\n"
        "Bien,,,,,,,,\n"
        ",,,,,,,,x\n"
        "Mal,nada,13,nadie,Atlántida,quizás,OTRA,CASA-1999-PRI-001,\n"
    )
    looked = send(inside, plan, text)
    assert looked.status_code == 422
    rows = looked.context["form"].rows
    wrong = [{name for name, _words in row.problems} for row in rows]
    every = {"wants_partners", "organization", "theme", "visibility", "month_from", "countries", "continues"}
    assert wrong == [set(), {"title"}, every]
    assert [row.line for row in rows] == [2, 3, 4] and "owner" in looked.content.decode()
    assert add(inside, plan, looked).status_code == 422
    assert not PriorityDraft.objects.exists()


def test_last_years_export_continues_itself(world, signed_in, client):
    before = make.cycle(2025, NOW, state="published")
    earlier = make.priority(make.plan(before, world.ours, state="closed"), "Demo: sigue", theme=world.theme)
    make.priority(make.plan(before, world.other, state="closed"), "De otra", theme=world.theme)
    plan, inside = world.begin(), signed_in(world.editor)
    table = client.get("/es/data/priorities.csv?year=2025").content
    assert send(inside, plan, table).status_code == 422, "the other organisation's row is not ours"
    own_rows = b"\r\n".join(line for line in table.split(b"\r\n") if b"THEIRS" not in line)
    looked = send(inside, plan, own_rows)
    assert looked.status_code == 200 and looked.context["form"].unknown == []
    add(inside, plan, looked)
    assert [(card.title, card.continues) for card in plan.drafts.all()] == [("Demo: sigue", earlier)]


def test_what_goes_out_comes_in_column_by_column(world, signed_in):
    """Every column of a card, with words that a spreadsheet would run, commas, quotes, lines and accents."""
    spaces = [make.space(), make.space()]
    every = {
        "title": '=HYPERLINK("x"), «ñ»',
        "why": 'Uno;\n"dos"\n- tres',
        "action": "@hacer",
        "result": "+1",
        "indicator": "'=2",
        "visibility": "community",
        "month_from": 3,
        "month_until": 11,
        "countries": ["UY", "BR"],
        "spaces": spaces,
        "wants_partners": True,
        "language": "pt",
    }
    world.submitted(every, {"title": "Demo: la segunda"})
    publish_cycle(world.cycle, actor=world.team, now=NOW)
    table = signed_in(world.editor).get("/es/data/priorities.csv?year=2026").content
    following = make.cycle(2027, NOW)
    plan = begin_plan(following, organization=world.ours, actor=world.delegate, now=NOW)
    inside = signed_in(world.editor)
    add(inside, plan, send(inside, plan, table))
    filed = list(Priority.objects.filed().order_by("rank"))
    for row, card in zip(filed, plan.drafts.in_order(), strict=True):
        for name in ("title", "why", "action"):
            assert getattr(card, name) == row.source_text(name), name
        for name in (*DETAILS, "rank"):
            wanted = row.pk if name == "continues_id" else getattr(row, name)
            assert getattr(card, name) == wanted, name
        assert card.language == row.source_language
        assert list(card.spaces.in_order()) == list(row.spaces.in_order())


@pytest.mark.parametrize(
    "data",
    [b"", b"why\nx", b"title\n", b"PK\x03\x04\0\0", b"title\n" + b"x\n" * 10_000, b"x" * 500_000, b'title\n"x'],
)
def test_what_is_no_table_is_said_beside_the_file(world, plan, signed_in, data):
    answer = send(signed_in(world.editor), plan, data)
    assert answer.status_code == 422 and list(answer.context["form"].errors) == ["file"]
    assert not PriorityDraft.objects.exists()


def test_a_plan_that_changed_meanwhile_takes_nothing(world, plan, signed_in):
    inside = signed_in(world.editor)
    looked = send(inside, plan, "title\nUno\n")
    world.card(plan)
    assert add(inside, plan, looked).status_code == 422 and plan.drafts.count() == 1
    with pytest.raises(Conflict):
        import_drafts(plan, drafts=[full(world.theme)], version=1, actor=world.editor, now=NOW)


def test_two_hundred_are_taken_and_one_more_is_not(world, plan, signed_in):
    inside = signed_in(world.editor)
    looked = send(inside, plan, "title\n" + "".join(f"Demo {n}\n" for n in range(200)))
    add(inside, plan, looked)
    assert plan.drafts.count() == 200
    assert list(send(inside, plan, "title\nUna más\n").context["form"].errors) == ["file"]


def test_what_is_submitted_takes_no_file(world, signed_in):
    plan = world.submitted()
    inside = signed_in(world.editor)
    assert inside.get(page("plan_import", plan.code)).status_code == 302
    looked = send(inside, plan, "title\nUno\n")
    assert add(inside, plan, looked).status_code == 422 and not PriorityDraft.objects.exists()
