"""Papers of the agenda: told by their content, read by their wish and after their embargo, served so that nothing runs."""

import datetime
import io
import zipfile
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from commons.models import File
from core import files
from core.errors import NotNow
from core.visibility import Visibility
from meetings.models import AgendaItem, Paper
from meetings.services.agenda import remove_item
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 1, 20, 15, tzinfo=datetime.UTC)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20


@pytest.fixture(autouse=True)
def january(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = settings.STORAGES | {"default": disk}
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


class World:
    def __init__(self):
        self.team = make.coordination()
        self.ours, self.other = make.organization("OURS"), make.organization("OTHER")
        self.ana, self.bob = make.delegate(self.ours), make.delegate(self.other)
        self.meeting = make.meeting(2026, visibility="public")
        self.item = AgendaItem.objects.create(
            meeting=self.meeting, position=1, title_es="Punto", presenter=self.ours, visibility="public"
        )

    @property
    def add_address(self):
        return f"/es/meetings/{self.meeting.code}/agenda/{self.item.pk}/papers/new/"


@pytest.fixture
def world():
    return World()


def archive(*names, **contents):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as written:
        for name in names:
            written.writestr(name, contents.get(name.replace(".", "_"), "x"))
    return made.getvalue()


def odf(media):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as written:
        written.writestr("mimetype", media)
        written.writestr("content.xml", "<x/>")
    return made.getvalue()


GOOD = {
    "pdf": PDF,
    "png": PNG,
    "jpg": b"\xff\xd8\xff\xe0" + b"\x00" * 9,
    "txt": "Orden del día: ñandú\n- uno".encode(),
    "docx": archive("[Content_Types].xml", "word/document.xml"),
    "odt": odf("application/vnd.oasis.opendocument.text"),
    "pptx": archive("[Content_Types].xml", "ppt/presentation.xml"),
}
BAD = {
    "a page": b"<!doctype html><script>alert(1)</script>",
    "a page after words": b"hello\n<SCRIPT src=x></SCRIPT>",
    "a drawing that runs": b"<?xml version='1.0'?><svg onload='alert(1)'/>",
    "a script": b"#!/bin/sh\nrm -rf /",
    "php": b"GIF89a<?php system($_GET[0]);",
    "a program": b"\x7fELF\x02\x01" + b"\x00" * 40,
    "another": b"MZ\x90\x00" * 9,
    "any archive": archive("a.txt", "b.exe"),
    "macros": archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "a broken archive": b"PK\x03\x04" + b"\x00" * 40,
    "odf with scripts": odf("application/x-msdownload"),
    "pdf that begins otherwise": b"<html>" + PDF,
    "nothing": b"",
    "postscript": b"%!PS-Adobe",
    "nul": b"a\x00b",
    "jar": archive("META-INF/MANIFEST.MF"),
}


@pytest.mark.parametrize("ending", GOOD)
def test_a_file_is_what_its_content_says_whatever_it_is_called(ending):
    assert files.kind_of(SimpleUploadedFile("evil.html", GOOD[ending], "text/html")).ending == ending


@pytest.mark.parametrize("what", BAD)
def test_what_could_run_is_not_taken_whatever_it_is_called(what):
    with pytest.raises(ValidationError):
        files.kind_of(SimpleUploadedFile("good.pdf", BAD[what], "application/pdf"))


class TestSending:
    def send(self, browser, world, body=PDF, name="evil.html", **fields):
        data = {"title": "Diapositivas", "visibility": "community", "file": SimpleUploadedFile(name, body)}
        return browser.post(world.add_address, data | fields)

    def test_the_presenter_puts_it_beside_the_item(self, world, signed_in):
        assert self.send(signed_in(world.ana), world).status_code == 302
        file = Paper.objects.get().file
        assert (file.media, file.organization, file.name) == ("application/pdf", world.ours, "diapositivas.pdf")
        assert "evil" not in file.stored.name and Path(file.stored.path).read_bytes() == PDF

    def test_the_team_puts_one_in_its_own_name_and_nobody_else_does(self, world, signed_in, client):
        assert self.send(signed_in(world.bob), world).status_code == 403
        assert self.send(client, world).status_code == 302
        assert not Paper.objects.exists()
        self.send(signed_in(world.team), world)
        assert Paper.objects.get().file.organization is None

    @pytest.mark.parametrize("body", [BAD["a page"], b""])
    def test_what_is_refused_is_said_beside_the_field_and_leaves_nothing(self, world, signed_in, body, tmp_path):
        answer = self.send(signed_in(world.ana), world, body)
        assert answer.status_code == 422 and "file" in answer.context["form"].errors
        assert not File.objects.exists() and not list(tmp_path.rglob("*.*"))

    def test_sixty_megabytes_are_let_go_of_while_they_arrive(self, world, signed_in, tmp_path):
        answer = self.send(signed_in(world.ana), world, PDF + b"\x00" * 60 * 1024 * 1024)
        assert answer.status_code == 422
        assert "20 MB" in str(answer.context["form"].errors["file"])
        assert answer.context["form"].data["title"] == "Diapositivas", "the rest of the form is still there"
        assert not [path for path in tmp_path.rglob("*") if path.is_file()]

    def test_not_without_a_title_nor_a_file_nor_at_an_hour_that_does_not_exist(self, world, signed_in):
        browser = signed_in(world.ana)
        world.meeting.zone = "America/Santiago"
        world.meeting.save()
        answer = browser.post(world.add_address, {"visibility": "community", "embargo_until": "2026-09-06T00:30"})
        assert {"title", "file", "embargo_until"} <= set(answer.context["form"].errors)

    def test_an_item_of_another_meeting_is_no_page(self, world, signed_in):
        other = make.meeting(2026)
        address = world.add_address.replace(world.meeting.code, other.code)
        assert signed_in(world.team).get(address).status_code == 404


class TestReading:
    def read(self, client, paper):
        return client.get(f"/es/meetings/{paper.item.meeting.code}/papers/{paper.pk}/")

    def test_it_is_a_download_that_nothing_runs(self, world, client):
        paper = make.paper(world.item, NOW, visibility=Visibility.PUBLIC)
        answer = self.read(client, paper)
        assert answer.getvalue() == b"Demo: apuntes"
        assert answer["Content-Disposition"] == 'attachment; filename="papel-demo.txt"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert (
            answer["Content-Security-Policy"].startswith("sandbox")
            and answer["Content-Type"] == "text/plain; charset=utf-8"
        )

    def test_by_its_own_wish(self, world, client, signed_in):
        paper = make.paper(world.item, NOW)
        assert self.read(client, paper).status_code == 404
        answer = self.read(signed_in(world.bob), paper)
        assert answer.status_code == 200 and answer["Cache-Control"] == "private, no-store"
        page = client.get(f"/es/meetings/{world.meeting.code}/").content.decode()
        assert "Papel Demo" not in page
        assert "Papel Demo" in signed_in(world.bob).get(f"/es/meetings/{world.meeting.code}/").content.decode()

    def test_not_under_an_item_that_one_may_not_read(self, world, client, signed_in):
        paper = make.paper(world.item, NOW, visibility=Visibility.PUBLIC)
        AgendaItem.objects.update(visibility="private")
        assert self.read(client, paper).status_code == self.read(signed_in(world.bob), paper).status_code == 404
        assert self.read(signed_in(world.team), paper).status_code == 200

    def test_after_its_embargo_by_the_others(self, world, signed_in, client, january):
        until = NOW + datetime.timedelta(hours=3)
        paper = make.paper(world.item, NOW, visibility=Visibility.PUBLIC, embargo_until=until)
        assert self.read(client, paper).status_code == self.read(signed_in(world.bob), paper).status_code == 404
        assert self.read(signed_in(world.ana), paper).status_code == 200
        assert self.read(signed_in(world.team), paper).status_code == 200
        january.move_to(until)
        assert self.read(client, paper).status_code == self.read(signed_in(world.bob), paper).status_code == 200

    def test_a_file_that_was_lost_is_not_found(self, world, client):
        paper = make.paper(world.item, NOW, visibility=Visibility.PUBLIC)
        Path(paper.file.stored.path).unlink()
        assert self.read(client, paper).status_code == 404


class TestTakingOff:
    def test_by_who_gave_it_or_the_team(self, world, signed_in, django_capture_on_commit_callbacks):
        paper = make.paper(world.item, NOW)
        path = Path(paper.file.stored.path)
        address = f"/es/meetings/{world.meeting.code}/papers/{paper.pk}/removal/"
        assert signed_in(world.bob).post(address).status_code == 403
        assert path.exists()
        with django_capture_on_commit_callbacks(execute=True):
            signed_in(world.ana).post(address)
        assert not File.objects.exists() and not path.exists()

    def test_an_item_with_papers_stays(self, world):
        make.paper(world.item, NOW)
        with pytest.raises(NotNow):
            remove_item(world.item, actor=world.team, now=NOW)

    def test_no_more_than_twenty(self, world):
        for _n in range(20):
            make.paper(world.item, NOW)
        with pytest.raises(NotNow):
            make.paper(world.item, NOW)
