"""Progress of everything, reported on one page; what the public reads of it; a cycle with last year's dates."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.errors import Incomplete, NotNow, PermissionDenied
from organizations.states import Role
from priorities.models import ProgressUpdate
from priorities.services.progress import report_on_priority
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 6, 1, 15, tzinfo=datetime.UTC)


class World:
    def __init__(self):
        self.ours, self.other = make.organization("OURS"), make.organization("THEIRS")
        self.editor, self.peer = make.holder(Role.EDITOR, self.ours), make.delegate(self.other)
        self.cycle = make.cycle(2026, state="published")
        self.plan = make.plan(self.cycle, self.ours, state="closed")
        self.first, self.second = (make.priority(self.plan, f"Demo {n}", rank=n) for n in (1, 2))
        self.project = make.project(self.ours, self.other)
        self.page = reverse("priorities:progress_all", args=["ours"])


@pytest.fixture
def world():
    return World()


def report(row, health, words="", evidence=""):
    return {f"{row.code}.health": health, f"{row.code}.words": words, f"{row.code}.evidence": evidence}


def test_one_post_tells_several_and_leaves_the_rest(world, signed_in, client):
    inside = signed_in(world.editor)
    data = report(world.first, "dropped", "Demo: sin presupuesto") | report(world.project, "on_track")
    assert inside.post(world.page, data | report(world.second, "")).status_code == 302
    world.first.refresh_from_db()
    assert world.first.state == "not_continued"
    assert list(ProgressUpdate.objects.order_by("pk").values_list("code", "health")) == [
        (world.first.code, "dropped"),
        (world.project.code, "on_track"),
    ]
    assert "sin presupuesto" in client.get(world.first.get_absolute_url()).content.decode(), "the owner's reason"


def test_reporting_nothing_is_a_notice_and_no_success(world, signed_in):
    answer = signed_in(world.editor).post(world.page, report(world.first, ""), follow=True)
    [message] = answer.context["messages"]
    assert (message.level_tag, str(message)) == ("info", "No informó ningún avance; nada cambió.")
    assert not ProgressUpdate.objects.exists()


def test_the_finer_words_stay_among_the_organisations(world, signed_in, client):
    signed_in(world.editor).post(world.page, report(world.first, "at_risk", "Demo: falta gente"))
    assert "falta gente" in signed_in(world.peer).get(world.first.get_absolute_url()).content.decode()
    public = client.get(world.first.get_absolute_url()).content.decode()
    assert "falta gente" not in public and "en riesgo" not in public


@pytest.mark.parametrize(
    ("health", "words", "evidence", "field"),
    [
        ("at_risk", "", "", "words"),
        ("dropped", " ", "", "words"),
        ("", "Demo", "", "health"),
        ("fine", "", "", "health"),
        ("done", "", "javascript:x", "evidence"),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_is_kept(world, signed_in, health, words, evidence, field):
    data = report(world.first, "done") | report(world.second, health, words, evidence)
    answer = signed_in(world.editor).post(world.page, data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [f"{world.second.code}.{field}"]
    assert not ProgressUpdate.objects.exists()
    world.first.refresh_from_db()
    assert world.first.state == "underway"


def test_only_its_own_writers_and_only_what_was_submitted(world, signed_in):
    assert signed_in(world.peer).get(world.page).status_code == 403
    act = {"health": "done", "words": "", "evidence": "", "now": NOW}
    with pytest.raises(PermissionDenied):
        report_on_priority(world.first, actor=world.peer, **act)
    with pytest.raises(Incomplete):
        report_on_priority(world.first, actor=world.editor, **act | {"health": "off_track"})
    draft = make.priority(make.plan(make.cycle(2027), world.ours))
    with pytest.raises(NotNow):
        report_on_priority(draft, actor=world.editor, **act)


def test_what_was_told_can_be_told_otherwise_and_both_stay(world):
    for health in ("done", "on_track"):
        report_on_priority(world.first, health=health, words="", evidence="", actor=world.editor, now=NOW)
    world.first.refresh_from_db()
    assert (world.first.state, ProgressUpdate.objects.count()) == ("underway", 2)


def test_the_page_costs_the_same_with_3_rows_and_with_30(world, signed_in):
    inside = signed_in(world.editor)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert inside.get(world.page).status_code == 200
        return len(queries)

    few = cost()
    for n in range(27):
        make.priority(world.plan, f"Demo más {n}")
    assert cost() == few <= 10


def test_a_new_cycle_begins_with_last_years_dates(world, signed_in):
    form = signed_in(make.coordination()).get(reverse("priorities:cycle_create")).context["form"]
    old = world.cycle.opens_at.astimezone(datetime.timezone(datetime.timedelta(hours=-3)))
    assert form.initial["year"] == 2027
    assert form.initial["opens"].weekday() == old.weekday()
    assert form.initial["opens"].time() == old.time()


def test_the_year_before_may_be_closed_and_another_organisation_ends_nothing(signed_in):
    now = datetime.datetime(2026, 1, 10, 12, tzinfo=datetime.UTC)
    with time_machine.travel(now, tick=False):
        ours, others = make.organization("OURS"), make.organization("THEIRS")
        cycle = make.cycle(2024, state="closed")
        last, other = (make.priority(make.plan(cycle, one, state="closed")) for one in (ours, others))
        plan, client = make.plan(make.cycle(2026, now=now), ours), signed_in(make.delegate(ours))
        for row, count in ((last, 1), (other, 1)):
            client.post(reverse("priorities:draft_end", args=[plan.code, row.code]), {"health": "done"})
            assert ProgressUpdate.objects.count() == count
        assert ProgressUpdate.objects.get().code == last.code


def test_last_years_are_cards_that_continue_change_or_end(signed_in):
    now = datetime.datetime(2026, 1, 10, 12, tzinfo=datetime.UTC)
    with time_machine.travel(now, tick=False):
        ours = make.organization("OURS")
        client = signed_in(make.delegate(ours))
        last = make.priority(make.plan(make.cycle(2025, state="published"), ours, state="closed"), "Demo: de antes")
        plan = make.plan(make.cycle(2026, now=now), ours)
        cards = reverse("priorities:plan_edit", args=[plan.code])
        end = reverse("priorities:draft_end", args=[plan.code, last.code])
        assert end in client.get(cards).content.decode()
        for sent in ({}, {"health": "on_track"}, {"health": "dropped"}, {"health": "done", "words": "x" * 401}):
            assert client.post(end, sent, follow=True).context["messages"], sent
        assert not ProgressUpdate.objects.exists()
        client.post(end, {"health": "dropped", "words": "Demo: no hubo fondos"})
        last.refresh_from_db()
        assert (last.state, ProgressUpdate.objects.get().words) == ("not_continued", "Demo: no hubo fondos")
        page = client.get(cards).content.decode()
        assert end not in page and "Demo: no hubo fondos" in page and "no continúa" in page
        address = reverse("priorities:draft_continue", args=[plan.code, last.code])
        opened = client.post(address, {"change": "1"})
        draft = plan.drafts.get()
        edit = reverse("priorities:draft_edit", args=[plan.code, draft.pk])
        assert opened["Location"] == f"{edit}#card-{draft.pk}"
        assert (draft.title, draft.continues) == ("Demo: de antes", last)
