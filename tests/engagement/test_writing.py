"""Recording visits, training and regulation: what is refused, what is never shown, who may."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.errors import Conflict, Incomplete, NotNow, PermissionDenied
from engagement.models import Activity, Institution, Regulation, TrainingSession
from engagement.services.activities import set_activity_state
from engagement.services.hosted import HostedDetails
from engagement.services.training import add_programme, add_session, count_session, set_session_state
from organizations.states import Role
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 6, 1, 15, tzinfo=datetime.UTC)


def page(name, *args):
    return reverse(f"engagement:{name}", args=args)


@pytest.fixture
def ours():
    return make.organization("OURS")


@pytest.fixture
def editor(ours):
    return make.holder(Role.EDITOR, ours)


@pytest.fixture
def team():
    return make.coordination()


def visit(ours, **changes):
    data = {
        "kind": "visit",
        "title": "Demo: visita de un regulador",
        "new_institution": "Regulador Demo",
        "new_kind": "regulator",
        "new_country": "UY",
        "hosts": [ours.slug],
        "starts_on": "2026-05-20",
        "precision": "day",
        "purpose": "Demo: explicar el DNS",
        "summary": "",
        "language": "es",
        "visibility": "public",
    }
    return data | changes


def session(ours, **changes):
    data = visit(ours, title="Demo: taller") | changes
    return {name: value for name, value in data.items() if name not in ("kind", "purpose") and "new_" not in name}


def written(ours, editor, signed_in, **changes):
    assert signed_in(editor).post(page("activity_add"), visit(ours, **changes)).status_code == 302
    return Activity.objects.latest("pk")


def test_a_visit_goes_from_plan_to_public_and_its_purpose_stays_inside(ours, editor, team, signed_in, client):
    row = written(ours, editor, signed_in)
    assert Institution.objects.get().name_es == "Regulador Demo"
    address = row.get_absolute_url()
    assert client.get(address).status_code == 404, "planned: the member organisations alone"
    inside = signed_in(editor)
    assert "explicar el DNS" in inside.get(address).content.decode()
    assert inside.post(page("activity_state", row.code), {"state": "held"}).status_code == 302
    inside.post(page("activity_state", row.code), {"state": "published"})
    row.refresh_from_db()
    assert row.state == "held", "publishing is for the coordination team"
    signed_in(team).post(page("activity_state", row.code), {"state": "published"})
    public = client.get(address).content.decode()
    assert "Regulador Demo" in public and "explicar el DNS" not in public
    assert "explicar el DNS" not in client.get(f"/es/search/?q={row.code}").content.decode()
    with pytest.raises(NotNow):
        set_activity_state(row, state="cancelled", actor=team, now=NOW)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_on": ""}, "starts_on"),
        ({"starts_on": "2026-13-01"}, "starts_on"),
        ({"ends_on": "2026-05-01"}, "ends_on"),
        ({"title": ""}, "title"),
        ({"hosts": []}, "hosts"),
        ({"hosts": ["theirs"]}, "hosts"),
        ({"hosts": ["nobody"]}, "hosts"),
        ({"new_institution": ""}, "institutions"),
        ({"new_kind": ""}, "new_kind"),
        ({"country": "ZZ"}, "country"),
        ({"came_from": "CASA-1999-XXX-9"}, "came_from"),
        ({"title": "x" * 1000}, "title"),
        ({"visibility": "everyone"}, "visibility"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_nothing_is_kept(ours, editor, signed_in, changes, field):
    make.organization("THEIRS")
    answer = signed_in(editor).post(page("activity_add"), visit(ours, **changes))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "explicar el DNS" in answer.content.decode(), "nothing that was written is lost"
    assert not Activity.objects.exists() and not Institution.objects.exists()


def test_two_who_correct_at_once_and_who_may_not(ours, editor, signed_in):
    row = written(ours, editor, signed_in)
    first = {"version": 1, **visit(ours, title="Demo: primera"), "institutions": [row.institutions.get().slug]}
    assert signed_in(editor).post(page("activity_edit", row.code), first | {"new_institution": ""}).status_code == 302
    late = signed_in(editor).post(page("activity_edit", row.code), first | {"title": "Demo: segunda"})
    assert late.status_code == 422 and "Demo: segunda" in late.content.decode()
    row.refresh_from_db()
    assert row.title_es == "Demo: primera"
    assert signed_in(make.delegate(make.organization())).get(page("activity_edit", row.code)).status_code == 403


def test_the_same_institution_is_not_made_twice(ours, editor, signed_in):
    for _time in range(2):
        written(ours, editor, signed_in)
    assert Institution.objects.count() == 1


@pytest.fixture
def held(ours, editor):
    programme = add_programme(name="Demo", description="", language="es", actor=editor, now=NOW)
    details = HostedDetails(
        title="Demo: taller",
        hosts=[ours],
        starts_on=datetime.date(2026, 5, 20),
        ends_on=None,
        date_precision="day",
        summary="",
        venue="",
        city="",
        country="UY",
        language="es",
        visibility="public",
    )
    row = add_session(programme, details=details, came_from="", actor=editor, now=NOW)
    return set_session_state(row, state="held", actor=editor, now=NOW)


def test_counts_are_told_only_in_groups_of_five(held, editor, team, signed_in, client):
    data = {"by_country": "UY 12\nBrasil: 7\nAR 1", "role_judge": 14, "role_prosecutor": 6, "version": held.version}
    assert signed_in(editor).post(page("session_count", held.code), data).status_code == 302
    held.refresh_from_db()
    assert held.by_country == {"UY": 12, "BR": 7, "AR": 1}
    set_session_state(held, state="published", actor=team, now=NOW)
    public = client.get(held.get_absolute_url())
    counts = public.context["record"].published_countries
    assert (counts.cells, counts.other) == ([("Uruguay", 12)], 8), "one from Argentina is joined with the smallest"
    text = public.content.decode()
    assert "Argentina" not in text and "Brasil" not in text and "20" in text
    page_of_staff = signed_in(make.delegate(make.organization())).get(held.get_absolute_url()).content.decode()
    assert "Argentina" not in page_of_staff, "other members read no more than the public"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"by_country": "UY 12"}, "role_other"),
        ({"by_country": "Atlantis 20"}, "by_country"),
        ({"by_country": "UY"}, "by_country"),
        ({"by_country": "UY 10\nUruguay 10"}, "by_country"),
        ({"role_judge": -1}, "role_judge"),
        ({"role_judge": 10**9}, "role_judge"),
        ({"by_country": ""}, "by_country"),
    ],
)
def test_counts_that_do_not_fit_are_told(held, editor, signed_in, changes, field):
    data = {"by_country": "UY 20", "role_judge": 14, "role_prosecutor": 6, "version": held.version} | changes
    answer = signed_in(editor).post(page("session_count", held.code), data)
    assert answer.status_code == 422 and field in answer.context["form"].errors
    assert TrainingSession.objects.get().by_country == {}


def test_fewer_than_five_in_all_is_all_that_is_told(held, editor, client, team):
    count_session(held, by_country={"UY": 3}, by_role={"judge": 3}, version=held.version, actor=editor, now=NOW)
    set_session_state(held, state="published", actor=team, now=NOW)
    text = client.get(held.get_absolute_url()).content.decode()
    assert "menos de cinco" in text and "Uruguay</th>" not in text


def test_only_what_was_held_is_counted_and_nobody_overwrites(held, editor, team):
    with pytest.raises(Conflict):
        count_session(held, by_country={}, by_role={}, version=99, actor=editor, now=NOW)
    with pytest.raises(PermissionDenied):
        set_session_state(held, state="published", actor=editor, now=NOW)
    set_session_state(held, state="published", actor=team, now=NOW)
    with pytest.raises(NotNow):
        count_session(held, by_country={}, by_role={}, version=held.version, actor=editor, now=NOW)


def law(**changes):
    data = {
        "kind": "bill",
        "title": "Demo: projeto de lei",
        "language": "pt",
        "country": "BR",
        "stage": "proposed",
        "on": "2026-03-01",
        "source": "https://example.org/ley",
        "visibility": "public",
    }
    return data | changes


def test_a_regulation_is_public_at_once_and_its_stage_is_its_latest_step(editor, signed_in, client):
    theme, inside = make.theme(), signed_in(editor)
    assert inside.post(page("regulation_add"), law(themes=[theme.slug])).status_code == 302
    row = Regulation.objects.get()
    assert '<span lang="pt-BR">Demo: projeto de lei</span>' in client.get(row.get_absolute_url()).content.decode()
    step = {"stage": "approved", "on": "2026-05-02", "source": "https://example.org/b"}
    assert inside.post(page("event_add", row.code), step).status_code == 302
    earlier = {"stage": "discussed", "on": "2026-04-02", "source": "https://example.org/c"}
    assert inside.post(page("event_add", row.code), earlier).status_code == 302
    row.refresh_from_db()
    assert (row.state, str(row.state_on)) == ("approved", "2026-05-02")
    again = inside.post(page("event_add", row.code), step)
    assert again.status_code == 422 and "stage" in again.context["form"].errors
    inside.post(page("impact_write", row.code), {"impact": "Demo: nos obliga", "version": 1})
    assert "nos obliga" in inside.get(row.get_absolute_url()).content.decode()
    assert "nos obliga" not in client.get(row.get_absolute_url()).content.decode()
    assert inside.post(page("impact_write", row.code), {"impact": "tarde", "version": 1}).status_code == 422
    for address in (f"?theme={theme.slug}&stage=approved&country=BR&year=2026", ""):
        assert [one.code for one in client.get(page("regulation_list") + address).context["rows"]] == [row.code]
    assert client.get(page("regulation_list") + "?stage=nonsense").context["rows"].count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"source": ""}, "source"),
        ({"source": "javascript:alert(1)"}, "source"),
        ({"country": ""}, "country"),
        ({"on": "2999-01-01"}, "on"),
        ({"on": "2027-01-01"}, "on"),
        ({"title": " "}, "title"),
        ({"stage": "x"}, "stage"),
        ({"themes": ["none"]}, "themes"),
        ({"language": "xx"}, "language"),
    ],
)
def test_a_regulation_without_source_or_place_is_not_written_down(editor, signed_in, changes, field, time_machine):
    time_machine.move_to(NOW, tick=False)
    answer = signed_in(editor).post(page("regulation_add"), law(**changes))
    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]
    assert not Regulation.objects.exists()


def test_lists_cost_the_same_with_3_rows_and_with_30(client):
    def cost(name):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page(name)).status_code == 200
        return len(queries)

    def fill(number):
        for _n in range(number):
            make.regulation(body=make.institution()).themes.add(make.theme())

    fill(3)
    few = [cost("regulation_list"), cost("activity_list")]
    fill(27)
    assert [cost("regulation_list"), cost("activity_list")] == few
    assert max(few) <= 8


def test_service_refuses_what_no_form_would_send(ours, editor):
    with pytest.raises(Incomplete):
        count_session(
            make.training(state="held"), by_country={"UY": 5}, by_role={"wizard": 5}, version=1, actor=editor, now=NOW
        )
