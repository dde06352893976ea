"""The communiqué from its hour on: out in the name of those who signed; adherence, errata, translations, the press."""

import datetime
import re

import pytest
import time_machine

from core import glossary
from core.errors import Conflict, Incomplete, NotNow
from core.journal import history
from core.outbox.models import OutboxMessage
from core.visibility import Visibility
from meetings.models import Meeting
from meetings.queries.communique import signatures
from meetings.services.communique import open_signing, publish_communique, publish_due_communiques, review_translation
from meetings.services.meetings import mark_held, set_visibility
from meetings.services.outcome import publish_meeting, write_outcome
from meetings.services.press import forget_early_readers, grant_early_access, revoke_early_access
from meetings.tasks import publish_due
from tests import factories as make
from tests.meetings.signed import AFTER, AT, HOUR, NOW, World, acronyms, page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def evening():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def world():
    return World()


class TestGoingOut:
    def test_at_its_hour_by_itself_in_the_name_of_those_who_signed(self, world, client):
        communique = world.ask()
        world.sign(communique, world.first)
        world.sign(communique, world.second, "not_joining", actor=world.bob)
        assert publish_due_communiques(now=AT - HOUR) == 0
        assert publish_due_communiques(now=AFTER) == 1
        assert publish_due_communiques(now=AFTER) == 0
        meeting = Meeting.objects.get(pk=world.meeting.pk)
        assert (meeting.state, meeting.published_at, world.fresh().state) == ("published", AFTER, "published")
        assert history(meeting.code).last().facts["signed"] == ["ONE"]
        content = client.get(f"/es/meetings/{meeting.code}/").content.decode()
        signers = content[content.index("Firman") :][:400]
        assert "ONE" in signers and "TWO" not in signers and "THREE" not in signers

    def test_the_reader_sees_it_from_the_hour_on_however_late_the_task_is(self, world, client, evening):
        world.begin()
        world.write("Primer borrador, que nadie firmó.")
        world.write("Se acordó una guía.", base=2)
        communique = world.ask()
        world.sign(communique, world.first, number=3)
        code = world.meeting.code
        before = client.get(f"/es/meetings/{code}/").content.decode()
        assert "Se acordó una guía" not in before and "Hacer una guía" not in before
        assert page(client, code, "press").status_code == 404
        assert "Se acordó" not in client.get("/es/years/2026/").content.decode()
        Meeting.objects.update(kind="annual")
        evening.move_to(AFTER)
        after = client.get(f"/es/meetings/{code}/").content.decode()
        assert "Se acordó una guía" in after and "Hacer una guía" in after
        assert page(client, code, "press").status_code == 200
        assert "Se acordó una guía" in client.get("/es/years/2026/").content.decode()
        versions = [client.get(f"/es/meetings/{code}/outcome/es/{n}/").status_code for n in (1, 2, 3)]
        assert versions == [404, 404, 200], "drafts stay the organisations' own"
        assert Meeting.objects.get(code=code).state == "held", "looking publishes nothing"

    def test_nothing_goes_out_in_nobodys_name(self, world, client, evening):
        communique = world.ask()
        world.sign(communique, world.first, "not_joining")
        evening.move_to(AFTER)
        assert publish_due() == 0
        assert "Se acordó" not in client.get(f"/es/meetings/{world.meeting.code}/").content.decode()
        world.sign(world.fresh(), world.second, actor=world.bob, now=AFTER)
        assert publish_due() == 1

    def test_not_while_the_meeting_goes_on(self, world):
        world.meeting.state = "in_session"
        world.meeting.save()
        communique = world.ask()
        world.sign(communique, world.first)
        assert publish_due_communiques(now=AFTER) == 0
        mark_held(world.meeting, actor=world.team, now=AFTER)
        assert publish_due_communiques(now=AFTER) == 1

    def test_before_the_hour_only_once_all_have_answered(self, world):
        communique = world.ask()
        world.sign(communique, world.first)
        world.sign(communique, world.second, actor=world.bob)
        with pytest.raises(Incomplete) as refused:
            publish_communique(world.fresh(), actor=world.team, now=NOW)
        assert "THREE" in refused.value.missing["hour"]
        world.sign(communique, world.third, "not_joining", actor=world.eva)
        publish_communique(world.fresh(), actor=world.team, now=NOW)
        assert world.fresh().state == "published"

    def test_a_meeting_with_a_communique_is_published_from_there_alone(self, world):
        world.ask()
        with pytest.raises(NotNow):
            publish_meeting(world.meeting, visibility=Visibility.PUBLIC, actor=world.team, now=NOW)
        other = make.meeting(2026, state="held")
        make.decision(other)
        write_outcome(other, language="es", body="Demo", actor=world.team, now=NOW)
        assert publish_meeting(other, visibility=Visibility.PUBLIC, actor=world.team, now=NOW).is_published

    def test_for_the_community_it_stays_there(self, world, client, signed_in):
        set_visibility(world.meeting, visibility=Visibility.COMMUNITY, actor=world.team, now=NOW)
        communique = world.ask()
        world.sign(communique, world.first)
        publish_due_communiques(now=AFTER)
        assert page(client, world.meeting.code, "press").status_code == 404
        assert page(signed_in(world.bob), world.meeting.code, "press").status_code == 200


