"""In the room: who is there at any moment, what is asked, how it is answered, what is written down."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commons.models import ActionItem
from core.errors import Incomplete, NotNow, PermissionDenied
from meetings.models import AgendaItem, Question
from meetings.queries.room import room_state
from meetings.services.meetings import mark_held
from meetings.services.room import (
    RoomDecision,
    answer_question,
    ask_question,
    close_question,
    decide_in_room,
    record_arrival,
    record_departure,
    set_current_item,
    set_quorum,
)
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 1, 22, 15, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)


class World:
    def __init__(self, organizations=3):
        self.team = make.coordination()
        self.organizations = [make.organization() for _ in range(organizations)]
        self.delegates = [make.delegate(one) for one in self.organizations]
        self.meeting = make.meeting(2026, state="in_session", starts_on=NOW.date(), ends_on=NOW.date())
        self.items = [
            AgendaItem.objects.create(
                meeting=self.meeting, position=n, title_es=f"Punto Demo {n}", minutes=30, visibility="public"
            )
            for n in (1, 2)
        ]

    def come(self, *numbers, how="in_person", now=NOW):
        for n in numbers:
            record_arrival(self.meeting, organization=self.organizations[n], presence=how, actor=self.team, now=now)

    def ask(self, words="¿Seguimos?", kind="consensus", now=NOW):
        return ask_question(self.meeting, kind=kind, text=words, actor=self.team, now=now)

    def say(self, question, n, answer, reason="", now=NOW):
        return answer_question(
            question, organization=self.organizations[n], answer=answer, reason=reason, actor=self.delegates[n], now=now
        )

    def decide(self, question=None, how="consensus", **fields):
        values = {"title": "Seguimos", "objections": "", "organization": None, "due_on": None, "visibility": "public"}
        decision = RoomDecision(how=how, **values | fields)
        return decide_in_room(self.meeting, decision=decision, question=question, actor=self.team, now=NOW)

    def state(self, now=NOW):
        return room_state(self.meeting, self.team, now)

    @property
    def page(self):
        return f"/es/meetings/{self.meeting.code}/room/"


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        yield World()


def test_quorum_follows_who_comes_and_goes(world):
    assert (world.state().session.quorum, world.state().has_quorum) == (2, False)
    world.come(0, 1)
    assert world.state().has_quorum
    record_departure(world.meeting, organization=world.organizations[1], actor=world.team, now=NOW + MINUTE)
    assert not world.state().has_quorum
    with pytest.raises(NotNow, match="quórum"):
        world.ask()
    with pytest.raises(Incomplete):
        world.decide()
    assert world.decide(how="noted").how == "noted"
    world.come(1, how="remote", now=NOW + 2 * MINUTE)
    assert world.state().has_quorum
    periods = list(
        world.meeting.attendance_periods.filter(organization=world.organizations[1]).values_list("presence", "left_at")
    )
    assert periods == [("in_person", NOW + MINUTE), ("remote", None)]
    attended = world.meeting.attendances.get(organization=world.organizations[1], person=None)
    assert attended.presence == "in_person", "who was there in person was there in person"
    set_quorum(world.meeting, quorum=3, actor=world.team, now=NOW)
    assert not world.state().has_quorum
    with pytest.raises(Incomplete):
        set_quorum(world.meeting, quorum=0, actor=world.team, now=NOW)


def test_the_clock_tells_the_minutes_left_and_over(world):
    set_current_item(world.meeting, item=world.items[0], actor=world.team, now=NOW)
    assert (world.state().minutes_left, world.state().minutes_over) == (30, 0)
    assert world.state(NOW + 35 * MINUTE).minutes_over == 5
    set_current_item(world.meeting, item=world.items[0], actor=world.team, now=NOW + MINUTE)
    assert world.state(NOW + MINUTE).minutes_left == 29, "pressing twice does not begin it again"
    assert world.state().following == world.items[1]
    set_current_item(world.meeting, item=world.items[1], actor=world.team, now=NOW)
    assert (world.state().following, world.state().previous) == (None, world.items[0])


def test_consensus_is_only_where_nobody_objects(world):
    world.come(0, 1)
    set_current_item(world.meeting, item=world.items[0], actor=world.team, now=NOW)
    question = world.ask()
    with pytest.raises(NotNow):
        world.ask("¿Otra?")
    world.say(question, 0, "agree")
    with pytest.raises(Incomplete):
        world.say(question, 1, "object")
    with pytest.raises(Incomplete):
        world.say(question, 1, "for")
    world.say(question, 1, "object", "Faltan fondos")
    with pytest.raises(Incomplete):
        world.decide(question)
    assert Question.objects.get().decision is None and Question.objects.get().closed_at is None, "nothing half done"
    world.say(question, 1, "accept")
    decision = world.decide(question, organization=world.organizations[0], due_on=datetime.date(2026, 5, 1))
    assert (decision.how, decision.item) == ("consensus", world.items[0])
    assert ActionItem.objects.get().organization == world.organizations[0]
    with pytest.raises(NotNow):
        world.say(question, 0, "object", "Tarde")
    with pytest.raises(NotNow):
        world.decide(question)


def test_only_who_is_present_answers_and_only_for_itself(world, signed_in):
    world.come(0, 1)
    question = world.ask()
    with pytest.raises(PermissionDenied):
        world.say(question, 2, "agree")
    member = signed_in(world.delegates[0])
    address = f"{world.page}question/{question.pk}/answer/"
    answer = member.post(address, {"organization": world.organizations[1].slug, "answer": "agree"})
    assert answer.status_code == 403
    assert member.post(address, {"organization": world.organizations[0].slug, "answer": "agree"}).status_code == 302
    assert [(row.organization, row.answer) for row in question.answers.all()] == [(world.organizations[0], "agree")]
    assert member.post(address, {"organization": "x" * 500, "answer": "agree"}).status_code == 404


def test_a_show_of_hands_is_a_vote_with_its_objections(world, signed_in):
    world.come(0, 1, 2)
    question = world.ask(kind="hands")
    for n, (answer, reason) in enumerate((("for", ""), ("against", "Muy pronto"), ("abstain", ""))):
        world.say(question, n, answer, reason)
    page = signed_in(world.team).get(f"{world.page}decision/?question={question.pk}").content.decode()
    assert f"{world.organizations[1].acronym}: Muy pronto" in page and '<option value="vote" selected>' in page
    assert Question.objects.get().closed_at is None, "opening the page changes nothing"


def test_the_page_shows_each_what_is_theirs(world, signed_in, client):
    set_current_item(world.meeting, item=world.items[0], actor=world.team, now=NOW)
    world.come(0, 1)
    question = world.ask()
    ours, outside, team = (signed_in(one) for one in (world.delegates[0], world.delegates[2], world.team))
    page = ours.get(world.page).content.decode()
    assert "Punto Demo 1" in page and 'value="object"' in page and "room/quorum/" not in page
    assert 'value="object"' not in outside.get(world.page).content.decode()
    assert "room/quorum/" in team.get(world.page).content.decode()
    assert client.get(world.page).status_code == 302
    now = ours.get(f"{world.page}now/").content.decode()
    assert "¿Seguimos?" in now and "<html" not in now
    close_question(question, actor=world.team, now=NOW)
    assert 'value="object"' not in ours.get(f"{world.page}now/").content.decode()


def test_the_wall_shows_the_same_to_all_and_offers_nothing(world, signed_in, client):
    world.come(0, 1)
    set_current_item(world.meeting, item=world.items[0], actor=world.team, now=NOW)
    world.ask("¿Seguimos juntas?")
    address = f"/es/meetings/{world.meeting.code}/room/"
    for path in ("?wall=1", "now/?wall=1"):
        content = signed_in(world.team).get(address + path).content.decode()
        assert "Punto Demo 1" in content and "¿Seguimos juntas?" in content and "2 organizaciones presentes" in content
        assert "<form" not in content and "masthead" not in content and "<footer" not in content
    assert "now/?wall=1" in signed_in(world.team).get(f"{address}?wall=1").content.decode()
    assert "<form" in signed_in(world.team).get(address).content.decode()
    assert client.get(f"{address}?wall=1").status_code == 302


def test_papers_of_the_point_are_at_hand_on_the_phones(world, signed_in):
    set_current_item(world.meeting, item=world.items[0], actor=world.team, now=NOW)
    make.paper(world.items[0], NOW, title="Propuesta Demo")
    make.paper(world.items[1], NOW, title="De otro punto")
    with time_machine.travel(NOW, tick=False):
        content = signed_in(world.delegates[0]).get(f"/es/meetings/{world.meeting.code}/room/").content.decode()
    assert "Propuesta Demo" in content and "De otro punto" not in content


def test_a_private_point_is_not_shown_on_the_phones(world, signed_in):
    AgendaItem.objects.filter(pk=world.items[0].pk).update(visibility="private")
    set_current_item(world.meeting, item=world.items[0], actor=world.team, now=NOW)
    assert "Punto Demo 1" not in signed_in(world.delegates[0]).get(world.page).content.decode()
    assert "Punto Demo 1" in signed_in(world.team).get(world.page).content.decode()


def test_the_room_is_for_a_session_and_empties_at_its_end(world, signed_in):
    world.come(0, 1)
    question = world.ask()
    mark_held(world.meeting, actor=world.team, now=NOW + 60 * MINUTE)
    assert not world.meeting.attendance_periods.filter(left_at=None).exists()
    question.refresh_from_db()
    assert (question.present, question.closed_at) == (2, NOW + 60 * MINUTE)
    for act in (
        lambda: world.come(2),
        lambda: world.ask(),
        lambda: world.decide(),
        lambda: set_current_item(world.meeting, item=None, actor=world.team, now=NOW),
    ):
        with pytest.raises(NotNow):
            act()
    assert "room/quorum/" not in signed_in(world.team).get(world.page).content.decode()


def test_leading_from_the_pages(world, signed_in):
    team = signed_in(world.team)
    for path, data in (
        ("item/", {"item": world.items[0].pk}),
        ("quorum/", {"quorum": "1"}),
        ("presence/", {"organization": world.organizations[0].slug, "presence": "remote"}),
        ("question/", {"words": "¿Sí?", "kind": "consensus"}),
    ):
        assert team.post(world.page + path, data).status_code == 302, path
    question = Question.objects.get()
    wrong = team.post(f"{world.page}decision/?question={question.pk}", {"title": "", "how": "consensus"})
    assert wrong.status_code == 422
    data = {"title": "Sí", "how": "consensus", "visibility": "public"}
    assert team.post(f"{world.page}decision/?question={question.pk}", data).status_code == 302
    question.refresh_from_db()
    assert (question.decision.title, question.decision.item) == ("Sí", world.items[0])
    for value in ("9" * 40, "x", "-1"):
        assert team.post(f"{world.page}item/", {"item": value}).status_code == 404
        assert team.post(f"{world.page}quorum/", {"quorum": value}).status_code == 302
    assert world.meeting.room_session.quorum == 1
    team.post(f"{world.page}presence/", {"organization": world.organizations[0].slug, "presence": "left"})
    assert not world.meeting.attendance_periods.filter(left_at=None).exists()


def test_the_room_costs_the_same_at_3_and_at_30_organisations(signed_in):
    costs = []
    with time_machine.travel(NOW, tick=False):
        for size in (3, 30):
            world = World(size)
            world.come(*range(size))
            set_quorum(world.meeting, quorum=1, actor=world.team, now=NOW)
            question = world.ask()
            for n in range(size):
                world.say(question, n, "agree")
            member = signed_in(world.delegates[0])
            with CaptureQueriesContext(connection) as captured:
                assert member.get(f"{world.page}now/").status_code == 200
            costs.append(len(captured))
    assert costs[0] == costs[1] <= 12
