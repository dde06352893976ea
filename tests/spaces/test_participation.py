"""Our part in an edition: who may write, commit, report; who sees it; its thread."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock, journal
from core.errors import Incomplete, NotNow, PermissionDenied
from core.records.threads import where_from
from organizations.states import Role
from spaces.models import ParticipationAction
from spaces.services import participation
from spaces.services.participation import Part
from tests import factories as make

pytestmark = pytest.mark.django_db
NEW = "/es/spaces/our-part/new/"


@pytest.fixture
def organization():
    return make.organization("DEMO")


@pytest.fixture
def edition():
    return make.edition(make.space("demo", acronym="FORO"), 2026)


@pytest.fixture
def editor(organization):
    return make.holder(Role.EDITOR, organization)


@pytest.fixture
def delegate(organization):
    return make.delegate(organization)


def form(edition, organization, **more):
    return {
        "edition": edition.code,
        "organization": organization.slug,
        "kind": "speaker",
        "state": "done",
        "visibility": "public",
        "language": "es",
        "evidence": "https://example.org/talk",
    } | more


def test_a_talk_is_on_record_with_three_choices_and_a_link(signed_in, client, delegate, organization, edition):
    answer = signed_in(delegate).post(NEW, form(edition, organization))
    row = ParticipationAction.objects.get()
    assert answer["Location"].endswith(f"/our-part/{row.code}/")
    assert row.state == "done"
    assert row.title_es.endswith(edition.title_es)
    assert row.code.startswith("CASA-2026-PAR-")
    assert [entry.verb for entry in journal.history(row.code)] == [
        "participation_recorded",
        "participation_reported",
        "participation_reported",
    ]
    client.logout()
    for page in (f"/es/spaces/editions/{edition.code}/", f"/es/organizations/{organization.slug}/"):
        assert row.code in client.get(page).content.decode()
    assert "https://example.org/talk" in client.get(f"/es/spaces/our-part/{row.code}/").content.decode()


def test_an_editor_plans_and_a_delegate_commits(signed_in, editor, delegate, organization, edition):
    client = signed_in(editor)
    assert client.post(NEW, form(edition, organization)).status_code == 422
    assert client.post(NEW, form(edition, organization, state="planned")).status_code == 302
    row = ParticipationAction.objects.get()
    report = f"/es/spaces/our-part/{row.code}/report/"
    assert client.post(report, {"state": "committed"}).status_code == 422
    with pytest.raises(PermissionDenied):
        participation.report_participation(
            row, state="committed", reason="", evidence="", actor=editor, now=clock.now()
        )
    assert signed_in(delegate).post(report, {"state": "committed"}).status_code == 302
    assert signed_in(editor).post(report, {"state": "done"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "done"


def test_what_is_done_does_not_move_and_dropping_needs_a_reason(delegate, organization, edition):
    report = {"evidence": "", "actor": delegate, "now": clock.now()}
    row = make.participation(edition, organization, state="planned")
    with pytest.raises(NotNow):
        participation.report_participation(row, state="done", reason="", **report)
    with pytest.raises(Incomplete):
        participation.report_participation(row, state="dropped", reason="  ", **report)
    assert participation.report_participation(row, state="dropped", reason="Demo", **report).reason == "Demo"
    with pytest.raises(NotNow):
        participation.report_participation(row, state="committed", reason="", **report)


@pytest.mark.parametrize(
    ("visibility", "state", "who"),
    [
        ("public", "committed", {"visitor", "peer", "own", "team"}),
        ("public", "done", {"visitor", "peer", "own", "team"}),
        ("public", "planned", {"peer", "own", "team"}),
        ("public", "dropped", {"peer", "own", "team"}),
        ("community", "done", {"peer", "own", "team"}),
        ("private", "done", {"own"}),
    ],
)
def test_who_sees_it(visibility, state, who, delegate, organization, edition):
    row = make.participation(edition, organization, visibility=visibility, state=state, reason="Demo")
    readers = {
        "visitor": AnonymousUser(),
        "peer": make.delegate(make.organization()),
        "own": delegate,
        "team": make.coordination(),
    }
    now = clock.now()
    assert {name for name, user in readers.items() if row in ParticipationAction.objects.visible_to(user, now)} == who


def test_nobody_writes_for_another(signed_in, organization, edition):
    other = make.organization()
    client = signed_in(make.delegate(other))
    assert client.post(NEW, form(edition, organization)).status_code == 422
    row = make.participation(edition, organization)
    assert client.post(f"/es/spaces/our-part/{row.code}/report/", {"state": "done"}).status_code == 403
    assert signed_in(make.coordination()).get(NEW).status_code == 403
    assert ParticipationAction.objects.count() == 1


def test_a_person_is_named_to_the_public_only_by_consent(client, organization, edition):
    row = make.participation(edition, organization, person=make.person("Demo Callada"))
    page = f"/es/spaces/our-part/{row.code}/"
    assert "Demo Callada" not in client.get(page).content.decode()
    client.force_login(make.delegate(organization), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Demo Callada" in client.get(page).content.decode()


def test_where_it_comes_from(signed_in, delegate, organization, edition):
    decision = make.decision(make.meeting(2026, state="published"))
    client = signed_in(delegate)
    assert client.post(NEW, form(edition, organization, came_from="CASA-2026-DEC-999")).status_code == 422
    assert client.post(NEW, form(edition, organization, came_from=decision.code.lower())).status_code == 302
    row = ParticipationAction.objects.get()
    origins = where_from(row.code, AnonymousUser(), clock.now()).children
    assert [node.code for node in origins] == [decision.code]


@pytest.mark.parametrize(
    "bad",
    [
        {"edition": "CASA-2026-EDI-999"},
        {"edition": "x\x00"},
        {"organization": "9" * 400},
        {"person": "9" * 400},
        {"evidence": "javascript:alert(1)"},
        {"evidence": "ftp://example.org/"},
        {"title": "x" * 241},
        {"state": "dropped"},
        {"kind": "<script>"},
        {"visibility": "all"},
    ],
)
def test_bad_input_is_answered_beside_the_field(signed_in, delegate, organization, edition, bad):
    answer = signed_in(delegate).post(NEW, form(edition, organization) | bad)
    assert answer.status_code == 422
    assert ParticipationAction.objects.count() == 0


def test_a_cancelled_edition_takes_nothing(delegate, organization, edition):
    edition.state = "cancelled"
    edition.save()
    with pytest.raises(NotNow):
        participation.record_participation(
            edition, organization, Part("booth", "", "es"), state="planned", actor=delegate, now=clock.now()
        )


def test_pages_ask_as_much_at_three_rows_as_at_thirty(client, organization, edition):
    pages = [f"/es/spaces/editions/{edition.code}/"]
    row = make.participation(edition, organization)
    pages.append(f"/es/spaces/our-part/{row.code}/")
    seen = []
    for more in (2, 27):
        for _n in range(more):
            make.participation(edition, make.organization())
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            seen.append(len(queries))
    assert seen[:2] == seen[2:]
    assert max(seen) <= 8


def test_a_part_is_corrected_until_it_is_done_and_words_of_another_are_not_overwritten(
    delegate, organization, edition, signed_in
):
    row = make.participation(edition, organization, state="planned")
    page, client = f"/es/spaces/our-part/{row.code}/correction/", signed_in(delegate)
    data = {"kind": "workshop", "title": "Demo: taller", "language": "es", "visibility": "public", "version": 1}
    assert client.post(page, data | {"evidence": "javascript:x"}).status_code == 422
    assert client.post(page, data).status_code == 302
    late = client.post(page, data | {"title": "Demo: tarde"})
    assert late.status_code == 422 and "Demo: tarde" in late.content.decode()
    row.refresh_from_db()
    assert (row.title_es, row.kind, row.version) == ("Demo: taller", "workshop", 2)
    for state in ("committed", "done"):
        participation.report_participation(row, state=state, reason="", evidence="", actor=delegate, now=clock.now())
    assert client.post(page, data | {"version": 2}).status_code == 422


def test_what_is_committed_in_public_is_news(client, delegate, organization, edition):
    row = make.participation(edition, organization, state="planned", title_es="Demo: nuestra sesión")
    assert "Demo: nuestra sesión" not in client.get("/es/feed.atom").content.decode()
    participation.report_participation(row, state="committed", reason="", evidence="", actor=delegate, now=clock.now())
    assert f"{organization.acronym}: Demo: nuestra sesión" in client.get("/es/feed.atom").content.decode()
