"""The communiqué until its hour: begun, put to the organisations, signed by tap or aloud, asked anew when it changes."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casa.communique import draft
from commons.models import SignOff
from core.errors import Conflict, Incomplete, NotNow
from core.outbox.models import OutboxMessage
from core.visibility import Visibility
from meetings.models import Communique, Decision
from meetings.queries.communique import signatures
from meetings.services.communique import begin_communique, open_signing
from meetings.services.outcome import write_outcome
from organizations.states import Role
from reminders import services as reminders
from tests import factories as make
from tests.meetings.signed import AT, HOUR, NOW, World, acronyms, page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def evening():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def world():
    return World()


class TestOpening:
    def test_the_draft_tells_what_was_decided_in_the_official_language(self, world):
        make.decision(world.meeting, "Solo entre nosotras", visibility=Visibility.COMMUNITY)
        world.meeting.attendances.create(organization=world.first, presence="in_person")
        world.meeting.attendances.create(organization=world.second, presence="apologies")
        body = draft(world.meeting, NOW)
        assert "## Qué se decidió\n\n- Hacer una guía" in body and "Presentes: ONE." in body
        assert "Solo entre nosotras" not in body and "TWO" not in body

    def test_the_draft_names_agreed_projects_and_who_was_elected_there(self, world):
        make.project(world.first, world.second, title_es="Medir juntas")
        make.project(world.first, title_es="Sin segunda", state="proposed")
        make.project(world.first, world.second, title_es="De otro día", agreed_on=datetime.date(2026, 5, 1))
        make.project(world.first, world.second, title_es="Entre nosotras", visibility=Visibility.COMMUNITY)
        seat, other = make.committee(seats=2).seats.all()
        make.term(
            seat, world.third, world.meeting.starts_on, person=make.person("Demo Electa"), chosen_in=world.meeting.code
        )
        make.term(other, world.third, world.meeting.starts_on, person=make.person("Demo De Antes"))
        body = draft(world.meeting, NOW)
        assert "## Qué hacen juntas las organizaciones\n\n- Medir juntas (ONE, TWO)\n\n" in body
        assert "- Demo Electa (THREE), Comité Demo" in body
        for words in ("Sin segunda", "De otro día", "Entre nosotras", "Demo De Antes"):
            assert words not in body

    def test_beginning_writes_the_draft_once(self, world):
        world.begin()
        world.begin("Otro borrador")
        assert world.fresh().meeting.outcome.official().body == "Se acordó una guía."
        assert Communique.objects.count() == 1

    def test_an_outcome_that_was_written_is_not_written_over(self, world):
        write_outcome(world.meeting, language="pt", body="Decidiu-se", official_language="pt", actor=None, now=NOW)
        world.begin()
        assert world.fresh().meeting.outcome.authoritative_language == "pt"

    def test_not_before_the_room_nor_after_the_publication(self, world):
        for state in ("planned", "convened", "published", "cancelled"):
            with pytest.raises(NotNow):
                begin_communique(make.meeting(2026, state=state), language="es", body="x", actor=world.team, now=NOW)

    def test_everybody_who_speaks_is_written_to(self, world):
        make.holder(Role.EDITOR, world.first, email="editor@example.org")
        world.ask()
        rows = OutboxMessage.objects.filter(kind="communique_sign").order_by("pk")
        assert [row.address for row in rows] == [world.ana.email, world.bob.email, world.eva.email]
        assert "07:00, Montevideo (UTC−3)" in rows[0].text and "/communique/" in rows[0].text

    def test_all_that_is_missing_is_said_at_once(self, world):
        Decision.objects.all().delete()
        with pytest.raises(Incomplete) as refused:
            open_signing(world.begin(), publishes_at=NOW, actor=world.team, now=NOW)
        assert set(refused.value.missing) == {"decisions", "publishes_at"}
        assert world.fresh().state == "draft" and not OutboxMessage.objects.exists()

    def test_another_hour_keeps_what_was_answered(self, world):
        communique = world.ask()
        world.sign(communique, world.first)
        open_signing(world.fresh(), publishes_at=AT + HOUR, actor=world.team, now=NOW)
        again = world.fresh()
        assert (again.publishes_at, again.is_signed) == (AT + HOUR, True)
        assert acronyms(signatures(again, NOW).signed) == ["ONE"]


class TestSigning:
    def test_agreed_with_a_reserve_or_not_joining(self, world):
        communique = world.ask()
        world.sign(communique, world.first)
        world.sign(communique, world.second, "reserve", "Sin plazo fijo.", actor=world.bob)
        world.sign(communique, world.third, "not_joining", actor=world.eva)
        read = signatures(world.fresh(), NOW)
        assert acronyms(read.signed) == ["ONE", "TWO"] and acronyms(read.apart) == ["THREE"] and read.silent == []
        assert [one.words for one in read.reservations] == ["Sin plazo fijo."]

    def test_a_reserve_says_what_it_is(self, world):
        communique = world.ask()
        with pytest.raises(Incomplete):
            world.sign(communique, world.first, "reserve", "  ")
        with pytest.raises(Incomplete):
            world.sign(communique, world.first, "perhaps")
        assert not SignOff.objects.exists()

    def test_one_may_say_otherwise_until_the_hour(self, world):
        communique = world.ask()
        world.sign(communique, world.first)
        world.sign(communique, world.first, "not_joining")
        assert world.fresh().is_signed is False and SignOff.objects.count() == 1

    def test_aloud_is_recorded_as_such_and_never_replaces_an_own_answer(self, world):
        communique = world.ask()
        sign_off = world.sign(communique, world.first, aloud=True, actor=world.team)
        assert sign_off.aloud
        sign_off = world.sign(communique, world.first, "reserve", "Con matices.")
        assert (sign_off.aloud, sign_off.words) == (False, "Con matices.")
        with pytest.raises(NotNow):
            world.sign(communique, world.first, aloud=True, actor=world.team)

    def test_a_draft_is_not_signed(self, world):
        with pytest.raises(NotNow):
            world.sign(world.begin(), world.first)

    def test_only_members_of_that_day_sign(self, world):
        communique = world.ask()
        for kind, until in (("guest", None), ("member", datetime.date(2026, 1, 1))):
            with pytest.raises(NotNow):
                world.sign(communique, make.organization(kind=kind, member_until=until))

    def test_a_changed_text_asks_those_anew_who_had_answered(self, world):
        communique = world.ask()
        world.sign(communique, world.first)
        OutboxMessage.objects.all().delete()
        world.write("Se acordó otra cosa.")
        again = world.fresh()
        assert again.is_signed is False and again.version.number == 2
        assert [row.address for row in OutboxMessage.objects.all()] == [world.ana.email]
        with pytest.raises(Conflict):
            world.sign(again, world.first, number=1)
        world.sign(again, world.first, number=2)
        assert acronyms(signatures(world.fresh(), NOW).signed) == ["ONE"]

    def test_a_translation_reopens_nothing(self, world):
        communique = world.ask()
        world.sign(communique, world.first)
        world.write("A guide was agreed.", "en", base=0)
        assert world.fresh().is_signed and world.fresh().version.number == 1

    def test_by_page(self, world, signed_in):
        world.ask()
        browser = signed_in(world.ana)
        assert "¿ONE firma?" in page(browser, world.meeting.code).content.decode()
        address = f"/es/meetings/{world.meeting.code}/communique/answer/"
        browser.post(address, {"organization": "one", "number": "1", "stand": "reserve", "words": "Con matices."})
        assert SignOff.objects.get().stand == "reserve"
        assert browser.post(address, {"organization": "two", "number": "1", "stand": "agreed"}).status_code == 404
        editor = signed_in(make.holder(Role.EDITOR, world.first))
        assert page(editor, world.meeting.code).status_code == 200
        sent = {"organization": "one", "number": "1", "stand": "agreed"}
        assert editor.post(address, sent).status_code == 403
        assert editor.post(address.replace("answer", "aloud"), sent).status_code == 403
        assert SignOff.objects.get().stand == "reserve"


class TestWhoIsReminded:
    def test_those_who_have_not_answered(self, world, signed_in):
        communique = world.ask()
        world.sign(communique, world.first)
        reminders.plan(AT - 3 * HOUR)
        rows = OutboxMessage.objects.filter(kind="reminder.meetings.sign_off")
        assert {row.address for row in rows} == {world.bob.email, world.eva.email}
        assert "firma" in rows[0].subject and "/communique/" in rows[0].text
        duty = "comunicado por firmar"
        assert duty in signed_in(world.bob).get("/es/my-work/").content.decode()
        assert duty not in signed_in(world.ana).get("/es/my-work/").content.decode()


def test_the_page_costs_the_same_with_3_and_with_30_organisations(world, signed_in):
    communique = world.ask()
    browser = signed_in(world.ana)

    def cost():
        with CaptureQueriesContext(connection) as seen:
            assert page(browser, world.meeting.code).status_code == 200
        return len(seen)

    world.sign(communique, world.second, actor=world.bob)
    few = cost()
    for _n in range(27):
        world.sign(communique, make.organization())
    assert cost() == few <= 14
