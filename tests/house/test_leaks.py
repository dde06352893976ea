"""What is for fewer eyes is on no surface that others read: role × surface, with one hidden row of every model that has
a visibility. For every "does not show" the same row shows to who may, so that a surface that is empty proves nothing."""

import datetime

import pytest
from django.test import Client

from accounts.models import User
from casa.tables import TABLES
from core import clock
from core.outbox.models import OutboxMessage
from core.records.registry import kinds
from core.records.services import link, touch
from organizations.standing import standing_of
from priorities.models import CommonProject, Priority
from priorities.services import ask_progress
from reminders import services as reminders
from tests import factories as make
from tests.casa.test_tables import SECRET, House

pytestmark = pytest.mark.django_db

PAGES = (
    "/es/", "/es/years/", "/es/years/2026/", "/es/years/2026/report/", "/es/years/2026/report.md", "/es/meetings/", "/es/meetings/?kind=annual",
    "/es/spaces/", "/es/organizations/", "/es/organizations/demo-a/", "/es/representation/",
    "/es/representation/elections/", "/es/engagement/", "/es/engagement/regulation/", "/es/priorities/",
    "/es/priorities/2026/", "/es/priorities/2026/matrix/", "/es/priorities/2026/assessments/", "/es/priorities/2026/balance/", "/es/priorities/projects/",
    "/es/priorities/threats/", "/es/search/?q=demo", "/es/search/?q=todos", "/es/feed.atom", "/es/calendar.ics",
    "/sitemap.xml", "/es/follow/", "/es/about/",
)  # fmt: skip
SURFACES = (*PAGES, *(f"/es/data/{name}.csv" for name in TABLES))
#: Where a member organisation's reader must find the hidden rows: else the test above says nothing.
SHOWN_TO_MEMBERS = {
    "/es/years/2026/", "/es/meetings/", "/es/organizations/demo-a/", "/es/representation/elections/", "/es/engagement/",
    "/es/engagement/regulation/", "/es/priorities/2026/", "/es/priorities/2026/assessments/", "/es/priorities/2026/balance/", "/es/priorities/projects/",
    "/es/priorities/threats/", "/es/search/?q=demo", "/es/search/?q=todos",
}  # fmt: skip


@pytest.fixture
def house():
    """The rows of every table, known to search, and each hidden one hanging on a public one by a link."""
    made = House()
    for kind in kinds().values():
        for row in kind.model().objects.all():
            touch(row.code)
    return made


def hidden():
    """Every hidden row of every kind that has one."""
    found = []
    for kind in kinds().values():
        model = kind.model()
        if hasattr(model, "title_es"):
            found += model.objects.filter(title_es=SECRET)
    return found


@pytest.fixture
def readers(house):
    """Who has no business with it: nobody, somebody without a role, an administrator."""
    found = {"visitor": Client()}
    for name, user in (("no role", make.user()), ("administrator", make.administrator())):
        found[name] = Client()
        found[name].force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return found


def test_every_model_with_a_visibility_has_a_hidden_row(house):
    """A new kind that is not in the house above fails here: then it is put there."""
    kept = {kind.code for kind in kinds().values() if any(f.name == "visibility" for f in kind.model()._meta.fields)}
    assert {row.code.split("-")[2] for row in hidden()} >= kept | {"THR"}
    assert Priority.objects.filter(visibility="community").exists()


@pytest.mark.parametrize("surface", SURFACES)
def test_no_surface_shows_it_to_who_may_not_see_it(house, readers, surface):
    for name, reader in readers.items():
        answer = reader.get(surface)
        assert answer.status_code == 200, (name, surface)
        assert SECRET not in answer.content.decode(), (name, surface)
        assert not any(row.code in answer.content.decode() for row in hidden()), (name, surface)


def test_its_own_page_its_thread_and_its_permalink_do_not_exist_for_them(house, readers):
    for row in hidden():
        for reader in readers.values():
            for address in (row.get_absolute_url(), f"/es/threads/{row.code}/", f"/c/{row.code}/"):
                assert reader.get(address).status_code == 404, address


@pytest.mark.parametrize("surface", sorted(SHOWN_TO_MEMBERS))
def test_the_same_rows_show_to_member_organisations(house, signed_in, surface):
    assert SECRET in signed_in(house.reader).get(surface).content.decode()


def test_a_public_record_does_not_name_what_came_of_it_in_private(house, readers, signed_in):
    public = Priority.objects.get(visibility="public")
    for row in hidden():
        link(public.code, row.code, clock.now())
    for reader in readers.values():
        for address in (public.get_absolute_url(), f"/es/threads/{public.code}/", "/es/years/2026/"):
            assert SECRET not in reader.get(address).content.decode(), address
    assert SECRET in signed_in(house.reader).get(public.get_absolute_url()).content.decode()


def test_no_mail_tells_it_to_who_may_not_see_it(house):
    """A year of reminders and of what acts send, with hidden rows due: each reader of one is of a member organisation
    on the day it is written; whoever has left it, or has no role, gets none."""
    now = clock.now().replace(month=3, day=2, hour=15)
    soon = (now + datetime.timedelta(days=7)).date()
    gone = make.person(user=make.user(), is_public=False)
    for kind in kinds().values():
        model = kind.model()
        names = {field.name for field in model._meta.fields}
        if "due_on" in names:
            model.objects.update(due_on=soon)
    make.action(house.ours, title_es=SECRET, visibility="community", due_on=soon, person=gone)
    make.delegate(house.ours)
    make.meeting(now.year, "convened", "community", title_es=SECRET, starts_on=soon, ends_on=soon)
    make.milestone(CommonProject.objects.get(title_es=SECRET), title=SECRET, due_on=soon)
    make.deadline(house.edition, day=soon)
    for day in range(0, 300, 1):
        reminders.plan(now + datetime.timedelta(days=day))
    ask_progress(house.cycle, actor=house.reader, now=now)
    told = [mail for mail in OutboxMessage.objects.all() if SECRET in mail.subject + mail.text + mail.html]
    assert {mail.kind for mail in told} >= {"reminder.commons.action", "reminder.priorities.milestone"}
    for mail in told:
        reader = User.objects.filter(email=mail.address).first()
        assert reader and standing_of(reader, now).is_community, (mail.kind, mail.address)
