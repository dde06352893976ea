"""Every page kind on the real record and the demo year: nothing for axe to find, no sideways scroll, few kilobytes."""

import brotli
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from accounts.models import User
from elections.models import Election
from engagement.models import Activity, Regulation, TrainingSession
from meetings.models import DatePoll, Decision, Meeting
from organizations.models import Mandate
from organizations.states import Role
from priorities.models import Assessment, CommonProject, PlanningCycle, Priority, PriorityPlan, ThreatOpportunity
from spaces.models import Edition, ParticipationAction
from tests import factories as make
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.django_db(transaction=True)

TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
#: Pages as they are, styles and scripts as they are sent: WhiteNoise has them compressed.
FIRST_VISIT_BYTES = 42_000


def public_pages():
    """One address of every kind that a visitor reads."""
    decision = Decision.objects.filter(state="fulfilled").first()
    cycle = PlanningCycle.objects.filter(state="published").first()
    priority = Priority.objects.filter(plan__cycle__state="published", visibility="public").first()
    pages = [
        "/", "/years/", "/years/2024/", "/years/2023/", "/years/2024/report/", f"/threads/{decision.code}/", "/about/", "/follow/",
        "/meetings/", f"/meetings/{Meeting.objects.get(year=2024).code}/", f"/meetings/decisions/{decision.code}/",
        "/organizations/", "/organizations/lacnic/", "/representation/", "/representation/?on=2024-06-01",
        "/representation/cmpi/", "/spaces/", "/spaces/lacigf/",
        f"/spaces/editions/{Edition.objects.get(space__slug='lacigf', year=2025).code}/", "/engagement/",
        f"/engagement/training/{TrainingSession.objects.first().code}/", f"/engagement/visits/{Activity.objects.first().code}/",
        "/account/login/", "/account/login/code/", "/account/password/reset/", "/demo/", "/no-such-page/",
        "/priorities/",
    ]  # fmt: skip
    project, assessment = (
        CommonProject.objects.exclude(agreed_on=None).first(),
        Assessment.objects.filter(state="published").latest("year"),
    )
    pages += [
        "/data/", "/priorities/projects/", project.get_absolute_url()[3:], "/priorities/threats/",
        assessment.get_absolute_url()[3:], f"/priorities/{project.year}/assessments/", f"/priorities/{project.year}/balance/",
        f"/years/{project.year}/report/", "/engagement/regulation/",
        Regulation.objects.first().get_absolute_url()[3:], TrainingSession.objects.get(state="published", is_demo=True).get_absolute_url()[3:],
        "/representation/elections/",
    ]  # fmt: skip
    for election in Election.objects.filter(is_demo=True):
        pages.append(election.get_absolute_url()[3:])
        if election.state == "certified":
            pages += [election.get_absolute_url()[3:] + "notice/", election.get_absolute_url()[3:] + "certificate/"]
    if cycle:
        pages += [f"/priorities/{cycle.year}/", f"/priorities/{cycle.year}/matrix/?by=country"]
    if priority:
        pages.append(f"/priorities/{priority.code}/")
    return pages


@pytest.fixture
def demo_year(settings):
    settings.CASA_DEMO = True
    call_command("load_record", verbosity=0)
    call_command("load_demo", verbosity=0)


