"""Common projects: who is named when, what agrees them, what is refused, and who reads which words."""

import datetime
from dataclasses import replace

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from core.errors import Conflict, Incomplete, NotNow, PermissionDenied
from core.outbox.models import OutboxMessage
from organizations.states import Role
from priorities.models import CommonProject, Participant, ProgressUpdate
from priorities.queries.projects import timed_milestones
from priorities.services.participants import answer_invitation, invite_organization, leave_project, take_lead
from priorities.services.progress import report_on_project
from priorities.services.projects import (
    ProjectDetails,
    ProjectProposal,
    edit_project,
    propose_project,
    set_project_state,
)
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 2, 1, 15, tzinfo=datetime.UTC)


class World:
    """Three members with a delegate each; the first has an editor too."""

    def __init__(self):
        self.organizations = [make.organization(f"DEMO-{letter}") for letter in "ABC"]
        self.ours, self.second, self.third = self.organizations
        self.delegates = [make.delegate(one) for one in self.organizations]
        self.editor = make.holder(Role.EDITOR, self.ours)
        self.team = make.coordination()

    def propose(self, actor=None, **changes):
        values = {
            "year": 2026,
            "title": "Demo: medir juntos",
            "aim": "Demo: un método",
            "language": "es",
            "theme": None,
            "until": None,
            "visibility": "public",
            "lead": self.ours,
            "partners": [self.second],
            "observers": [],
            "origins": [],
            "proposed_by": self.ours,
        }
        values |= changes
        names = ("title", "aim", "language", "theme", "until", "visibility")
        details = ProjectDetails(**{name: values.pop(name) for name in names})
        proposal = ProjectProposal(details=details, **values)
        return propose_project(proposal, actor=actor or self.delegates[0], now=NOW)

    def place(self, project, n):
        return project.participants.get(organization=self.organizations[n])

    def answer(self, project, n, accept=True):
        return answer_invitation(self.place(project, n), accept=accept, actor=self.delegates[n], now=NOW)


@pytest.fixture
def world():
    return World()


def page(name, *args):
    return reverse(f"priorities:{name}", args=args)


def test_two_that_confirm_make_it_agreed_and_public_and_none_is_named_before(world, client, signed_in):
    project = world.propose(observers=[world.third])
    assert (project.state, OutboxMessage.objects.filter(kind="project_invited").count()) == ("proposed", 2)
    assert client.get(project.get_absolute_url()).status_code == 404
    peer = make.delegate(make.organization("DEMO-Z"))
    text = signed_in(peer).get(project.get_absolute_url()).content.decode()
    assert "DEMO-A" in text and "DEMO-B" not in text, "asked is not named"
    assert "DEMO-B" in signed_in(world.editor).get(project.get_absolute_url()).content.decode(), (
        "whoever proposed knows"
    )
    invited = signed_in(world.delegates[1])
    assert "DEMO-B" in invited.get(project.get_absolute_url()).content.decode()
    place = world.place(project, 1)
    assert invited.post(page("project_place", project.code, place.pk), {"verb": "confirm"}).status_code == 302
    project.refresh_from_db()
    assert (project.state, project.agreed_on) == ("agreed", clock.today(clock.now(), settings.CASA_ZONE))
    text = client.get(project.get_absolute_url()).content.decode()
    assert "DEMO-B" in text and "DEMO-C" not in text


def test_an_observer_agrees_nothing_and_an_editor_does_not_confirm(world):
    project = world.propose(actor=world.editor, observers=[world.third])
    assert world.place(project, 0).state == "invited"
    world.answer(project, 2)
    world.answer(project, 0)
    project.refresh_from_db()
    assert project.state == "proposed"
    with pytest.raises(PermissionDenied):
        answer_invitation(world.place(project, 1), accept=True, actor=world.editor, now=NOW)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        (lambda w: {"title": " "}, "title"),
        (lambda w: {"partners": []}, "partners"),
        (lambda w: {"partners": [w.second, w.second]}, "partners"),
        (lambda w: {"partners": [w.ours]}, "partners"),
        (lambda w: {"observers": [w.second]}, "observers"),
        (lambda w: {"partners": [make.organization(kind="observer")]}, "partners"),
        (lambda w: {"origins": ["CASA-1999-PRI-001"]}, "origins"),
        (lambda w: {"lead": w.third}, "lead"),
        (lambda w: {"until": datetime.date(2025, 1, 1)}, "until"),
    ],
)
def test_what_cannot_be_proposed_is_told_by_field(world, changes, field):
    with pytest.raises(Incomplete) as refused:
        world.propose(**changes(world))
    assert field in refused.value.missing
    assert not CommonProject.objects.exists() and not OutboxMessage.objects.exists()


