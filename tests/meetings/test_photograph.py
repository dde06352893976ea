"""The photograph of a communiqué: with its words and consent, seen by whoever reads the text, taken away when asked."""

import datetime

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import PersonalLink
from core.journal import history
from core.outbox.models import OutboxMessage
from core.outbox.services import drain
from meetings.models import EmbargoReader, Photograph
from meetings.services.communique import publish_due_communiques
from meetings.services.photograph import PhotographDetails, set_photograph
from meetings.services.press import grant_early_access, revoke_early_access
from meetings.tasks import forget_readers
from tests import factories as make
from tests.meetings.signed import AFTER, AT, NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def evening():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def world():
    return World()


def address(world, name="communique/photograph/", language="es"):
    return f"/{language}/meetings/{world.meeting.code}/{name}"


def form_data(**more):
    return {
        "source_language": "es",
        "alt_es": "Siete personas ante un mural",
        "alt_pt": "Sete pessoas diante de um mural",
        "caption_es": "La mesa",
        "credit": "Demo Fotógrafa",
        "consent": "Las siete, en la sala",
    } | more


def test_it_is_put_there_changed_and_shown_where_the_text_is_read(world, client, signed_in, evening):
    communique, team = world.ask(), signed_in(world.team)
    assert 'type="file"' in team.get(address(world)).content.decode()
    assert team.post(address(world), form_data(file=make.picture(kind="JPEG", name="x.exe"))).status_code == 302
    row = Photograph.objects.get()
    assert (row.media, row.width, row.height, row.alt_pt) == ("image/jpeg", 6, 4, "Sete pessoas diante de um mural")
    shown_at = address(world, f"photograph/{row.seal}/")
    assert client.get(shown_at).status_code == 404, "not before the hour"
    assert client.get(address(world, "press/")).status_code == 404
    assert signed_in(world.bob).get(shown_at).status_code == 200
    assert shown_at in signed_in(world.bob).get(address(world, "communique/")).content.decode()

    world.sign(communique, world.first)
    evening.move_to(AT)
    for name in ("", "press/"):
        content = client.get(address(world, name)).content.decode()
        assert f'src="{shown_at}"' in content and "Fotografía: Demo Fotógrafa" in content and 'width="6"' in content
        assert "Siete personas ante un mural" in content and "Las siete" not in content
    assert "Sete pessoas" in client.get(address(world, "", "pt")).content.decode()
    answer = client.get(shown_at)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "sandbox" in answer["Content-Security-Policy"] and "public" in answer["Cache-Control"]

    assert team.post(address(world), form_data(caption_es="La mesa, al cierre")).status_code == 302, "its words alone"
    row.refresh_from_db()
    assert row.caption == "La mesa, al cierre" and client.get(shown_at).status_code == 200


def test_another_picture_has_another_address_and_the_first_is_gone(world, django_capture_on_commit_callbacks):
    first = make.photograph(world.ask(), NOW)
    stored_name = first.stored.name
    assert default_storage.exists(stored_name)
    with django_capture_on_commit_callbacks(execute=True):
        from core import pictures

        second = set_photograph(
            first.communique,
            details=PhotographDetails(captions={}, alts={"es": "Otra"}, language="es", credit="Demo", consent="Demo"),
            picture=pictures.read(make.picture(8, 8)),
            actor=world.team,
            now=NOW,
        )
    assert second.pk == first.pk and second.seal != first.seal and not default_storage.exists(stored_name)


def test_nothing_is_kept_without_its_words_author_and_consent(world, signed_in):
    world.ask()
    team = signed_in(world.team)
    answer = team.post(address(world), form_data(alt_es="", credit=" ", consent="", file=make.picture()))
    text = answer.content.decode()
    assert answer.status_code == 422 and not Photograph.objects.exists()
    assert text.count('class="error') >= 3 or text.count("aria-invalid") >= 3
    assert "Sete pessoas" in text, "nothing lost"
    for sent, words in (
        (None, "Elija una fotografía"),
        (SimpleUploadedFile("x.jpg", b"<script>alert(1)</script>"), "JPEG o PNG"),
        (SimpleUploadedFile("x.png", make.picture().read()[:50]), "incompleta"),
    ):
        answer = team.post(address(world), form_data(**({"file": sent} if sent else {})))
        assert answer.status_code == 422 and words in answer.content.decode() and not Photograph.objects.exists()


def test_only_the_coordination_team_puts_it_there(world, client, signed_in):
    world.ask()
    assert client.post(address(world), form_data()).status_code == 404, "to visitors there is none yet"
    refused = signed_in(world.ana).post(address(world), form_data(file=make.picture()))
    assert refused.status_code == 403 and not Photograph.objects.exists()


def test_who_does_not_agree_any_longer_is_shown_no_more(world, signed_in, django_capture_on_commit_callbacks):
    row = make.photograph(world.ask(), NOW)
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(world.team).post(address(world, "communique/photograph/removal/"))
        signed_in(world.team).post(address(world, "communique/photograph/removal/"))
    assert not Photograph.objects.exists() and not default_storage.exists(row.stored.name)
    verbs = [entry.verb for entry in history(world.meeting.code)]
    assert verbs.count("photograph_taken_away") == 1
    assert signed_in(world.team).get(address(world, f"photograph/{row.seal}/")).status_code == 404


def early(world):
    communique = world.ask()
    grant_early_access(
        communique,
        name="Demo Prensa",
        outlet="",
        address="prensa@example.org",
        language="es",
        actor=world.team,
        now=NOW,
    )
    text = OutboxMessage.objects.get(kind="embargo").text
    return communique, text[text.index("/es/meetings/") :].split()[0]


def test_who_reads_early_sees_it_too(world, client):
    communique, page = early(world)
    row = make.photograph(communique, NOW)
    picture = f"{page}photograph/{row.seal}/"
    assert picture in client.get(page).content.decode()
    answer = client.get(picture)
    assert answer.status_code == 200 and "private" in answer["Cache-Control"]
    assert client.get(picture.replace(row.seal, "0" * 16)).status_code == 404
    revoke_early_access(communique.readers.get(), actor=world.team, now=NOW)
    assert client.get(picture).status_code == 404


def test_a_month_after_it_is_out_nobody_knows_who_read_it_early(world, evening):
    communique, _page = early(world)
    assert drain() >= 1
    world.sign(communique, world.first)
    publish_due_communiques(now=AFTER)
    evening.move_to(AFTER + datetime.timedelta(days=30))
    assert forget_readers() == 0 and EmbargoReader.objects.exists()
    evening.move_to(AFTER + datetime.timedelta(days=30, minutes=1))
    assert forget_readers() == 1 and forget_readers() == 0
    assert not EmbargoReader.objects.exists() and not PersonalLink.objects.filter(purpose="embargo").exists()
    assert not OutboxMessage.objects.filter(address="prensa@example.org").exists()
    last = history(world.meeting.code).last()
    assert (last.verb, last.facts) == ("embargo_readers_forgotten", {"readers": 1})