def findings(visitor, path):
    """What axe has to say of a page, and whether it scrolls sideways."""
    answer = visitor.go(path)
    if answer.status != (404 if "no-such" in path else 200):
        return [f"answered {answer.status}"]
    found = Axe().run(visitor.page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    words = [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found]
    if visitor.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        words.append("scrolls sideways")
    return words


SIGHTS = [(DESKTOP, "light"), (PHONE, "dark")]


@pytest.mark.parametrize(("size", "scheme"), SIGHTS, ids=["1280-light", "390-dark"])
def test_public_pages(visit, demo_year, size, scheme):
    visitor = visit(size, color_scheme=scheme)
    languages = ["es", "pt", "en"]
    wrong = {}
    for number, page in enumerate(public_pages()):
        path = f"/{languages[number % 3]}{page}"
        if words := findings(visitor, path):
            wrong[path] = words
    assert not wrong, "\n".join(f"{path}: {words}" for path, words in wrong.items())


def staff_pages():
    """(role, address) of what staff work with."""
    open_cycle = PlanningCycle.objects.filter(state="open").first()
    meeting = Meeting.objects.filter(is_demo=True).order_by("-starts_on").first()
    plan = PriorityPlan.objects.filter(cycle=open_cycle, organization__slug="lacnic").first()
    team = ["/my-work/", "/priorities/", f"/priorities/{open_cycle.year}/dashboard/", "/priorities/new/", "/meetings/new/",
            f"/meetings/{meeting.code}/", f"/meetings/{meeting.code}/agenda/", f"/meetings/{meeting.code}/agenda/new/",
            f"/meetings/{meeting.code}/attendance/", f"/meetings/{meeting.code}/decisions/new/",
            f"/meetings/{meeting.code}/outcome/", f"/meetings/{meeting.code}/outcome/es/", "/actions/",
            "/organizations/lacnic/mandates/"]  # fmt: skip
    delegate = [
        "/my-work/",
        "/priorities/mine/",
        "/actions/",
        "/people/preferences/",
        "/account/email/",
        "/account/password/change/",
    ]
    project, draft = CommonProject.objects.exclude(agreed_on=None).first(), Assessment.objects.get(state="draft")
    part = ParticipationAction.objects.filter(is_demo=True, organization__slug="lacnic").first()
    election = Election.objects.exclude(state="certified").get(is_demo=True)
    delegate += [
        "/my-work/lacnic/", "/my-work/lacnic/handover/", f"/priorities/{open_cycle.year}/matrix/", "/priorities/threats/new/", f"/priorities/{open_cycle.year}/matrix/?by=space&partners=1",
        ThreatOpportunity.objects.first().get_absolute_url()[3:], "/priorities/projects/new/",
        project.get_absolute_url()[3:], project.get_absolute_url()[3:] + "progress/", draft.get_absolute_url()[3:] + "words/",
        "/engagement/visits/new/", "/engagement/regulation/new/", part.get_absolute_url()[3:],
        part.get_absolute_url()[3:] + "correction/", election.get_absolute_url()[3:] + "nominations/",
        election.get_absolute_url()[3:] + "vote/", election.get_absolute_url()[3:] + "scrutiny/",
    ]  # fmt: skip
    looked = Assessment.objects.filter(state="published", organization=None).first()
    team += [looked.get_absolute_url()[3:], looked.get_absolute_url()[3:] + "improvements/"]
    team += [f"/priorities/{open_cycle.year - 1}/progress/", f"/priorities/{open_cycle.year}/reminder/"]
    asked = DatePoll.objects.get().meeting.code
    team += [f"/meetings/{asked}/poll/"]
    delegate += [f"/meetings/{asked}/poll/", "/priorities/progress/lacnic/", f"/priorities/{project.year}/balance/"]
    team += [election.get_absolute_url()[3:] + "console/", "/representation/elections/new/",
             "/engagement/programmes/new/",
             ThreatOpportunity.objects.first().get_absolute_url()[3:] + "decision/"]  # fmt: skip
    if plan:
        at = f"/priorities/plans/{plan.code}/"
        delegate += [f"{at}draft/", f"{at}draft/new/", f"{at}submissions/", f"{at}preview/"]
    administrator = ["/my-work/", "/organizations/house-roles/", "/organizations/house-roles/new/", "/themes/"]
    return {Role.COORDINATION: team, Role.DELEGATE: delegate, Role.ADMINISTRATOR: administrator}


@pytest.mark.parametrize(("size", "scheme"), SIGHTS, ids=["1280-light", "390-dark"])
def test_staff_pages(visit, demo_year, size, scheme):
    wrong = {}
    for role, pages in staff_pages().items():
        mandates = Mandate.objects.filter(role=role, person__user__isnull=False, ends_on=None)
        lacnic = mandates.filter(organization__slug="lacnic").first()
        person = (lacnic or mandates.first()).person.user
        account = User.objects.get(pk=person.pk)
        account.set_password("demo-password-1")
        account.save()
        visitor = visit(size, color_scheme=scheme)
        visitor.sign_in(account.email)
        for page in pages:
            if words := findings(visitor, f"/es{page}"):
                wrong[page] = words
    assert not wrong, "\n".join(f"{path}: {words}" for path, words in wrong.items())


def sent(answer):
    """The bytes of an answer as a production server sends it."""
    return brotli.compress(answer.body()) if "/static/" in answer.url else answer.body()


def test_a_first_visit_is_light(visit, demo_year):
    """Bytes as sent of the heaviest public pages: what a slow phone must wait for."""
    for page in ("/es/", "/es/years/2024/", "/es/spaces/", "/pt/organizations/"):
        visitor = visit(PHONE)
        answers = []
        visitor.page.on("response", lambda answer, answers=answers: answers.append(answer))
        visitor.go(page)
        visitor.page.wait_for_load_state("networkidle")
        weight = sum(len(sent(answer)) for answer in answers)
        assert len(answers) <= 6, [answer.url for answer in answers]
        assert weight <= FIRST_VISIT_BYTES, (page, weight)


def test_public_pages_read_the_same_without_javascript(visit, demo_year):
    with_script, without = visit(DESKTOP), visit(DESKTOP, java_script_enabled=False)
    for page in ("/es/", "/es/years/2024/", "/es/spaces/lacigf/", "/es/representation/"):
        texts = []
        for visitor in (with_script, without):
            visitor.go(page)
            texts.append(visitor.page.locator("main").text_content().replace("su hora", ""))
        headings = [visitor.page.locator("h1, h2, h3").all_inner_texts() for visitor in (with_script, without)]
        assert headings[0] == headings[1], page
        assert len(texts[1]) > 200


def test_one_signs_in_by_the_form_and_out_by_the_bar(visit):
    """The other tests of this folder come in with a session of their own."""
    user, visitor = make.delegate(make.organization()), visit(PHONE)
    page = visitor.page
    visitor.go("/es/account/login/")
    page.fill("input[name=login]", user.email)
    page.fill("input[name=password]", "demo-password-1")
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/my-work/")
    page.locator(".bar summary").click()
    page.locator(".bar form button").click()
    page.wait_for_url("**/es/")