def test_it_joins_the_thread_of_each_priority_it_came_from(world, client):
    cycle = make.cycle(2026, state="published")
    rows = [
        make.priority(make.plan(cycle, one, state="closed"), title=f"Demo {one}") for one in (world.ours, world.third)
    ]
    project = world.propose(origins=[rows[0].code, rows[1].code.lower(), rows[0].code])
    world.answer(project, 1)
    for row in rows:
        assert "Demo: medir juntos" in client.get(row.get_absolute_url()).content.decode()
    assert "Demo DEMO-C" in client.get(project.get_absolute_url()).content.decode()


def test_an_answer_counts_once_and_not_after_the_end(world):
    project = world.propose()
    world.answer(project, 1)
    with pytest.raises(NotNow):
        world.answer(project, 1, accept=False)
    late = world.propose()
    set_project_state(late, state="cancelled", reason="Demo", version=late.version, actor=world.delegates[0], now=NOW)
    with pytest.raises(NotNow):
        world.answer(late, 1)


def test_a_lead_that_leaves_is_followed_by_a_partner(world, signed_in):
    project = world.propose()
    world.answer(project, 1)
    with pytest.raises(NotNow):
        take_lead(world.place(project, 1), actor=world.delegates[1], now=NOW)
    leave_project(world.place(project, 0), actor=world.delegates[0], now=NOW)
    text = signed_in(world.delegates[1]).get(project.get_absolute_url()).content.decode()
    assert "no tiene organización líder" in text and "tomar el liderazgo" in text
    take_lead(world.place(project, 1), actor=world.delegates[1], now=NOW)
    assert world.place(project, 1).role == "lead"
    invite_organization(project, organization=world.ours, role="partner", actor=world.delegates[1], now=NOW)
    with pytest.raises(Incomplete):
        invite_organization(project, organization=world.ours, role="partner", actor=world.delegates[1], now=NOW)
    with pytest.raises(Incomplete):
        invite_organization(project, organization=world.third, role="lead", actor=world.delegates[1], now=NOW)


def test_a_lead_that_has_left_the_community_is_followed_by_a_partner_too(world, signed_in):
    project = world.propose()
    world.answer(project, 1)
    project.refresh_from_db()
    july = NOW + datetime.timedelta(days=150)
    with pytest.raises(NotNow):
        take_lead(world.place(project, 1), actor=world.delegates[1], now=july)
    world.ours.member_until = NOW.date()
    world.ours.save()
    take_lead(world.place(project, 1), actor=world.delegates[1], now=july)
    assert [(one.role, one.state) for one in (world.place(project, 0), world.place(project, 1))] == [
        ("lead", "left"),
        ("lead", "confirmed"),
    ]
    assert (
        "no tiene organización líder"
        not in signed_in(world.delegates[1]).get(project.get_absolute_url()).content.decode()
    )


def test_pausing_needs_a_reason_and_the_finer_words_stay_inside(world, client, signed_in):
    project = make.project(world.ours, world.second)
    with pytest.raises(Incomplete):
        set_project_state(project, state="paused", reason=" ", version=1, actor=world.delegates[0], now=NOW)
    inside = signed_in(world.delegates[0])
    sent = {"health": "at_risk", "words": "Demo: falta gente", "evidence": "", "organization": world.ours.slug}
    assert inside.post(page("progress_report", project.code), sent | {"words": ""}).status_code == 422
    assert inside.post(page("progress_report", project.code), sent).status_code == 302
    assert "falta gente" in signed_in(world.delegates[2]).get(project.get_absolute_url()).content.decode()
    public = client.get(project.get_absolute_url()).content.decode()
    assert "falta gente" not in public and "en riesgo" not in public
    assert signed_in(world.delegates[2]).get(page("progress_report", project.code)).status_code == 403
    assert ProgressUpdate.objects.count() == 1