class TestAfterwards:
    def out(self, world):
        communique = world.ask()
        world.sign(communique, world.first)
        world.sign(communique, world.second, "not_joining", actor=world.bob)
        publish_due_communiques(now=AFTER)
        return world.fresh()

    def test_later_adherence_adds_a_dated_name(self, world, client):
        communique = self.out(world)
        later = AFTER + 48 * HOUR
        world.sign(communique, world.third, actor=world.eva, now=later + HOUR)
        world.sign(communique, world.second, "reserve", "Solo lo segundo.", actor=world.bob, now=later)
        read = signatures(world.fresh(), later + HOUR)
        assert (acronyms(read.signed), acronyms(read.adhered)) == (["ONE"], ["TWO", "THREE"])
        content = client.get(f"/es/meetings/{world.meeting.code}/").content.decode()
        assert "adhirió el 26 de enero de 2026" in content and "Solo lo segundo." in content

    def test_what_was_signed_stays_signed(self, world):
        communique = self.out(world)
        for stand in ("not_joining", "agreed"):
            with pytest.raises(NotNow):
                world.sign(communique, world.first, stand, now=AFTER)
        with pytest.raises(NotNow):
            world.sign(communique, world.third, "not_joining", actor=world.eva, now=AFTER)

    def test_an_erratum_is_dated_asks_nobody_and_keeps_the_old_version(self, world, client, evening):
        self.out(world)
        OutboxMessage.objects.all().delete()
        evening.move_to(AFTER + HOUR)
        world.write("Se acordó una guía común.", now=AFTER + HOUR)
        assert not OutboxMessage.objects.exists()
        assert acronyms(signatures(world.fresh(), AFTER + HOUR).signed) == ["ONE"]
        content = client.get(f"/es/meetings/{world.meeting.code}/").content.decode()
        assert "Corregido el 24 de enero de 2026" in content and "Se acordó una guía común." in content
        old = client.get(f"/es/meetings/{world.meeting.code}/outcome/es/1/")
        assert "Se acordó una guía." in old.content.decode()
        world.sign(world.fresh(), world.third, number=2, actor=world.eva, now=AFTER + 2 * HOUR)
        assert acronyms(signatures(world.fresh(), AFTER + 2 * HOUR).adhered) == ["THREE"]

    def test_a_text_written_after_its_hour_is_an_erratum_though_the_task_is_late(self, world):
        communique = world.ask()
        world.sign(communique, world.first)
        world.write("Se acordó una guía común.", now=AFTER)
        again = world.fresh()
        assert (again.state, again.version.number) == ("published", 1)
        assert acronyms(signatures(again, AFTER).signed) == ["ONE"]

    def test_the_press_copies_each_language(self, world, client):
        world.begin()
        world.write("A guide was agreed.", "en", base=0, reviewer="Demo Revisora")
        self.out(world)
        content = page(client, world.meeting.code, "press").content.decode()
        assert "Se acordó una guía." in content and "A guide was agreed." in content
        assert "Firman: ONE." in content and "Signed by: ONE." in content
        assert "Unofficial translation, reviewed by Demo Revisora." in content and world.meeting.code in content

    def test_hostile_words_stay_words_in_every_place(self, world, client, signed_in):
        hostile = "<script>alert(1)</script>\n\n[x](javascript:alert(1)) <img src=x onerror=alert(1)>"
        world.begin(hostile)
        world.write(hostile, "en", base=0)
        self.out(world)
        world.sign(world.fresh(), world.third, "reserve", "<b>Reserva</b>", actor=world.eva, now=AFTER + HOUR)
        code = world.meeting.code
        pages = [client.get(f"/es/meetings/{code}/"), page(client, code, "press"), page(signed_in(world.bob), code)]
        for content in (one.content.decode() for one in pages):
            assert "<script>alert" not in content and 'href="javascript' not in content and "<b>Reserva" not in content
            assert "<img src=x" not in content


