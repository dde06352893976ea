"""Looking back: one per subject and organisation, drafts stay with their writers, what is published ends the thread."""

import datetime

import pytest
from django.urls import reverse

from core.errors import Conflict, Incomplete, NotNow, PermissionDenied
from core.records import services as records
from organizations.states import Role
from priorities.models import Assessment
from priorities.queries.assessments import evidence_for
from priorities.services import assessments
from priorities.services.assessments import AssessmentText, begin_assessment, publish_assessment, write_assessment
from priorities.services.progress import report_on_priority, report_on_project
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 20, 15, tzinfo=datetime.UTC)


@pytest.fixture
def ours():
    return make.organization("OURS")


@pytest.fixture
def delegate(ours):
    return make.delegate(ours)


@pytest.fixture
def editor(ours):
    return make.holder(Role.EDITOR, ours)


@pytest.fixture
def edition():
    return make.edition(make.space())


def page(name, *args):
    return reverse(f"priorities:{name}", args=args)


WORDS = {"worked": "Demo: llegó gente", "improve": "Demo: antes", "next": "Demo: otra vez", "language": "es"}
TEXT = AssessmentText(**WORDS, visibility="public")


def test_from_the_edition_to_the_end_of_its_thread(ours, delegate, editor, edition, signed_in, client):
    inside, head = signed_in(editor), signed_in(delegate)
    assert page("assessment_begin", edition.code) in inside.get(edition.get_absolute_url()).content.decode()
    begun = inside.post(page("assessment_begin", edition.code), {"who": "ours"})
    row = Assessment.objects.get()
    assert begun["Location"] == page("assessment_write", row.code)
    assert row.title_pt.endswith("OURS") and edition.title_es in row.title_es
    again = signed_in(delegate).post(page("assessment_begin", edition.code), {"who": "ours"})
    assert (again.status_code, Assessment.objects.count()) == (302, 1), "two of one organisation write the same"
    address = page("assessment_write", row.code)
    assert inside.post(address, WORDS | {"visibility": "public", "version": 1}).status_code == 302
    late = head.post(address, WORDS | {"visibility": "public", "version": 1, "worked": "Demo: mío"})
    assert late.status_code == 422 and "llegó gente" in late.content.decode() and "Demo: mío" in late.content.decode()
    assert client.get(row.get_absolute_url()).status_code == 404
    assert signed_in(make.delegate(make.organization())).get(row.get_absolute_url()).status_code == 404
    assert inside.post(page("assessment_act", row.code)).status_code == 403, "an editor does not publish"
    assert head.post(page("assessment_act", row.code)).status_code == 302
    assert "llegó gente" in client.get(row.get_absolute_url()).content.decode()
    assert row.title_es in client.get(edition.get_absolute_url()).content.decode()
    with pytest.raises(NotNow):
        write_assessment(row, text=TEXT, version=9, actor=editor, now=NOW)


def test_publishing_says_all_that_is_missing(delegate, ours):
    row = begin_assessment(year=2026, subject="", organization=ours, actor=delegate, now=NOW)
    with pytest.raises(Incomplete) as refused:
        publish_assessment(row, actor=delegate, now=NOW)
    assert len(refused.value.missing) == 3
    with pytest.raises(Conflict):
        write_assessment(row, text=TEXT, version=7, actor=delegate, now=NOW)


def test_the_collective_one_is_the_coordination_teams(ours, delegate, signed_in):
    team = make.coordination()
    assert signed_in(delegate).post(page("assessment_begin_year", 2026), {"who": "-"}).status_code == 422
    assert signed_in(team).post(page("assessment_begin_year", 2026), {"who": "-"}).status_code == 302
    row = Assessment.objects.get()
    assert row.organization is None and signed_in(delegate).get(row.get_absolute_url()).status_code == 404
    with pytest.raises(PermissionDenied):
        publish_assessment(row, actor=delegate, now=NOW)
    assert begin_assessment(year=2026, subject="", organization=None, actor=team, now=NOW) == row


@pytest.mark.parametrize("visibility", ["community", "public"])
def test_who_reads_it_once_published(ours, client, signed_in, visibility):
    row = make.assessment(organization=ours, visibility=visibility)
    assert client.get(row.get_absolute_url()).status_code == (200 if visibility == "public" else 404)
    assert signed_in(make.delegate(make.organization())).get(row.get_absolute_url()).status_code == 200


def test_only_what_is_assessed_has_the_page(delegate, signed_in):
    client, decision = signed_in(delegate), make.decision(make.meeting(state="published"))
    assert client.get(page("assessment_begin", decision.code)).status_code == 404
    assert client.get(page("assessment_begin", "CASA-2026-EDI-999")).status_code == 404
    assert client.get(page("assessment_begin_year", 2098)).status_code == 404


