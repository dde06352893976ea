"""What is for fewer eyes is on no surface that others read: reader × model × surface. For every "does not show" the same
row shows to who may, so that a surface that is empty proves nothing."""

import datetime
from functools import reduce
from operator import or_

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from casa.tables import TABLES
from core.outbox.models import OutboxMessage
from core.records.services import link
from priorities.services.cycles import request_progress
from reminders import services as reminders
from tests import factories as make
from tests.project.hidden import COMMUNITY, ELSEWHERE, OPEN, READERS, STRANGERS, HiddenWorld
from tests.project.routes_table import ROUTES
from tests.project.test_routes import FLOWS

pytestmark = pytest.mark.django_db

#: Beside every route of the door plan: the years and lists in which the hidden rows would stand.
MORE = (
    "/es/years/2025/",
    "/es/years/2025/report/",
    "/es/years/2025/report.md",
    "/es/meetings/?kind=annual",
    "/es/priorities/2026/",
    "/es/priorities/2026/matrix/",
    "/es/priorities/2026/assessments/",
    "/es/priorities/2026/balance/",
    "/es/priorities/2023/assessments/",
    "/es/priorities/2023/balance/",
    "/es/priorities/threats/?state=set_aside",
    "/es/search/?q=oculto",
    "/es/search/?q=demo",
    "/es/organizations/demo-c/",
    "/es/my-work/demo-c/",
    *(f"/es/data/{name}.csv" for name in TABLES),
)
#: Pages of a person's own account hold nothing of the portal; a calendar of one's own is for whoever has its address.
APART = FLOWS | {"demo_sign_in", "demo_mailbox", "my_calendar"}


@pytest.fixture
def world(settings):
    settings.CASA_DEMO = True
    return HiddenWorld()


def surfaces(world):
    """Every page, list, search, feed, calendar, table, report and sitemap that can be asked for with GET."""
    wanted = [(name, args) for name, (args, get, _post) in ROUTES.items() if get is not None and name not in APART]
    return [*dict.fromkeys([*(world.address(name, args) for name, args in wanted), *MORE])]


def text_of(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")


def audience():
    """Labels of the models that say who may read their rows."""
    return {
        model._meta.label
        for model in apps.get_models()
        if hasattr(model._default_manager.all(), "visible_to")
        or any(f.name == "visibility" for f in model._meta.fields)
    }


def test_every_model_with_an_audience_has_a_hidden_row(world):
    """A new one that is on no list fails here: then it is put there, with who may read it."""
    hidden = {one.label for one in world.hidden}
    assert audience() - hidden - OPEN - set(ELSEWHERE) == set()
    assert not hidden & OPEN and audience() >= OPEN | set(ELSEWHERE)


def test_what_is_said_to_be_open_is_shown_whole(world):
    for label in OPEN:
        model = apps.get_model(label)
        rows = model.objects.visible_to(AnonymousUser(), world.now)
        assert rows.count() == model.objects.count() > 0, label


#: An editor and a lead of another organisation see what its delegate sees: they are asked of each row's own page only.
ASKED_EVERYWHERE = sorted(READERS - {"editor", "lead"})


@pytest.mark.parametrize("reader", ASKED_EVERYWHERE)
def test_no_surface_shows_what_this_reader_may_not_see(world, reader):
    browser, shown = world.browser(reader), []
    secret = [one for one in world.hidden if reader not in one.may]
    assert secret or reader == "coordination"
    for surface in surfaces(world):
        content = text_of(browser.get(surface))
        shown += [(surface, one.label, one.words) for one in secret if one.words in content]
        shown += [(surface, one.label, one.code) for one in secret if one.code and one.code in content]
    assert not shown, "\n".join(map(str, shown))


@pytest.mark.parametrize("reader", sorted(READERS))
def test_its_own_page_its_thread_and_its_permalink_are_for_who_may_see_it(world, reader):
    browser, wrong = world.browser(reader), []
    for one in world.hidden:
        answer = browser.get(one.page, follow=True)
        if (one.words in text_of(answer)) != (reader in one.may):
            wrong.append((one.label, one.page, answer.status_code))
        for address in (f"/es/threads/{one.code}/", f"/c/{one.code}/") if one.code else ():
            if (browser.get(address).status_code == 404) == (reader in one.may):
                wrong.append((one.label, address))
    assert not wrong, "\n".join(map(str, wrong))


#: Where a member organisation's reader must find hidden rows: else the tests above say nothing of these.
SHOWN_TO_MEMBERS = (
    "/es/years/2026/",
    "/es/meetings/",
    "/es/organizations/demo-c/",
    "/es/representation/elections/",
    "/es/engagement/",
    "/es/engagement/regulation/",
    "/es/priorities/2025/",
    "/es/priorities/2025/assessments/",
    "/es/priorities/2025/balance/",
    "/es/priorities/projects/",
    "/es/priorities/threats/",
    "/es/search/?q=oculto",
    *(f"/es/data/{name}.csv" for name in TABLES if name not in ("organizations", "editions", "deadlines", "terms")),
)


def test_the_same_rows_show_to_member_organisations(world):
    browser = world.browser("member")
    empty = [surface for surface in SHOWN_TO_MEMBERS if "Demo oculto-" not in text_of(browser.get(surface))]
    assert not empty


def test_a_public_record_does_not_name_what_came_of_it_in_private(world):
    for one in world.hidden:
        if one.code:
            link(world.decision.code, one.code, world.now)
    pages = (
        world.decision.get_absolute_url(),
        f"/es/threads/{world.decision.code}/",
        world.priority.get_absolute_url(),
    )
    for reader in STRANGERS:
        for page in pages:
            assert "oculto-" not in text_of(world.browser(reader).get(page)), (reader, page)
    assert "oculto-" in text_of(world.browser("member").get(pages[0]))


def test_no_mail_tells_it_to_who_may_not_see_it(world):
    """Most of a year of reminders and of what acts send, with hidden rows due: whoever reads one may read what it says."""
    now = world.now.replace(month=3, day=2, hour=15)
    soon = (now + datetime.timedelta(days=7)).date()
    for model in apps.get_models():
        if {"due_on"} <= {field.name for field in model._meta.fields}:
            model._base_manager.update(due_on=soon)
    paused = next(one for one in world.hidden if "PRO-" in one.code)
    make.milestone(world.project.__class__.objects.get(code=paused.code), title=paused.words, due_on=soon)
    for day in range(300):
        reminders.plan(now + datetime.timedelta(days=day))
    request_progress(world.filed.cycle, actor=world.people["coordination"], now=now)
    names = {user.email: name for name, user in world.people.items()}
    mentions = [
        (mail, one)
        for mail in OutboxMessage.objects.all()
        for one in world.hidden
        if one.words in mail.subject + mail.text + mail.html
    ]
    assert {mail.kind for mail, _one in mentions} >= {"reminder.commons.action", "reminder.priorities.milestone"}
    for mail, one in mentions:
        assert names.get(mail.address) in one.may, (mail.kind, mail.address, one.label)


def test_the_readers_are_everybody(world):
    assert set(world.people) | {"visitor"} == READERS and not STRANGERS & COMMUNITY
    assert reduce(or_, (one.may for one in world.hidden)) <= COMMUNITY
    assert Client().get("/es/").status_code == 200