class TestTranslations:
    def test_a_member_who_compared_it_puts_their_name(self, world, signed_in):
        world.ask()
        world.write("A guide was agreed.", "en", base=0)
        text = world.fresh().meeting.outcome
        assert [text.status(code) for code in ("es", "en", "pt")] == ["official", "unreviewed", "missing"]
        address = f"/es/meetings/{world.meeting.code}/communique/review/"
        signed_in(world.bob).post(address, {"language": "en", "number": "1"})
        version = world.fresh().meeting.outcome.latest()["en"]
        assert (version.reviewer, version.number) == (f"{world.bob.person.name} (TWO)", 2)
        assert world.fresh().meeting.outcome.status("en") == "current"
        world.write("Otra guía.")
        assert world.fresh().meeting.outcome.status("en") == "stale"

    def test_nobody_reviews_what_they_wrote_nor_what_is_stale_or_changed(self, world):
        world.ask()
        world.write("A guide was agreed.", "en", base=0)

        def review(actor, language="en", number=1):
            return review_translation(
                world.fresh().meeting, language=language, number=number, reviewer="Demo", actor=actor, now=NOW
            )

        for actor, language in ((world.team, "en"), (world.bob, "es"), (world.bob, "pt")):
            with pytest.raises(NotNow):
                review(actor, language)
        with pytest.raises(Conflict):
            review(world.bob, number=9)
        world.write("Otra guía.")
        with pytest.raises(NotNow):
            review(world.bob)
        assert world.fresh().meeting.outcome.latest()["en"].reviewer == ""

    def test_false_friends_are_pointed_at_beside_translations_only(self, world, signed_in):
        world.ask(body="Acuerdos.")
        world.write("Com os fiscais e as políticas; a minuta.", "pt", base=0)
        content = page(signed_in(world.bob), world.meeting.code).content.decode()
        for word in ("fiscais", "políticas", "minuta"):
            assert re.search(rf"<strong lang=\"pt-BR\">{word}</strong>", content), word
        assert '<strong lang="es">Acuerdos' not in content


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("es", "Los acuerdos constan en la minuta de los asociados.", ["minuta", "acuerdos", "asociados"]),
        ("es", "Las decisiones constan en el acta de las organizaciones miembro.", []),
        ("pt", "As polícias e os promotores; a ata.", []),
        ("pt", "FISCAIS e eventuais", ["FISCAIS", "eventuais"]),
        ("en", "The Policy Forum and the programme committee", ["Policy Forum", "programme committee"]),
        ("en", "a fiscalisation", []),
    ],
)
def test_the_table_of_false_friends(language, text, words):
    assert [one.word for one in glossary.warnings(text, language)] == words


