"""Progress, requested by mail and reported by a personal link: once, in the name of the person it was sent to."""

import datetime
import re

import pytest
import time_machine
from django.urls import reverse

from core.errors import NotNow
from core.outbox.models import OutboxMessage
from organizations.states import Role
from priorities.models import ProgressUpdate
from priorities.services.cycles import request_progress
from priorities.services.progress import report_by_link
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 6, 10, 15, tzinfo=datetime.UTC)


class World:
    def __init__(self):
        self.cycle = make.cycle(2026, now=NOW - datetime.timedelta(days=150), state="published")
        self.ours, self.other = make.organization("OURS"), make.organization("OTHER")
        self.delegate, self.team = make.delegate(self.ours), make.coordination()
        self.editor = make.holder(Role.EDITOR, self.ours)
        plan = make.plan(self.cycle, self.ours, state="closed")
        self.row = make.priority(plan, "Demo: formar a operadores", theme=make.theme())
        make.priority(make.plan(self.cycle, self.other, state="closed"), theme=make.theme())

    def link(self):
        request_progress(self.cycle, actor=self.team, now=NOW)
        mail = OutboxMessage.objects.get(kind="progress_asked", address=self.delegate.email)
        return re.search(r"(/[a-z-]+/priorities/progress/ours/\S+/)", mail.text)[1]

    def report(self, health="done", words="Demo: veinte personas"):
        return {f"{self.row.code}.health": health, f"{self.row.code}.words": words, f"{self.row.code}.evidence": ""}


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        yield World()


def test_first_who_would_be_asked_then_once_a_day(world, signed_in):
    team, page = signed_in(world.team), reverse("priorities:cycle_ask", args=[2026])
    assert page in team.get(reverse("priorities:cycle_dashboard", args=[2026])).content.decode()
    listed = team.get(page).content.decode()
    assert world.delegate.email in listed and world.editor.email not in listed and "OTHER" in listed
    assert not OutboxMessage.objects.exists()
    for _n in range(2):
        assert team.post(page).status_code == 302
    assert OutboxMessage.objects.filter(kind="progress_asked").count() == 1
    type(world.cycle).objects.update(state="closed")
    with pytest.raises(NotNow):
        request_progress(world.cycle, actor=world.team, now=NOW)


def test_who_only_takes_part_in_a_living_project_is_asked_too(world):
    partner, ended, later = (make.delegate(make.organization()) for _n in range(3))
    make.project(partner.person.mandates.get().organization)
    make.project(ended.person.mandates.get().organization, state="cancelled", reason="Demo")
    make.project(later.person.mandates.get().organization, year=2027)
    request_progress(world.cycle, actor=world.team, now=NOW)
    addresses = set(OutboxMessage.objects.filter(kind="progress_asked").values_list("address", flat=True))
    assert addresses == {world.delegate.email, partner.email}


def test_opening_uses_nothing_up_and_telling_uses_it_up(world, client):
    link = world.link()
    for _n in range(3):
        page = client.get(link)
        assert page.status_code == 200 and "formar a operadores" in page.content.decode()
        assert "no-store" in page["Cache-Control"]
    empty = client.post(link, world.report(health="", words=""))
    assert "No informó ningún avance" in empty.content.decode()
    assert empty.status_code == 200 and client.get(link).status_code == 200, "nothing reported: the link still works"
    refused = client.post(link, world.report(health="at_risk", words=""))
    assert refused.status_code == 422 and not ProgressUpdate.objects.exists()
    assert client.post(link, world.report()).status_code == 200
    update = ProgressUpdate.objects.get()
    assert (update.health, update.by, update.organization) == ("done", world.delegate.journal_key, world.ours)
    assert client.post(link, world.report()).status_code == client.get(link).status_code == 410
    assert ProgressUpdate.objects.count() == 1


def test_a_link_speaks_only_for_who_still_writes_and_for_its_own_organisation(world, client):
    link = world.link()
    assert client.get(link.replace("/ours/", "/other/")).status_code == 410
    world.delegate.person.mandates.update(ends_on=NOW.date() - datetime.timedelta(days=1))
    assert client.get(link).status_code == client.post(link, world.report()).status_code == 410
    assert not ProgressUpdate.objects.exists()


def test_a_link_expires(world, client):
    link = world.link()
    with time_machine.travel(NOW + datetime.timedelta(days=46), tick=False):
        assert client.get(link).status_code == 410


@pytest.mark.parametrize(("language", "words"), [("es", "¿cómo van"), ("pt-br", "como vão"), ("en", "how are")])
def test_the_mail_is_in_its_readers_language_and_has_one_link(world, language, words):
    make.delegate(world.ours, language=language)
    request_progress(world.cycle, actor=world.team, now=NOW)
    mail = OutboxMessage.objects.filter(kind="progress_asked", language=language).latest("pk")
    assert words in mail.subject and "2026" in mail.subject
    assert mail.text.count("/priorities/progress/") == 1 and "{" not in mail.text


def test_a_link_that_was_used_meanwhile_is_refused(world):
    with pytest.raises(NotNow):
        report_by_link(world.ours, token="demo", reports=[], now=NOW)