def test_that_it_rests_and_why_stays_among_the_organisations_and_a_cancelled_one_says_why(world, client, signed_in):
    resting = make.project(world.ours, world.second, state="paused", reason="Demo: sin fondos")
    inside = signed_in(world.delegates[2])
    for address in (resting.get_absolute_url(), page("project_list"), page("year_balance", 2026)):
        assert "en pausa" in inside.get(address).content.decode(), address
        public = client.get(address).content.decode()
        assert "en pausa" not in public and "en marcha" in public, address
    assert "sin fondos" in inside.get(resting.get_absolute_url()).content.decode()
    assert "sin fondos" not in client.get(resting.get_absolute_url()).content.decode()
    assert [row.pk for row in client.get(page("project_list") + "?state=active").context["rows"]] == [resting.pk]
    assert not inside.get(page("project_list") + "?state=active").context["rows"]
    ended = make.project(world.ours, world.second, state="cancelled", reason="Demo: se unió a otro")
    assert "se unió a otro" in client.get(ended.get_absolute_url()).content.decode()


def test_its_words_are_corrected_by_who_leads_it_and_never_over_anothers(world, signed_in):
    project, page_of = make.project(world.ours, world.second), page("project_edit", "CASA-2026-PRO-001")
    data = {"title": "Demo: otro nombre", "aim": "", "visibility": "public", "language": "es", "version": 1}
    for stranger in (world.delegates[1], world.team):
        assert signed_in(stranger).post(page_of, data).status_code == 403, "a partner or the team rewrites no words"
    inside = signed_in(world.editor)
    assert inside.post(page_of, data | {"until": "2025-01-01"}).status_code == 422
    assert inside.post(page_of, data).status_code == 302
    late = inside.post(page_of, data | {"title": "Demo: tarde"})
    assert late.status_code == 422 and "Demo: tarde" in late.content.decode()
    assert late.context["differences"] == [("Título", "Demo: otro nombre")]
    project.refresh_from_db()
    assert (project.title_es, project.version) == ("Demo: otro nombre", 2)


def test_milestones_are_reached_once_with_evidence(world, signed_in, client):
    project, inside = make.project(world.ours, world.second), signed_in(world.editor)
    add = page("milestone_add", project.code)
    assert inside.post(add, {"title": "Demo: hito", "due_on": "2025-12-31"}).status_code == 422
    assert inside.post(add, {"title": "Demo: hito", "due_on": "2026-05-31"}).status_code == 302
    milestone = project.milestones.get()
    reached = page("milestone_reached", project.code, milestone.pk)
    assert inside.post(reached, {"evidence": "javascript:alert(1)"}).status_code == 422
    assert inside.post(reached, {"evidence": "https://example.org/hito"}).status_code == 302
    assert inside.post(reached, {"evidence": ""}).status_code == 422
    assert "example.org/hito" in client.get(project.get_absolute_url()).content.decode()


def test_the_form_proposes_from_chosen_priorities_and_keeps_what_was_written(world, signed_in, time_machine):
    time_machine.move_to(NOW, tick=False)
    cycle = make.cycle(2026, state="published")
    row = make.priority(make.plan(cycle, world.second, state="closed"), title="Demo: origen")
    client = signed_in(world.editor)
    data = {
        "title": "Demo: común",
        "lead": "demo-a",
        "partners": ["demo-b"],
        "origins": [row.code],
        "codes": "NADA",
        "visibility": "public",
        "language": "es",
        "proposed_by": "demo-a",
    }
    wrong = client.post(page("project_propose"), data)
    assert wrong.status_code == 422 and list(wrong.context["form"].errors) == ["codes"]
    assert "Demo: común" in wrong.content.decode()
    threat = make.threat(cycle, state="adopted")
    query = f"?from={row.code}+{threat.code}+CASA-2026-MEE-001+NADA"
    form = client.get(page("project_propose") + query).context["form"]
    assert (form.initial["origins"], form.initial["threats"]) == ([row.code], [threat.code])
    assert form.initial["codes"] == "CASA-2026-MEE-001 NADA", "what is no choice is not lost"
    data |= {"threats": [threat.code]}
    done = client.post(page("project_propose"), data | {"codes": ""})
    assert done["Location"] == CommonProject.objects.get().get_absolute_url()
    assert f'value="{row.code}"' in client.get(page("project_propose") + f"?from={row.code}").content.decode()