def test_evidence_gathers_itself(ours, delegate, edition, signed_in):
    make.participation(edition, ours, title_es="Demo: taller")
    row = begin_assessment(year=edition.year, subject=edition.code, organization=ours, actor=delegate, now=NOW)
    assert "Demo: taller" in signed_in(delegate).get(page("assessment_write", row.code)).content.decode()
    whole = begin_assessment(year=2026, subject="", organization=ours, actor=delegate, now=NOW)
    make.action(ours, title_es="Demo: acción hecha")
    text = signed_in(delegate).get(page("assessment_write", whole.code)).content.decode()
    assert "Demo: acción hecha" in text and "Demo: taller" in text


def test_what_was_told_during_the_year_stands_beside_its_assessment(ours, delegate, signed_in):
    plan = make.plan(make.cycle(2026, NOW, state="published"), ours, state="closed")
    row = make.priority(plan, theme=make.theme())
    project = make.project(ours)
    values = {"evidence": "https://example.org/demo", "actor": delegate, "now": NOW}
    report_on_priority(row, health="at_risk", words="Demo: falta gente", **values)
    report_on_project(project, organization=ours, health="on_track", words="Demo: medimos", **values)
    browser = signed_in(delegate)
    year = begin_assessment(year=2026, subject="", organization=ours, actor=delegate, now=NOW)
    about = begin_assessment(year=2026, subject=project.code, organization=ours, actor=delegate, now=NOW)
    of_year = browser.get(page("assessment_write", year.code)).content.decode()
    of_project = browser.get(page("assessment_write", about.code)).content.decode()
    assert "falta gente" in of_year and "medimos" not in of_year
    assert "medimos" in of_project and "falta gente" not in of_project and "example.org/demo" in of_project


def test_of_two_who_write_an_assessment_both_words_are_shown(ours, delegate, editor, signed_in):
    row = make.assessment(2026, organization=ours, state="draft", title_es="Demo")
    address = reverse("priorities:assessment_write", args=[row.code])
    values = {
        "worked": "Demo: sí",
        "improve": "Demo: no",
        "next": "",
        "visibility": "public",
        "language": "es",
        "version": 1,
    }
    assert signed_in(editor).post(address, values | {"next": "Demo: de la editora"}).status_code == 302
    late = signed_in(delegate).post(address, values | {"next": "Demo: de la delegada"})
    assert late.status_code == 422
    assert late.context["differences"] == [("Qué sigue", "Demo: de la editora")]
    again = values | {"next": "Demo: de las dos", "version": late.context["form"]["version"].value()}
    assert signed_in(delegate).post(address, again).status_code == 302
    row.refresh_from_db()
    assert row.next == "Demo: de las dos"


def test_a_year_that_has_not_begun_leads_nowhere(delegate, signed_in):
    """What the page offers can be opened: no balance and no assessment of a year to come."""
    inside = signed_in(delegate)
    for year, offered in ((2026, True), (2098, False)):
        page = inside.get(f"/es/priorities/{year}/assessments/").content.decode()
        for name in ("year_balance", "assessment_begin_year"):
            address = reverse(f"priorities:{name}", args=[year])
            assert (address in page) == offered, address
            assert (inside.get(address).status_code == 200) == offered, address


def test_only_editions_projects_and_years_are_reviewed(ours, delegate):
    with pytest.raises(NotNow):
        begin_assessment(year=2026, subject=make.visit().code, organization=ours, actor=delegate, now=NOW)


def test_two_who_begin_at_the_same_time_get_one_review(ours, delegate, monkeypatch):
    title = assessments._title

    def begun_meanwhile(row, subject, language):
        if not Assessment.objects.exists():
            records.create("ASS", 2026, Assessment(year=2026, organization=ours, title_es="Demo"))
        return title(row, subject, language)

    monkeypatch.setattr(assessments, "_title", begun_meanwhile)
    row = begin_assessment(year=2026, subject="", organization=ours, actor=delegate, now=NOW)
    assert row == Assessment.objects.get()


def test_the_collective_review_shows_what_everybody_did(ours, delegate):
    team = make.coordination()
    row = begin_assessment(year=2026, subject="", organization=None, actor=team, now=NOW)
    plan = make.plan(make.cycle(2026, state="published"), ours, state="closed")
    priority = make.priority(plan, "Demo: de todas")
    assert list(evidence_for(row, team, NOW)[0].rows) == [priority]
