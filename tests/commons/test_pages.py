"""Actions and themes: who reads what, overdue first, and who changes themes."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commons.models import ActionItem, ActionUpdate, Theme
from commons.services.actions import update_action
from core import clock
from tests import factories as make

pytestmark = pytest.mark.django_db
LATE = datetime.date(2024, 1, 1)
NAMES = {"name_es": "Tema nuevo", "name_pt": "Tema novo", "name_en": "New theme"}


def queries(client, address):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.fixture
def organization():
    return make.organization("DEMOA")


@pytest.fixture
def delegate(signed_in, organization):
    return signed_in(make.delegate(organization))


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_the_pages_open_in_every_language(client, signed_in, organization, language):
    action = make.action(organization)
    response = client.get(f"/{language}/actions/{action.code}/")
    assert response.status_code == 200
    assert "csrf" not in response.content.decode()
    reader = signed_in(make.delegate(organization))
    for page in ("actions/", f"actions/{action.code}/", f"actions/{action.code}/report/"):
        assert reader.get(f"/{language}/{page}").status_code == 200
    keeper = signed_in(make.administrator())
    theme = make.theme("demo")
    for page in ("themes/", "themes/new/", f"themes/{theme.slug}/name/"):
        assert keeper.get(f"/{language}/{page}").status_code == 200


def test_what_is_overdue_comes_first_and_what_is_finished_last(delegate, organization):
    done = make.action(organization, due_on=LATE, state="done")
    dateless = make.action(organization)
    ahead = make.action(organization, due_on=datetime.date(2090, 1, 1))
    late = make.action(organization, due_on=LATE)
    rows = delegate.get("/es/actions/").context["rows"]
    assert [row.code for row in rows] == [late.code, ahead.code, dateless.code, done.code]
    assert [row.is_overdue for row in rows] == [True, False, False, False]


def test_the_filters_are_in_the_address(delegate, organization):
    other = make.organization("DEMOB")
    late, others = make.action(organization, due_on=LATE), make.action(other, state="in_progress")

    def shown(query):
        return [row.code for row in delegate.get(f"/es/actions/?{query}").context["rows"]]

    assert shown("organization=demob") == [others.code]
    assert shown("state=open") == [late.code]
    assert shown("overdue=1") == [late.code]
    assert shown("overdue=1&organization=demob") == []


@pytest.mark.parametrize("query", ["state=nonsense", "organization=nobody", "overdue=maybe", "state=" + "x" * 4000])
def test_a_filter_that_is_none_is_answered_with_a_sentence(delegate, organization, query):
    make.action(organization)
    response = delegate.get(f"/es/actions/?{query}")
    assert response.status_code == 200
    assert "notice--warn" in response.content.decode()
    assert len(response.context["rows"]) == 1


def test_the_list_is_for_the_community(client, signed_in):
    assert client.get("/es/actions/").status_code == 302
    assert signed_in(make.user()).get("/es/actions/").status_code == 403
    assert signed_in(make.coordination()).get("/es/actions/").status_code == 200


def test_the_list_goes_on_over_pages(delegate, organization):
    for _ in range(51):
        make.action(organization)
    assert len(delegate.get("/es/actions/?page=2").context["rows"]) == 1
    assert delegate.get("/es/actions/?page=x").status_code == 404


def test_the_public_reads_that_it_is_under_way_and_never_that_it_is_late(client, signed_in, organization):
    action = make.action(organization, due_on=LATE, person=make.person("Demo Responsable"))
    update_action(
        action,
        state="in_progress",
        words="Nota interna",
        evidence="",
        actor=make.delegate(organization),
        now=clock.now(),
    )
    page = client.get(f"/en/actions/{action.code}/").content.decode()
    assert "under way" in page
    for hidden in ("overdue", "Nota interna", "Demo Responsable"):
        assert hidden not in page
    page = signed_in(make.delegate(organization)).get(f"/en/actions/{action.code}/").content.decode()
    for shown in ("overdue", "Nota interna", "Demo Responsable"):
        assert shown in page


def test_the_public_reads_the_reason_and_the_evidence(client, organization):
    action = make.action(organization)
    actor = make.delegate(organization)
    evidence = "https://example.org/evidence"
    update_action(action, state="done", words="Se hizo", evidence=evidence, actor=actor, now=clock.now())
    page = client.get(f"/en/actions/{action.code}/").content.decode()
    assert "fulfilled" in page
    assert evidence in page
    assert "Se hizo" in page


def test_a_community_action_does_not_exist_for_a_visitor(client, delegate, organization):
    action = make.action(organization, visibility="community")
    assert delegate.get(f"/es/actions/{action.code}/").status_code == 200
    client.logout()
    assert client.get(f"/es/actions/{action.code}/").status_code == 404


def test_the_owner_reports_and_another_member_may_not(signed_in, organization):
    action = make.action(organization)
    address = f"/es/actions/{action.code}/report/"
    report = {"state": "done", "words": "Hecho", "evidence": "example.org/x"}
    assert signed_in(make.delegate(make.organization())).post(address, report).status_code == 403
    owner = signed_in(make.delegate(organization))
    for wrong in ({"evidence": "javascript:x"}, {"state": "lost"}, {"words": "x" * 700}):
        assert owner.post(address, report | wrong).status_code in (200, 422)
    assert owner.post(address, {"state": "dropped", "words": " "}).status_code == 422
    assert ActionUpdate.objects.count() == 0
    assert owner.post(address, report).status_code == 302
    action.refresh_from_db()
    assert (action.state, action.updates.get().evidence) == ("done", "https://example.org/x")


def test_the_pages_cost_the_same_with_three_rows_and_with_thirty(client, signed_in, organization):
    action = make.action(organization)

    def grow(n):
        for _ in range(n):
            make.action(make.organization())
            ActionUpdate.objects.create(action=action, at=clock.now(), state="open", evidence="https://example.org/")

    grow(3)
    few = queries(client, f"/es/actions/{action.code}/")
    reader = make.delegate(organization)
    listed = queries(signed_in(reader), "/es/actions/")
    client.logout()
    grow(27)
    assert queries(client, f"/es/actions/{action.code}/") == few <= 8
    assert queries(signed_in(reader), "/es/actions/") == listed


# Themes


def test_administrators_keep_the_themes_and_the_team_reads_them(client, signed_in):
    theme = make.theme("demo")
    todo = {
        "/es/themes/new/": NAMES,
        f"/es/themes/{theme.slug}/name/": {"name_es": "Otro"},
        f"/es/themes/{theme.slug}/retire/": {},
    }
    assert {client.post(address, data).status_code for address, data in todo.items()} == {302}
    team = signed_in(make.coordination())
    assert team.get("/es/themes/").status_code == 200
    assert {team.post(address, data).status_code for address, data in todo.items()} == {403}
    assert signed_in(make.delegate(make.organization())).get("/es/themes/").status_code == 403
    assert list(Theme.objects.values_list("name_es", "retired_on")) == [(theme.name_es, None)]
    keeper = signed_in(make.administrator())
    assert {keeper.post(address, data).status_code for address, data in todo.items()} == {302}
    theme.refresh_from_db()
    assert theme.name_es == "Otro"
    assert theme.retired_on is not None
    assert Theme.objects.get(slug="tema-nuevo").name_en == "New theme"


def test_a_retired_theme_is_offered_no_longer_and_may_come_back(signed_in):
    theme = make.theme("demo")
    today = clock.today(clock.now(), "America/Montevideo")
    keeper = signed_in(make.administrator())
    keeper.post("/es/themes/demo/retire/")
    assert list(Theme.objects.offered_on(today)) == []
    assert "notice--error" in keeper.post("/es/themes/demo/retire/", follow=True).content.decode()
    keeper.post("/es/themes/demo/offer/")
    assert list(Theme.objects.offered_on(today)) == [theme]
    assert "notice--error" in keeper.post("/es/themes/demo/offer/", follow=True).content.decode()


@pytest.mark.parametrize("wrong", [{"name_es": ""}, {"name_es": "x" * 121}, {"name_es": "tema DE antes"}])
def test_a_wrong_theme_is_answered_beside_the_field(signed_in, wrong):
    make.theme("antes")
    Theme.objects.update(name_es="Tema de antes")
    keeper = signed_in(make.administrator())
    response = keeper.post("/es/themes/new/", NAMES | wrong)
    assert response.status_code in (200, 422)
    assert "name_es" in response.context["form"].errors
    assert Theme.objects.count() == 1


def test_two_themes_of_like_names_have_different_addresses(signed_in):
    keeper = signed_in(make.administrator())
    for name in ("¿Seguridad?", "¡Seguridad!", "安全"):
        assert keeper.post("/es/themes/new/", {"name_es": name}).status_code == 302
    assert set(Theme.objects.values_list("slug", flat=True)) == {"seguridad", "seguridad-2", "theme"}


def test_no_action_is_lost_on_the_way(delegate):
    assert delegate.get("/es/actions/CASA-2026-ACT-404/").status_code == 404
    assert ActionItem.objects.count() == 0
