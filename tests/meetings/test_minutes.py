"""The minutes: no word lost, nobody reads what is not theirs, named nowhere under the Chatham House rule."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.errors import Conflict, Incomplete, NotNow
from core.outbox.models import OutboxMessage
from meetings.models import AgendaItem, MinutesPart
from meetings.queries.minutes import part_history
from meetings.services.agenda import remove_item
from meetings.services.minutes import (
    add_comment,
    answer_comment,
    approve_minutes,
    circulate_minutes,
    reopen_minutes,
    restore_part,
    set_handling,
    write_part,
)
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 3, 2, 15, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
JSON = {"HTTP_ACCEPT": "application/json"}


class World:
    def __init__(self):
        self.team, self.ours, self.others = (
            make.coordination(),
            make.organization("DEMO-X"),
            make.organization("DEMO-Y"),
        )
        self.delegate, self.other = make.delegate(self.ours), make.delegate(self.others)
        self.meeting = make.meeting(2026, state="held")
        self.items = [
            AgendaItem.objects.create(meeting=self.meeting, position=n, title_es=f"Punto Demo {n}", visibility="public")
            for n in (1, 2)
        ]

    def write(self, body, base=0, item=0, now=NOW, actor=None):
        return write_part(
            self.meeting, item=self.items[item], body=body, base_number=base, actor=actor or self.team, now=now
        )

    def circulate(self, until=NOW + 5 * DAY, now=NOW):
        return circulate_minutes(self.meeting, comments_until=until, actor=self.team, now=now)

    @property
    def page(self):
        return f"/es/meetings/{self.meeting.code}/minutes/"


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        yield World()


def test_two_writers_never_overwrite_each_other(world):
    world.write("Primero.")
    with pytest.raises(Conflict) as refused:
        world.write("Mío, sobre nada.", base=0)
    assert refused.value.current.body == "Primero."
    assert world.write("Primero.", base=0).number == 1, "the same words twice add nothing"
    world.write("Primero. Y mío.", base=1)
    part = MinutesPart.objects.get()
    assert list(part.revisions.order_by("number").values_list("body", flat=True)) == ["Primero.", "Primero. Y mío."]


def test_an_earlier_version_comes_back_as_the_newest(world):
    for n, body in enumerate(("Uno", "Dos")):
        world.write(body, base=n, now=NOW + n * DAY)
    part = MinutesPart.objects.get()
    restore_part(part, number=1, base_number=2, actor=world.team, now=NOW + 2 * DAY)
    versions = part_history(part)
    assert [(one.number, one.body, one.restores) for one in versions] == [
        (3, "Uno", 1),
        (2, "Dos", None),
        (1, "Uno", None),
    ]
    with pytest.raises(Conflict):
        restore_part(part, number=2, base_number=2, actor=world.team, now=NOW)
    with pytest.raises(NotNow):
        restore_part(part, number=9, base_number=3, actor=world.team, now=NOW)


def test_versions_are_read_and_brought_back_on_their_page(world, signed_in):
    for n, body in enumerate(("Uno", "Dos")):
        world.write(body, base=n, now=NOW - (2 - n) * DAY)
    part, team = MinutesPart.objects.get(), signed_in(world.team)
    address = f"{world.page}parts/{part.pk}/"
    page = team.get(f"{address}versions/").content.decode()
    assert "<del>Uno</del><ins>Dos</ins>" in page and world.team.person.name in page
    for number, version in (("1", "1"), ("x", "2"), ("9" * 40, "2")):
        team.post(f"{address}restoring/", {"number": number, "version": version})
    assert part.revisions.count() == 2, "old, absurd and unknown versions change nothing"
    team.post(f"{address}restoring/", {"number": "1", "version": "2"})
    assert part.revisions.order_by("-number").first().body == "Uno"


def test_what_one_writes_in_one_sitting_is_told_as_one_version(world):
    other, minute = make.coordination(), datetime.timedelta(minutes=1)
    for n, (body, who) in enumerate((("A", world.team), ("A b", world.team), ("A b c", other))):
        world.write(body, base=n, now=NOW + n * minute, actor=who)
    versions = part_history(MinutesPart.objects.get())
    assert [(one.number, one.author) for one in versions] == [(3, other.person.name), (2, world.team.person.name)]
    assert [piece.kind for piece in versions[0].pieces] == ["same", "added"]


def test_a_draft_is_the_teams_and_circulated_minutes_are_the_organisations(world, client, signed_in):
    world.write("Se habló de la DEMO prueba.")
    member = signed_in(world.delegate)
    assert member.get(world.page).status_code == 404
    assert "minutes/" not in member.get(world.meeting.get_absolute_url()).content.decode()
    world.circulate()
    for address in (world.page, f"/es/meetings/{world.meeting.code}/minutes.md"):
        assert "Se habló" in member.get(address).content.decode()
        assert client.get(address).status_code == 302, "visitors read the outcome"
    assert "minutes/" not in client.get(world.meeting.get_absolute_url()).content.decode()
    mails = OutboxMessage.objects.filter(kind="minutes_circulated")
    assert {mail.address for mail in mails} == {world.delegate.email, world.other.email}
    assert world.page in mails.first().text and "11:59" in mails.first().text


def test_a_restricted_part_shows_to_those_named_in_it_alone(world, signed_in):
    world.write("Abierto.", item=0)
    world.write("Reservado.", item=1)
    set_handling(
        world.meeting,
        item=world.items[1],
        handling="restricted",
        readers=[world.delegate.person],
        actor=world.team,
        now=NOW,
    )
    world.circulate()
    part = MinutesPart.objects.get(item=world.items[1])
    for address in (world.page, f"/es/meetings/{world.meeting.code}/minutes.md"):
        assert "Reservado." in signed_in(world.delegate).get(address).content.decode()
        assert "Reservado." not in signed_in(world.other).get(address).content.decode()
    assert signed_in(world.other).get(f"{world.page}parts/{part.pk}/comment/").status_code == 404
    assert signed_in(world.delegate).get(f"{world.page}parts/{part.pk}/comment/").status_code == 200


def test_a_private_point_stays_private_in_the_minutes(world, signed_in):
    AgendaItem.objects.filter(pk=world.items[0].pk).update(visibility="private")
    world.write("Callado.")
    world.write("Dicho.", item=1)
    world.circulate()
    page = signed_in(world.delegate).get(world.page).content.decode()
    assert "Callado." not in page and "Punto Demo 1" not in page and "Dicho." in page


def test_under_the_chatham_house_rule_nobody_is_named(world, signed_in):
    name = world.other.person.name
    world.write(f"{name} dijo que demo-x no puede.")
    set_handling(world.meeting, item=world.items[0], handling="chatham", readers=[], actor=world.team, now=NOW)
    with pytest.raises(Incomplete) as refused:
        world.circulate()
    sentence = str(refused.value.missing["comments_until"][0])
    assert name in sentence and "DEMO-X" in sentence and "DEMO-Y" not in sentence
    assert OutboxMessage.objects.filter(kind="minutes_circulated").count() == 0
    world.write("Alguien dijo que no se puede.", base=1)
    world.circulate()
    add_comment(MinutesPart.objects.get(), organization=world.others, text="Así fue.", actor=world.other, now=NOW)
    page = signed_in(world.delegate).get(world.page).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert "Así fue." in main and "DEMO-Y" not in main


def test_comments_are_made_in_time_answered_and_then_the_minutes_stand(world):
    world.write("Texto.")
    part = MinutesPart.objects.get()
    with pytest.raises(NotNow):
        add_comment(part, organization=world.ours, text="Pronto", actor=world.delegate, now=NOW)
    until = world.circulate().comments_until
    comment = add_comment(part, organization=world.ours, text="Falta algo", actor=world.delegate, now=until - DAY)
    for late in (
        lambda: add_comment(part, organization=world.ours, text="Tarde", actor=world.delegate, now=until),
        lambda: approve_minutes(world.meeting, actor=world.team, now=until - DAY),
        lambda: approve_minutes(world.meeting, actor=world.team, now=until),
    ):
        with pytest.raises(NotNow):
            late()
    with pytest.raises(Incomplete):
        answer_comment(comment, taken_up=False, answer=" ", actor=world.team, now=until)
    answer_comment(comment, taken_up=True, answer="", actor=world.team, now=until)
    assert approve_minutes(world.meeting, actor=world.team, now=until).state == "approved"
    with pytest.raises(NotNow):
        world.write("Otro.", base=1, now=until)
    with pytest.raises(Incomplete):
        reopen_minutes(world.meeting, reason="", actor=world.team, now=until)
    reopen_minutes(world.meeting, reason="Error en una cifra", actor=world.team, now=until)
    assert world.write("Otro.", base=1, now=until).number == 2


def test_nothing_is_circulated_that_is_not_written_or_not_held(world):
    with pytest.raises(NotNow):
        world.circulate()
    world.write("x")
    world.write("", base=1)
    with pytest.raises(Incomplete):
        world.circulate()
    planned = make.meeting(2026, state="planned")
    with pytest.raises(NotNow):
        write_part(planned, item=None, body="x", base_number=0, actor=world.team, now=NOW)


def test_a_point_with_minutes_stays_on_the_agenda(world):
    world.write("x")
    with pytest.raises(NotNow):
        remove_item(world.items[0], actor=world.team, now=NOW)
    remove_item(world.items[1], actor=world.team, now=NOW)


def test_the_page_saves_by_itself_and_a_conflict_shows_both_texts(world, signed_in):
    team, address = signed_in(world.team), f"{world.page}{world.items[0].pk}/"
    answer = team.post(address, {"body": "Hola", "version": 0}, **JSON)
    assert (answer.status_code, answer.json()["version"]) == (200, 1)
    answer = team.post(address, {"body": "Otra cosa", "version": 0}, **JSON)
    assert answer.status_code == 409 and "version" not in answer.json()
    page = team.post(address, {"body": "Otra cosa", "version": 0})
    words = page.content.decode()
    assert page.status_code == 409 and "Hola" in words and "Otra cosa</textarea>" in words
    assert 'name="version" value="1"' in words, "sending again builds upon it"
    assert team.post(address, {"body": "Hola. Otra cosa", "version": 1}).status_code == 302
    assert MinutesPart.objects.get().revisions.count() == 2
    assert team.post(address, {"body": "x" * 20_001, "version": 2}).status_code == 422
    assert team.post(address, {"body": "x", "version": "9" * 30}).status_code == 422


def test_hostile_words_stay_words(world, signed_in):
    world.write("<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>")
    page = signed_in(world.team).get(world.page).content.decode()
    assert "<script>alert" not in page and 'href="javascript:' not in page and "<img src=x" not in page


def test_a_comment_is_in_the_name_of_an_organisation_one_writes_for(world, signed_in):
    world.write("Texto.")
    world.circulate()
    address = f"{world.page}parts/{MinutesPart.objects.get().pk}/comment/"
    member = signed_in(world.delegate)
    assert member.post(address, {"organization": world.others.pk, "words": "Falso"}).status_code == 422
    assert member.post(address, {"organization": world.ours.pk, "words": ""}).status_code == 422
    assert member.post(address, {"organization": world.ours.pk, "words": "Bien"}).status_code == 302
    assert MinutesPart.objects.get().comments.get().organization == world.ours


def test_reading_costs_the_same_at_3_and_at_30_parts(world, signed_in):
    costs = []
    for size in (3, 30):
        meeting = make.meeting(2026, state="held")
        for n in range(size):
            item = AgendaItem.objects.create(meeting=meeting, position=n, title_es=f"P {n}", visibility="public")
            write_part(meeting, item=item, body=f"Texto {n}", base_number=0, actor=world.team, now=NOW)
        circulate_minutes(meeting, comments_until=NOW + DAY, actor=world.team, now=NOW)
        for part in MinutesPart.objects.filter(minutes__meeting=meeting):
            add_comment(part, organization=world.ours, text="Sí", actor=world.delegate, now=NOW)
        member = signed_in(world.delegate)
        with CaptureQueriesContext(connection) as captured:
            assert member.get(f"/es/meetings/{meeting.code}/minutes/").status_code == 200
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 12