@pytest.mark.parametrize("language", ["es", "pt-br", "en"])
def test_the_mail_says_who_is_asked_and_leads_to_the_page(world, language):
    make.delegate(world.third, language=language)
    project = world.propose(partners=[world.third])
    mail = OutboxMessage.objects.filter(language=language, kind="project_invited").latest("pk")
    assert "DEMO-C" in mail.subject and "medir juntos" in mail.subject
    assert mail.text.count(f"/priorities/projects/{project.code}/") == 1 and "{" not in mail.text


def test_pages_cost_the_same_with_3_rows_and_with_30(world, client):
    def cost(address):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    project = make.project(world.ours)

    def fill(number):
        for _n in range(number):
            make.project(world.ours, world.second, world.third)
            make.milestone(project)
            organization = make.organization()
            Participant.objects.create(
                project=project, organization=organization, role="partner", state="confirmed", invited_at=NOW
            )

    fill(3)
    few = [cost(page("project_list")), cost(project.get_absolute_url())]
    fill(27)
    assert [cost(page("project_list")), cost(project.get_absolute_url())] == few
    assert max(few) <= 8


def test_only_who_may_and_only_when_it_may_take_part(world):
    project = world.propose()
    observer = make.organization("WATCH", kind="observer")
    with pytest.raises(Incomplete):
        invite_organization(project, organization=observer, role="partner", actor=world.delegates[0], now=NOW)
    with pytest.raises(NotNow):
        leave_project(world.place(project, 1), actor=world.delegates[1], now=NOW)
    with pytest.raises(NotNow):
        take_lead(world.place(project, 1), actor=world.delegates[1], now=NOW)


def test_a_state_is_set_on_what_one_has_read_and_agreed_is_no_state_to_set(world):
    act = {"reason": "", "actor": world.delegates[0], "now": NOW}
    project = world.propose()
    with pytest.raises(Conflict):
        set_project_state(project, state="cancelled", version=9, **act)
    with pytest.raises(NotNow):
        set_project_state(project, state="agreed", version=1, **act)


def test_a_correction_has_a_name_and_keeps_no_words_of_another_language(world):
    project = world.propose()
    details = ProjectDetails("Demo: measure", "Demo: a method", "en", None, None, "public")
    with pytest.raises(Incomplete):
        edit_project(project, details=replace(details, title=" "), version=1, actor=world.delegates[0], now=NOW)
    edit_project(project, details=details, version=1, actor=world.delegates[0], now=NOW)
    project.refresh_from_db()
    assert (project.title_es, project.title_en) == ("", "Demo: measure")


def test_a_project_comes_from_twenty_records_at_most(world):
    codes = [make.project(world.ours, world.second).code for _n in range(21)]
    with pytest.raises(Incomplete) as refused:
        world.propose(origins=codes)
    assert list(refused.value.missing) == ["origins"]


def test_the_first_milestone_after_a_month_is_the_next(world):
    project = make.project(world.ours, world.second)
    today = NOW.date()
    for days, done_on in ((-40, today), (10, None), (60, None), (90, None)):
        project.milestones.create(title="Demo", due_on=today + datetime.timedelta(days=days), done_on=done_on)
    assert [time for _milestone, time in timed_milestones(project, NOW)] == ["done", "now", "next", "later"]


def test_an_organisation_outside_reports_nothing(world):
    project = make.project(world.ours, world.second)
    report = {"health": "on_track", "words": "", "evidence": ""}
    with pytest.raises(Incomplete):
        report_on_project(project, organization=world.third, **report, actor=world.delegates[2], now=NOW)
