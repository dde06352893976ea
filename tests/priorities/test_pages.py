"""Forms and pages: bad input is a message, nothing is lost, and reading costs the same at 3 rows and at 30."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.outbox.models import OutboxMessage
from priorities.models import PlanningCycle, Priority
from priorities.services.drafts import write_draft
from priorities.services.plans import submit_plan
from priorities.states import CycleState, PlanState
from tests import factories as make
from tests.priorities.world import DAY, NOW, World

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        yield World()


@pytest.fixture
def delegate(world, signed_in):
    return signed_in(world.delegate)


@pytest.fixture
def team(world, signed_in):
    return signed_in(world.team)


def page(name, *args):
    return reverse(f"priorities:{name}", args=args)


def card_data(theme_row, **changes):
    return {
        "title": "Título",
        "why": "Razón",
        "action": "Acción",
        "theme": theme_row.slug,
        "visibility": "public",
        "language": "es",
    } | changes


def test_from_an_empty_house_to_the_public_page(world, client, team, delegate):
    """Item by item as people do it: open, begin, write, submit, change, publish, read."""
    PlanningCycle.objects.all().delete()
    data = {"year": "2026", "opens": "2026-01-05T09:00", "closes": "2026-01-20T23:59", "zone": "America/Montevideo"}
    assert team.post(page("cycle_create"), data).status_code == 302
    cycle = PlanningCycle.objects.get()
    assert cycle.closes_at.isoformat() == "2026-01-21T03:00:00+00:00"
    team.post(page("cycle_move", 2026, "open"))
    plan_page = delegate.post(page("plan_begin", 2026, world.ours.slug))["Location"]
    assert delegate.get(plan_page).status_code == 200
    plan = cycle.plans.get()
    delegate.post(page("draft_add", plan.code), {"title": "Sólo título", "visibility": "public", "language": "es"})
    response = delegate.post(page("plan_submit", plan.code), {"version": 2}, follow=True)
    assert b"error-summary" in response.content and not plan.revisions.exists()
    draft = plan.drafts.get()
    assert page("draft_edit", plan.code, draft.pk) in response.content.decode()
    response = delegate.post(page("draft_edit", plan.code, draft.pk), card_data(world.theme, version=draft.version))
    assert response["Location"].endswith(f"#card-{draft.pk}")
    plan.refresh_from_db()
    assert delegate.post(page("plan_submit", plan.code), {"version": plan.version})["Location"] == page(
        "plan_detail", plan.code
    )
    delegate.post(page("plan_amend", plan.code), {"reason": "Una más"})
    delegate.post(page("draft_add", plan.code), card_data(world.theme, title="Otra", visibility="community"))
    plan.refresh_from_db()
    delegate.post(page("plan_submit", plan.code), {"version": plan.version})
    assert plan.revisions.count() == 2
    assert client.get(page("cycle_detail", 2026)).status_code == 404
    assert "THEIRS" in team.get(page("cycle_publish", 2026)).content.decode()
    team.post(page("cycle_move", 2026, "publish"))
    content = client.get(page("cycle_detail", 2026)).content.decode()
    assert "Título" in content and "Otra" not in content
    assert "csrf" not in content
    code = Priority.objects.get(title_es="Título").code
    assert client.get(page("priority_detail", code)).status_code == 200


@pytest.mark.parametrize(
    "field, value",
    [
        ("title", "x" * 201),
        ("title", "null\x00byte"),
        ("why", "x" * 2001),
        ("action", "\x00"),
        ("theme", "bogus"),
        ("theme", "\x00"),
        ("visibility", "private"),
        ("visibility", ""),
        ("language", "xx"),
        ("month_from", "13"),
        ("month_from", "9" * 400),
        ("countries", "ZZ"),
        ("countries", "\x00"),
        ("spaces", "no-such-space"),
        ("spaces", "9" * 400),
        ("continues", "CASA-2025-PRI-999"),
        ("indicator", "x" * 201),
        ("result", "\x00"),
    ],
)
def test_bad_input_is_a_message_beside_the_field(world, delegate, field, value):
    plan = world.begin()
    response = delegate.post(page("draft_add", plan.code), card_data(world.theme, **{field: value}))
    assert response.status_code == 422
    assert response.context["form"].errors[field]
    assert f'id="id_{field}_error"' in response.content.decode()
    assert plan.drafts.count() == 0


def test_months_the_wrong_way_round_are_said_beside_the_field_and_the_fold_is_open(world, delegate):
    plan = world.begin()
    response = delegate.post(page("draft_add", plan.code), card_data(world.theme, month_from="9", month_until="3"))
    assert response.status_code == 422
    assert response.context["form"].errors["month_until"] and response.context["more_open"]


def test_another_organisations_priority_is_not_offered(world, delegate):
    before = make.cycle(2025, NOW - 365 * DAY, CycleState.PUBLISHED)
    own = make.priority(make.plan(before, world.ours, PlanState.CLOSED), "Nuestra de antes")
    another = make.priority(make.plan(before, world.other, PlanState.CLOSED), "Ajena")
    plan = world.begin()
    content = delegate.get(page("draft_add", plan.code)).content.decode()
    assert own.code in content and another.code not in content
    response = delegate.post(page("draft_add", plan.code), card_data(world.theme, continues=another.code))
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["continues"])
    for row in (another, own):
        assert delegate.post(page("draft_continue", plan.code, row.code)).status_code == 302
    assert plan.drafts.get().continues == own


def test_html_in_words_is_shown_as_words(world, delegate):
    plan = world.begin()
    delegate.post(page("draft_add", plan.code), card_data(world.theme, title=HOSTILE, why=HOSTILE, action=HOSTILE))

    def read(*addresses):
        for address in addresses:
            content = delegate.get(address).content.decode()
            assert HOSTILE not in content and "&lt;script&gt;" in content, address

    read(page("plan_edit", plan.code), page("draft_edit", plan.code, plan.drafts.get().pk))
    submit_plan(plan, actor=world.delegate, now=NOW)
    read(
        page("plan_detail", plan.code), page("priority_detail", plan.priorities.get().code), page("cycle_detail", 2026)
    )


def test_ten_megabytes_are_refused_plainly(world, delegate):
    plan = world.begin()
    response = delegate.post(page("draft_add", plan.code), card_data(world.theme, why="x" * 10_000_000))
    assert response.status_code == 400
    assert plan.drafts.count() == 0


def test_the_second_of_two_writers_finds_both_texts(world, delegate):
    plan = world.begin()
    card = world.card(plan)
    write_draft(card, version=1, actor=world.editor, now=NOW, title="De la otra persona")
    address = page("draft_edit", plan.code, card.pk)
    response = delegate.post(address, card_data(world.theme, title="La mía", version=1))
    content = response.content.decode()
    assert response.status_code == 409
    assert "De la otra persona" in content and 'value="La mía"' in content and 'name="version" value="2"' in content
    card.refresh_from_db()
    assert card.title == "De la otra persona"
    assert delegate.post(address, card_data(world.theme, title="La mía", version=2)).status_code == 302
    card.refresh_from_db()
    assert card.title == "La mía"


def test_words_for_a_card_that_was_submitted_meanwhile_are_not_lost(world, delegate):
    plan = world.begin()
    card = world.card(plan)
    submit_plan(plan, actor=world.lead, now=NOW)
    response = delegate.post(page("draft_edit", plan.code, card.pk), card_data(world.theme, title="La mía", version=1))
    assert response.status_code == 409 and 'value="La mía"' in response.content.decode()
    response = delegate.post(page("draft_add", plan.code), card_data(world.theme, title="La mía"))
    assert response.status_code == 422 and 'value="La mía"' in response.content.decode()
    assert plan.priorities.get().title_es == "Formar a operadores"


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "\x00", "²"])
def test_a_meddled_version_overwrites_nothing(world, delegate, version):
    plan = world.begin()
    card = world.card(plan)
    response = delegate.post(page("draft_edit", plan.code, card.pk), card_data(world.theme, version=version))
    assert response.status_code in (409, 422)
    assert delegate.post(page("plan_submit", plan.code), {"version": version}).status_code == 302
    assert plan.revisions.count() == 0
    card.refresh_from_db()
    assert card.title == "Formar a operadores"


def test_late_is_said_with_the_hour_and_changes_nothing(world, delegate):
    plan = world.begin()
    world.card(plan)
    with time_machine.travel(world.cycle.closes_at, tick=False):
        delegate.force_login(world.delegate, backend="allauth.account.auth_backends.AuthenticationBackend")
        address = page("draft_add", plan.code)
        response = delegate.post(address, card_data(world.theme))
        assert response.status_code == 422 and "08:59" in response.content.decode()
        response = delegate.post(page("plan_submit", plan.code), {"version": plan.version}, follow=True)
        assert "08:59" in response.content.decode()
        assert page("draft_add", plan.code) not in response.content.decode()
    assert (plan.drafts.count(), plan.revisions.count()) == (1, 0)


def test_submitting_twice_from_two_tabs_is_said(world, delegate):
    plan = world.begin()
    world.card(plan)
    plan.refresh_from_db()
    for _ in range(2):
        response = delegate.post(page("plan_submit", plan.code), {"version": plan.version}, follow=True)
    assert response.status_code == 200 and plan.revisions.count() == 1
    assert b"notice--error" in response.content


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"year": "1999"}, "year"),
        ({"year": "9" * 40}, "year"),
        ({"year": "x"}, "year"),
        ({"zone": "Mars"}, "zone"),
        ({"zone": "../../etc/passwd"}, "zone"),
        ({"zone": "\x00"}, "zone"),
        ({"opens": "mañana"}, "opens"),
        ({"opens": "9999-12-31T23:59"}, "opens"),
        ({"closes": "0001-01-01T00:00"}, "closes"),
        ({"closes": "2026-12-01T00:00"}, "closes"),
        ({"closes": ""}, "closes"),
        ({"opens": "\x00"}, "opens"),
        ({"zone": "America/New_York", "opens": "2027-03-14T02:30"}, "opens"),
        ({"zone": "America/New_York", "closes": "2027-11-07T01:30"}, "closes"),
        ({"year": "2026"}, "year"),
    ],
)
def test_a_cycle_with_bad_dates_is_a_message(world, team, changes, field):
    data = {"year": "2027", "opens": "2027-01-05T09:00", "closes": "2027-02-20T23:59", "zone": "America/Montevideo"}
    response = team.post(page("cycle_create"), data | changes)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert PlanningCycle.objects.count() == 1


@pytest.mark.parametrize("closes", ["2026-01-01T10:00", "x", "", "9999-01-01T00:00"])
def test_a_bad_extension_is_a_message(world, team, closes):
    response = team.post(page("cycle_extend", 2026), {"closes": closes, "reason": "x"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["closes"])
    assert world.cycle.extensions.count() == 0


def test_the_team_sees_the_list_before_it_reminds(world, team):
    content = team.get(page("cycle_remind", 2026)).content.decode()
    assert world.peer.email in content and world.delegate.email in content and world.lead.email not in content
    assert OutboxMessage.objects.count() == 0
    team.post(page("cycle_remind", 2026))
    team.post(page("cycle_remind", 2026))
    assert OutboxMessage.objects.filter(kind="plan_remind").count() == 3


@pytest.mark.parametrize("year", ["1850", "1999", "3000", "99999999999999999999", "0", "-1"])
def test_absurd_years_are_no_address(world, team, year):
    for tail in ("", "dashboard/", "extension/"):
        assert team.get(f"/es/priorities/{year}/{tail}").status_code == 404


@pytest.mark.parametrize(
    "code", ["CASA-2026-PRI-999", "CASA-2026-PLA-001", "x", "%27%20OR%201", "999999999999999999999"]
)
def test_unknown_codes_are_no_address(world, delegate, code):
    assert delegate.get(f"/es/priorities/{code}/").status_code == 404
    assert delegate.get(f"/es/priorities/plans/{code}/").status_code == 404
    assert delegate.get(f"/es/priorities/plans/{world.begin().code}/draft/{code}/").status_code == 404


@pytest.mark.parametrize("name", ["plan_edit", "cycle_dashboard", "cycle_remind"])
def test_staff_pages_cost_the_same_at_3_and_at_30_rows(world, signed_in, name):
    plan = world.begin()
    client = signed_in(world.delegate if name == "plan_edit" else world.team)
    address = page(name, plan.code if name == "plan_edit" else 2026)
    counts = []
    for _ in (1, 2):
        for _n in range(3 if not counts else 27):
            world.card(plan)
            make.delegate(make.organization())
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 16


def test_empty_pages_say_what_to_do_next(world, client, delegate):
    PlanningCycle.objects.all().delete()
    assert b'class="empty"' in client.get(page("cycle_list")).content
    make.cycle(2024, NOW - 700 * DAY, CycleState.PUBLISHED)
    assert b'class="empty"' in client.get(page("cycle_detail", 2024)).content
    content = delegate.get(page("plan_mine")).content.decode()
    assert 'class="empty"' in content and page("cycle_detail", 2024) in content


def test_a_plan_lists_the_threats_of_its_own_organisation_and_never_one_without_a_name(world, signed_in):
    plan = world.begin()
    make.threat(world.cycle, world.ours, title_es="Demo: nuestra")
    make.threat(world.cycle, world.other, title_es="Demo: de otra")
    make.threat(world.cycle, None, title_es="Demo: de nadie")
    text = signed_in(world.editor).get(reverse("priorities:plan_edit", args=[plan.code])).content.decode()
    assert "Demo: nuestra" in text and "Demo: de otra" not in text and "Demo: de nadie" not in text
    assert reverse("priorities:threat_file") in text