class TestReadEarly:
    def give(self, world, **fields):
        data = {"name": "Demo Periodista", "outlet": "Demo Diario", "address": "press@example.org", "language": "es"}
        return grant_early_access(world.fresh(), **data | fields, actor=world.team, now=NOW)

    def link(self):
        row = OutboxMessage.objects.get(kind="embargo")
        return re.search(r"https?://[^/]+(/es/meetings/\S+/embargo/\S+/)", row.text)[1]

    def test_a_named_reader_reads_it_by_a_link_until_it_is_withdrawn(self, world, client):
        world.ask()
        reader = self.give(world)
        content = client.get(self.link())
        assert content.status_code == 200 and "Se acordó una guía." in content.content.decode()
        assert "embargo" in content.content.decode() and "no-cache" in content["Cache-Control"]
        revoke_early_access(reader, actor=world.team, now=NOW)
        gone = client.get(self.link())
        assert gone.status_code == 410 and "guía" not in gone.content.decode()

    def test_once_it_is_out_every_link_leads_to_what_all_may_read(self, world, client, evening):
        communique = world.ask()
        self.give(world)
        world.sign(communique, world.first)
        evening.move_to(AFTER)
        public = f"/es/meetings/{world.meeting.code}/"
        for link in (self.link(), f"{public}embargo/no-such-token/"):
            answer = client.get(link)
            assert (answer.status_code, answer["Location"]) == (302, public)

    def test_who_read_early_is_forgotten_also_where_it_never_went_out(self, world):
        world.ask()
        self.give(world)
        assert forget_early_readers(now=AT + datetime.timedelta(days=29)) == 0
        assert forget_early_readers(now=AT + datetime.timedelta(days=31)) == 1
        assert not world.fresh().readers.exists()

    def test_it_reads_and_nothing_else_and_of_this_meeting_alone(self, world, client):
        world.ask()
        self.give(world)
        assert client.post(self.link()).status_code == 405
        other = make.meeting(2026, state="held")
        make.communique(other, NOW)
        assert client.get(self.link().replace(world.meeting.code, other.code)).status_code == 410

    def test_only_once_its_hour_is_announced_and_before_it(self, world):
        communique = world.begin()
        with pytest.raises(NotNow):
            self.give(world)
        world.sign(open_signing(communique, publishes_at=AT, actor=world.team, now=NOW), world.first)
        self.give(world)
        with pytest.raises(Incomplete):
            self.give(world)
        publish_due_communiques(now=AFTER)
        with pytest.raises(NotNow):
            self.give(world, address="other@example.org")


class TestOwnAccounts:
    def test_stand_below_the_common_text_and_are_their_authors(self, world, signed_in, client):
        TestAfterwards().out(world)
        code = world.meeting.code
        sent = {"organization": "one", "title": "Cómo lo vimos", "url": "https://one.example.org/x", "language": "es"}
        assert signed_in(world.bob).post(f"/es/meetings/{code}/accounts/new/", sent).status_code == 422
        signed_in(world.ana).post(f"/es/meetings/{code}/accounts/new/", sent)
        account = Meeting.objects.get(code=code).accounts.get()
        content = client.get(f"/es/meetings/{code}/").content.decode()
        assert content.index("Se acordó una guía") < content.index("Cómo lo vimos")
        gone = f"/es/meetings/{code}/accounts/{account.pk}/removal/"
        assert signed_in(world.bob).post(gone).status_code == 403
        signed_in(world.ana).post(gone)
        assert "Cómo lo vimos" not in client.get(f"/es/meetings/{code}/").content.decode()

    @pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://x.example.org/y", "x", ""])
    def test_only_to_pages(self, world, signed_in, url):
        TestAfterwards().out(world)
        sent = {"organization": "one", "title": "x", "url": url, "language": "es"}
        answer = signed_in(world.ana).post(f"/es/meetings/{world.meeting.code}/accounts/new/", sent)
        assert answer.status_code == 422 and not world.meeting.accounts.exists()
