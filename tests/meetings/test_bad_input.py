"""What people get wrong at meetings: each time a clear sentence beside its field, in the reader's language, with what they
wrote still there, and nothing changed."""

import datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from core.models import JournalEntry
from core.outbox.models import OutboxMessage
from core.records.models import Record
from meetings.models import AgendaItem, Meeting, PollReply
from meetings.services.arrangements import arrange_meeting
from meetings.services.communique import begin_communique
from meetings.services.minutes import write_part
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 1, 20, 15, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 2, 3)


@pytest.fixture(autouse=True)
def january(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = settings.STORAGES | {"default": disk}
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


class World:
    def __init__(self, signed_in, tmp_path):
        self.team, self.ours = make.coordination(), make.organization("OURS")
        self.ana = make.delegate(self.ours)
        self.meeting = make.meeting(2026, starts_on=DAY, ends_on=DAY, title_es="Demo")
        self.item = AgendaItem.objects.create(meeting=self.meeting, position=1, day=DAY, title_es="Punto", minutes=30)
        self.browser, self.folder = signed_in(self.team), tmp_path

    def marks(self):
        """What would show that something was done."""
        rows = (JournalEntry, Record, OutboxMessage, AgendaItem, PollReply, Meeting)
        states = list(
            Meeting.objects.order_by("pk").values_list("state", "starts_on", "room", "sequence", "revised_at")
        )
        return (
            [model.objects.count() for model in rows],
            states,
            [one for one in self.folder.rglob("*") if one.is_file()],
        )

    def refused(self, address, sent, field, words, *, language="es", browser=None):
        """It is said beside `field`; the rest of what was sent is still in the form, and nothing was done."""
        before = self.marks()
        answer = (browser or self.browser).post(f"/{language}/meetings/{address}", sent)
        assert answer.status_code == 422, answer.status_code
        form = answer.context["form"]
        assert words in " ".join(form.errors.get(field, [])), form.errors
        if field != "__all__":
            content = answer.content.decode()
            assert f'id="id_{field}_error"' in content and "error-summary" in content
        assert form.data.keys() >= {name for name, value in sent.items() if isinstance(value, str)}
        assert self.marks() == before
        return answer


@pytest.fixture
def world(signed_in, tmp_path):
    return World(signed_in, tmp_path)


def planned(**changes):
    return {
        "title_es": "Demo: reunión",
        "source_language": "es",
        "kind": "coordination",
        "visibility": "community",
        "starts_on": "2026-04-10",
        "ends_on": "2026-04-10",
        "starts_time": "09:00",
        "ends_time": "12:00",
        "zone": "America/Montevideo",
        "mode": "",
        "place": "Demo: sala",
        "link": "",
    } | changes


@pytest.mark.parametrize(
    ("changes", "field", "es", "pt"),
    [
        ({"ends_on": "2026-04-09"}, "ends_on", "Termina antes de empezar", "Termina antes de começar"),
        ({"ends_time": "08:00"}, "ends_time", "Termina antes de empezar", "Termina antes de começar"),
        ({"zone": "America/Atlantis"}, "zone", "Zona horaria desconocida", "Fuso horário desconhecido"),
        ({"zone": "America"}, "zone", "Zona horaria desconocida", "Fuso horário desconhecido"),
        (
            {"zone": "America/Santiago", "starts_on": "2026-09-06", "ends_on": "2026-09-06", "starts_time": "00:30"},
            "starts_time",
            "no existe",
            "não existe",
        ),
        (
            {
                "zone": "America/Santiago",
                "starts_on": "2026-04-04",
                "ends_on": "2026-04-04",
                "starts_time": "23:30",
                "ends_time": "23:59",
            },
            "starts_time",
            "dos veces",
            "duas vezes",
        ),
    ],
)
def test_days_and_hours_that_cannot_be(world, changes, field, es, pt):
    world.refused("new/", planned(**changes), field, es)
    world.refused("new/", planned(**changes), field, pt, language="pt")
    data = {name: value for name, value in planned(**changes).items() if name not in ("title_es", "kind", "visibility")}
    world.refused(f"{world.meeting.code}/dates/", data, field, es)


def test_an_agenda_longer_than_its_day_is_told_to_those_who_can_change_it(world, client):
    """It is no mistake of a field: it is kept, and the day says by how much it runs over until somebody shortens it."""
    start = datetime.datetime(2026, 2, 3, 12, tzinfo=datetime.UTC)
    Meeting.objects.filter(pk=world.meeting.pk).update(starts_at=start, ends_at=start + datetime.timedelta(hours=1))
    AgendaItem.objects.update(minutes=90, visibility="public")
    address = f"meetings/{world.meeting.code}/agenda/"
    assert "se excede en 30 minutos" in world.browser.get(f"/es/{address}").content.decode()
    assert "ultrapassa o tempo em 30 minutos" in world.browser.get(f"/pt/{address}").content.decode()
    assert "se excede en 30" not in client.get(f"/es/meetings/{world.meeting.code}/").content.decode()


class TestTwoEditors:
    """The second is shown what the first wrote; sending again is an answer to that."""

    def opened(self, world, address):
        form = world.browser.get(address).context["form"]
        return {name: value for name in form.fields if (value := form[name].value()) not in (None, "")}

    def second(self, world, address, own, their_text, own_text):
        before = world.marks()
        answer = world.browser.post(address, own)
        assert answer.status_code == 422 and world.marks() == before
        text = answer.content.decode()
        assert their_text in text and own_text in text
        again = own | {name: answer.context["form"].data[name] for name in ("seen", "version") if name in own}
        assert world.browser.post(address, again).status_code == 302

    def test_of_a_point_of_the_agenda(self, world):
        address = f"/es/meetings/{world.meeting.code}/agenda/{world.item.pk}/"
        own = self.opened(world, address) | {"title_es": "Lo mío"}
        world.browser.post(address, own | {"title_es": "Lo ajeno", "note": "Con nota"})
        self.second(world, address, own, "Lo ajeno", "Lo mío")
        world.item.refresh_from_db()
        assert world.item.title_es == "Lo mío"

    def test_of_days_and_place(self, world):
        address = f"/es/meetings/{world.meeting.code}/dates/"
        own = self.opened(world, address) | {"place": "Mi sala"}
        world.browser.post(address, own | {"place": "Otra sala"})
        self.second(world, address, own, "Otra sala", "Mi sala")
        assert Meeting.objects.get(pk=world.meeting.pk).place == "Mi sala"

    def test_of_room_and_interpretation(self, world):
        address = f"/es/meetings/{world.meeting.code}/arrangements/"
        own = self.opened(world, address) | {"room": "Sala una"}
        world.browser.post(address, own | {"room": "Sala otra"})
        self.second(world, address, own, "Sala otra", "Sala una")
        assert Meeting.objects.get(pk=world.meeting.pk).room.name == "Sala una"


class TestPolls:
    """Answers to a poll have no field to stand beside: whoever may not give any reads why, and nothing is written."""

    @pytest.fixture
    def poll(self, world):
        meeting = make.meeting(2026, state="planned", starts_on=None, ends_on=None, visibility="community")
        poll = make.poll(meeting, NOW, DAY)
        poll.respondents.create(
            organization=world.ours, name="Demo", address=world.ana.email, language="es", zone="America/Montevideo"
        )
        return poll

    def answer(self, world, poll, browser, language="es"):
        before, sent = world.marks(), {f"option_{one.pk}": "yes" for one in poll.options.all()}
        content = browser.post(f"/{language}/meetings/{poll.meeting.code}/poll/", sent, follow=True)
        assert world.marks() == before and not poll.respondents.exclude(answered_at=None).exists()
        return content.content.decode()

    def test_by_someone_who_was_not_asked(self, world, poll, signed_in):
        stranger = signed_in(make.delegate(make.organization()))
        assert "No se le consultó por estas fechas" in self.answer(world, poll, stranger)
        assert "Você não foi consultado sobre estas datas" in self.answer(world, poll, stranger, "pt")

    def test_that_come_too_late(self, world, poll, signed_in, january):
        respondent = signed_in(world.ana)
        january.move_to(poll.closes_at + datetime.timedelta(minutes=1))
        assert "El plazo para responder terminó" in self.answer(world, poll, respondent)
        assert "O prazo para responder terminou" in self.answer(world, poll, respondent, "pt")


class TestRooms:
    def test_taken_between_the_form_and_the_saving(self, world):
        """Opened while it was free, sent when it is not: said beside the room, naming who has it."""
        address = f"{world.meeting.code}/arrangements/"
        page = world.browser.get(f"/es/meetings/{address}").context["form"]
        other = make.meeting(2026, starts_on=DAY, ends_on=DAY)
        taken = {"room": "Sala una", "interpretation": [], "proposal_minutes": 0}
        arrange_meeting(other, **taken, actor=world.team, now=NOW)
        sent = {"room": "sala una", "proposal_minutes": "0", "version": page["version"].value()}
        answer = world.refused(address, sent, "room", other.code)
        assert 'value="sala una"' in answer.content.decode()
        world.refused(address, sent, "room", other.code, language="pt")

    def test_taken_where_the_meeting_moves_to(self, world):
        other = make.meeting(2026, starts_on=DAY + datetime.timedelta(days=1), ends_on=DAY + datetime.timedelta(days=1))
        taken = {"room": "Sala una", "interpretation": [], "proposal_minutes": 0}
        for meeting in (other, world.meeting):
            arrange_meeting(meeting, **taken, actor=world.team, now=NOW)
        moved = {"starts_on": "2026-02-04", "ends_on": "2026-02-04", "zone": "America/Montevideo"}
        world.refused(f"{world.meeting.code}/dates/", moved, "__all__", other.code)


class TestFiles:
    """Papers; photographs have their own tests in test_photograph.py, what each kind is told by in test_papers.py."""

    @pytest.mark.parametrize(
        ("body", "es", "pt"),
        [
            (b"MZ\x90\x00" * 9, "No se acepta", "não é aceito"),
            (b"<!doctype html><script>alert(1)</script>", "No se acepta", "não é aceito"),
            (b"%PDF-1.7\n" + b"\x00" * 60 * 1024 * 1024, "20 MB", "20 MB"),
            (b"", "vacío", "vazio"),
        ],
    )
    def test_of_the_wrong_kind_too_large_disguised_or_empty(self, world, body, es, pt):
        address = f"{world.meeting.code}/agenda/{world.item.pk}/papers/new/"
        for language, words in (("es", es), ("pt", pt)):
            sent = {"title": "Diapositivas", "visibility": "community", "file": SimpleUploadedFile("good.pdf", body)}
            answer = world.refused(address, sent, "file", words, language=language)
            assert 'value="Diapositivas"' in answer.content.decode()


HOSTILE = (
    "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[pulse](javascript:alert(1))\n\n"
    "![x](data:text/html;base64,PHNjcmlwdD4=)\n\n<iframe src='//evil.example'></iframe>\n\n[a]: javascript:alert(2)\n[b][a]"
)


def test_hostile_markdown_stays_words_wherever_it_is_read(world, client, signed_in):
    """It is no mistake either: it is kept as it was written, and nothing of it runs on any page that shows it."""
    AgendaItem.objects.update(note=HOSTILE, visibility="public")
    Meeting.objects.filter(pk=world.meeting.pk).update(state="held", visibility="public")
    meeting = Meeting.objects.get(pk=world.meeting.pk)
    make.decision(meeting, text_es=HOSTILE, objections=HOSTILE)
    write_part(meeting, item=world.item, body=HOSTILE, base_number=0, actor=world.team, now=NOW)
    begin_communique(meeting, language="es", body=HOSTILE, actor=world.team, now=NOW)
    code = meeting.code
    for page in (
        "",
        "agenda/",
        "binder/",
        "minutes/",
        f"minutes/{world.item.pk}/",
        "communique/",
        "outcome/",
        "publication/",
    ):
        content = world.browser.get(f"/es/meetings/{code}/{page}")
        assert content.status_code == 200, page
        words = content.content.decode()
        assert "<script>alert" not in words and "<iframe" not in words and "<img src=x" not in words, page
        assert 'href="javascript' not in words and 'src="data:' not in words, page


def test_the_clock_knows_both_kinds_of_hours_that_cannot_be():
    for local, code in ((datetime.datetime(2026, 9, 6, 0, 30), "gap"), (datetime.datetime(2026, 4, 4, 23, 30), "fold")):
        with pytest.raises(Exception) as refused:
            clock.instant(local, "America/Santiago")
        assert refused.value.code == code
