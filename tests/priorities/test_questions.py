"""A year's further questions: set before it opens, answered in the plan, submitted with it."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from core.errors import Conflict, Incomplete, NotNow
from priorities.models import CycleQuestion, PlanningCycle
from priorities.queries.revisions import submissions_of
from priorities.services.amendments import amend_plan, discard_amendment
from priorities.services.cycles import create_cycle, publish_cycle
from priorities.services.drafts import write_answers
from priorities.services.plans import submit_plan
from priorities.services.questions import Question, set_questions
from priorities.states import CycleState
from tests.priorities.world import DAY, NOW, World

pytestmark = pytest.mark.django_db
QUESTIONS = [
    Question({"es": "¿Con qué presupuesto?", "en": "With what budget?"}, is_needed=True),
    Question({"es": "¿Algo más?"}),
]


def page(name, *args):
    return reverse(f"priorities:{name}", args=args)


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        made = World()
        PlanningCycle.objects.update(state=CycleState.DRAFT)
        set_questions(made.cycle, questions=QUESTIONS, actor=made.team, now=NOW)
        PlanningCycle.objects.update(state=CycleState.OPEN)
        made.cycle.refresh_from_db()
        yield made


def answer(world, plan, **answers):
    plan.refresh_from_db()
    by_number = {int(name[1:]): text for name, text in answers.items()}
    return write_answers(plan, answers=by_number, version=plan.version, actor=world.editor, now=NOW)


def test_once_open_they_are_frozen(world, signed_in):
    with pytest.raises(NotNow, match="abierto"):
        set_questions(world.cycle, questions=[], actor=world.team, now=NOW)
    refused = signed_in(world.team).post(page("cycle_questions", 2026), {"es": "¿Otra?"})
    assert refused.status_code == 422 and CycleQuestion.objects.count() == 2


def test_the_next_cycle_begins_with_them(world):
    later = NOW + datetime.timedelta(days=360)
    cycle = create_cycle(year=2027, opens_at=later, closes_at=later + 20 * DAY, zone="UTC", actor=world.team, now=NOW)
    assert [(row.number, row.text_en, row.is_needed) for row in cycle.questions.all()] == [
        (1, "With what budget?", True),
        (2, "", False),
    ]
    assert world.cycle.questions.count() == 2


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"es": "\n".join("abcdef")}, "es"),
        ({"es": "Uno\nDos", "pt": "Um"}, "pt"),
        ({"es": "x" * 301}, "es"),
        ({"es": "*"}, "es"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(world, signed_in, sent, field):
    PlanningCycle.objects.update(state=CycleState.DRAFT)
    answer = signed_in(world.team).post(page("cycle_questions", 2026), sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert CycleQuestion.objects.count() == 2


def test_asked_in_a_form_line_by_line(world, signed_in):
    PlanningCycle.objects.update(state=CycleState.DRAFT)
    team = signed_in(world.team)
    assert "* ¿Con qué presupuesto?" in team.get(page("cycle_questions", 2026)).content.decode()
    sent = {"es": "* ¿Quién paga?\r\n¿Quién va?", "pt": "Quem paga?\r\nQuem vai?"}
    assert team.post(page("cycle_questions", 2026), sent).status_code == 302
    stored = [(row.text_es, row.text_pt, row.text_en, row.is_needed) for row in CycleQuestion.objects.all()]
    assert stored == [("¿Quién paga?", "Quem paga?", "", True), ("¿Quién va?", "Quem vai?", "", False)]


def test_a_plan_is_not_submitted_without_what_must_be_answered(world, signed_in):
    plan = world.begin()
    world.card(plan)
    with pytest.raises(Incomplete) as refused:
        submit_plan(plan, actor=world.delegate, now=NOW)
    assert list(refused.value.missing) == ["¿Con qué presupuesto?"]
    check = signed_in(world.delegate).get(page("plan_edit", plan.code) + "?check=1").content.decode()
    assert page("plan_answers", plan.code) + "#id_answer_1" in check
    answer(world, plan, n1="Con el nuestro")
    assert submit_plan(plan, actor=world.delegate, now=NOW).content["answers"] == [
        {"question": "¿Con qué presupuesto?", "answer": "Con el nuestro"}
    ]


def test_two_who_answer_at_once_lose_no_words(world, signed_in):
    plan = world.begin()
    inside = signed_in(world.editor)
    sent = {"version": plan.version, "answer_1": "Del editor", "answer_2": ""}
    assert inside.post(page("plan_answers", plan.code), sent).status_code == 302
    late = signed_in(world.delegate).post(page("plan_answers", plan.code), sent | {"answer_1": "De la delegada"})
    assert late.status_code == 422 and "De la delegada" in late.content.decode()
    assert plan.answers.get(question__number=1).written == "Del editor"
    with pytest.raises(Conflict):
        write_answers(plan, answers={1: "x"}, version=1, actor=world.editor, now=NOW)


def test_members_read_what_was_submitted_and_never_what_is_being_written(world, signed_in, client):
    plan = world.begin()
    world.card(plan)
    answer(world, plan, n1="Con lo de siempre")
    peer = signed_in(world.peer)
    submit_plan(plan, actor=world.delegate, now=NOW)
    assert "Con lo de siempre" in peer.get(plan.get_absolute_url()).content.decode()
    amend_plan(plan, reason="Demo", actor=world.delegate, now=NOW)
    answer(world, plan, n1="Con fondos nuevos")
    assert "fondos nuevos" not in peer.get(plan.get_absolute_url()).content.decode()
    discard_amendment(plan, actor=world.delegate, now=NOW)
    assert plan.answers.get(question__number=1).written == "Con lo de siempre"
    amend_plan(plan, reason="Demo", actor=world.delegate, now=NOW)
    answer(world, plan, n1="Con fondos nuevos")
    submit_plan(plan, actor=world.delegate, now=NOW)
    text = peer.get(page("plan_revisions", plan.code)).content.decode()
    assert "<ins>" in text and "¿Con qué presupuesto?" in text
    publish_cycle(world.cycle, actor=world.team, now=NOW + 30 * DAY)
    assert client.get(plan.get_absolute_url()).status_code == 200
    assert "fondos nuevos" not in client.get(plan.get_absolute_url()).content.decode()


def test_where_nothing_is_asked_there_is_no_page(world, signed_in):
    CycleQuestion.objects.all().delete()
    plan = world.begin()
    assert signed_in(world.editor).get(page("plan_answers", plan.code)).status_code == 404


def test_five_questions_at_most_and_an_answer_that_stays_is_no_change(world):
    PlanningCycle.objects.update(state=CycleState.DRAFT)
    with pytest.raises(Incomplete):
        set_questions(world.cycle, questions=[QUESTIONS[0]] * 6, actor=world.team, now=NOW)
    PlanningCycle.objects.update(state=CycleState.OPEN)
    plan = world.begin()
    world.card(plan)
    answer(world, plan, q1="Con propio", q2="No")
    plan.refresh_from_db()
    submit_plan(plan, actor=world.delegate, now=NOW)
    amend_plan(plan, reason="Demo", actor=world.delegate, now=NOW)
    answer(world, plan, q1="Con ajeno")
    submit_plan(plan, actor=world.delegate, now=NOW)
    changed = submissions_of(plan)[0].changes
    assert [(change.kind, change.title) for change in changed] == [("changed", "¿Con qué presupuesto?")]
