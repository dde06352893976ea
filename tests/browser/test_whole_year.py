"""One year goes through the house: eight people, each in a browser of their own, from an invitation in January to the
thread that the public reads at its end. Portuguese and Spanish, desktop and phone; the clock is moved, nothing else."""

import datetime
import re

import pytest

from committees.models import Term
from commons.models import ActionItem
from core import clock
from core.outbox.models import OutboxMessage
from elections.models import Nomination
from organizations.states import Role
from priorities.models import Priority
from reminders import services as reminders
from tests import factories as make
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
YEAR, PORTAL_ZONE = 2030, "America/Montevideo"
CANDIDATE = "candidata.demo@example.org"


class Time:
    """The portal's clock, moved by the test: it stands where it is put."""

    def __init__(self):
        self.at = datetime.datetime(YEAR, 1, 1, tzinfo=datetime.UTC)

    def put(self, month, day, hour=15, minute=0):
        self.at = datetime.datetime(YEAR, month, day, hour, minute, tzinfo=datetime.UTC)

    def now(self):
        return self.at


@pytest.fixture
def time(monkeypatch, settings):
    settings.CASA_DEMO = True
    moved = Time()
    monkeypatch.setattr(clock, "now", moved.now)
    monkeypatch.setattr(clock, "by_database", moved.now)
    return moved


def press(page, selector="main form button.btn, main form input[type=submit]"):
    page.locator(selector).first.click()
    page.wait_for_load_state()


def code_in(page, kind):
    return re.search(rf"CASA-\d{{4}}-{kind}-\d{{3}}", page.url).group()


def title(page, words, name="title"):
    """Write the Spanish version, wherever the form folds it, and make it the official one."""
    page.select_option("[name=source_language]", "es")
    field = page.locator(f"[name={name}_es]")
    if not field.is_visible():
        page.locator(f"details:has([name={name}_es]) > summary").click()
    field.fill(words)


def local(page, **moments):
    """Fill datetime-local fields with hours of Montevideo."""
    for name, (month, day, hour) in moments.items():
        page.fill(f"[name={name}]", f"{YEAR}-{month:02d}-{day:02d}T{hour:02d}:00")


def mail_to(visitor, address, words, prefix="es"):
    """Find a mail in the demonstration mailbox by words of its subject, and follow its link as its reader would."""
    visitor.go(f"/{prefix}/demo/mailbox/?to={address}")
    entry = visitor.page.locator("li.row", has_text=words).first
    if not entry.locator("details[open]").count():
        entry.locator("summary").click()
    target = entry.locator(".prose a").first.get_attribute("href")
    visitor.go("/" + target.split("/", 3)[3])
    return visitor.page


@pytest.fixture
def people(visit):
    """Eight people. The new delegate has no account yet, the candidate never gets one."""
    organizations = [make.organization(f"DEMO-{letter}") for letter in "ABC"]
    users = {
        "coordination": make.coordination(),
        "lead": make.holder(Role.LEAD, organizations[0]),
        "brazil": make.delegate(organizations[1], language="pt-br", zone="America/Sao_Paulo"),
        "third": make.delegate(organizations[2]),
        "editor": make.holder(Role.EDITOR, organizations[1], language="pt-br"),
    }
    sizes = {"lead": PHONE, "brazil": PHONE, "delegate": PHONE, "candidate": PHONE}
    names = (*users, "delegate", "candidate", "visitor")
    found = {name: visit(sizes.get(name, DESKTOP)) for name in names}
    for name, user in users.items():
        found[name].user = user
        found[name].sign_in(user.email, language="pt" if user.language == "pt-br" else "es")
    found["organizations"] = organizations
    return found


def test_a_year_from_an_invitation_to_the_thread_that_everybody_reads(people, time):
    theme = make.theme("capacitacion")
    edition = make.edition(make.space("demo-foro", name_es="Foro Demo", acronym="DEMO"), YEAR)
    body = make.committee("demo-comite", seats=1, acronym="CD")

    time.put(1, 5)
    invite(people)
    file_plans(people, theme, time)
    decision, action = meet(people, theme, time)
    elect(people, body, time)
    take_part(people, edition, time)
    act_on_a_reminder(people, action, time)
    project = work_together(people, decision, time)
    look_back(people, project, time)
    read_in_public(people, decision, action, body)


def invite(people):
    """The lead names a delegate, who comes in through the mail."""
    lead, delegate = people["lead"], people["delegate"]
    lead.go("/es/organizations/demo-a/mandates/new/")
    lead.page.fill("[name=name]", "Demo Delegada Nueva")
    lead.page.fill("[name=email]", "delegada.nueva@example.org")
    lead.page.select_option("[name=role]", Role.DELEGATE)
    press(lead.page)
    page = mail_to(delegate, "delegada.nueva@example.org", "Invitación")
    press(page)
    assert "DEMO-A" in delegate.go("/es/my-work/").text()


def file_plans(people, theme, time):
    """The cycle opens; two organisations file, one in each language; a mere reader of the year sees nothing yet."""
    team = people["coordination"]
    team.go("/es/priorities/new/")
    team.page.fill("[name=year]", str(YEAR))
    local(team.page, opens=(1, 5, 9), closes=(1, 20, 18))
    press(team.page)
    team.go(f"/es/priorities/{YEAR}/dashboard/")
    press(team.page, "form[action*='/state/open/'] button")
    time.put(1, 8)
    for name, prefix, words in (("delegate", "es", "Capacitar a la justicia"), ("brazil", "pt", "Medir juntos")):
        writer = people[name]
        writer.go(f"/{prefix}/priorities/mine/")
        if writer.page.locator("form[action*='/plans/'] button").count():
            press(writer.page, "form[action*='/plans/'] button")
        plan = writer.page.url.split("#")[0]
        writer.page.goto(f"{plan}new/")
        writer.page.fill("[name=title]", f"Demo: {words}")
        writer.page.fill("[name=why]", "Porque hace falta.")
        writer.page.fill("[name=action]", "Un taller en mayo.")
        writer.page.select_option("[name=theme]", theme.slug)
        writer.page.check("[name=visibility][value=public]", force=True)
        press(writer.page, "section.priority--open button.btn >> nth=0")
        press(writer.page, ".submit-bar button")
        assert "/draft/" not in writer.page.url
    assert people["visitor"].go(f"/es/priorities/{YEAR}/").status == 404


def meet(people, theme, time):
    """The January meeting decides on a priority, gives an action to an organisation, and publishes its outcome."""
    team, priority = people["coordination"], Priority.objects.get(title_es="Demo: Capacitar a la justicia")
    time.put(1, 10)
    team.go("/es/meetings/new/")
    title(team.page, "Demo: reunión anual")
    team.page.fill("[name=starts_on]", f"{YEAR}-01-22")
    team.page.fill("[name=ends_on]", f"{YEAR}-01-23")
    team.page.select_option("[name=visibility]", "public")
    press(team.page, "main #submit")
    at = f"/es/meetings/{code_in(team.page, 'MEE')}/"
    team.go(f"{at}agenda/new/")
    title(team.page, "Demo: prioridades")
    press(team.page, "main #submit")
    team.go(f"{at}convening/")
    press(team.page, "main form.form button.btn")

    time.put(1, 22)
    team.go(at)
    press(team.page, "form[action$='/beginning/'] button")
    team.go(f"{at}decisions/new/")
    title(team.page, "Demo: un taller para la justicia")
    team.page.select_option("[name=theme]", str(theme.pk))
    team.page.select_option("[name=visibility]", "public")
    team.page.fill("[name=came_from]", priority.code)
    press(team.page, "main #submit")
    decision = re.search(r"CASA-\d{4}-DEC-\d{3}", team.page.content()).group()
    team.go(f"{at}actions/new/")
    team.page.fill("[name=title]", "Demo: preparar el programa")
    team.page.select_option("[name=organization]", str(people["organizations"][1].pk))
    team.page.fill("[name=due_on]", f"{YEAR}-03-10")
    team.page.select_option("[name=visibility]", "public")
    team.page.select_option("[name=decision]", index=1)
    press(team.page, "main #submit")
    time.put(1, 23, 20)
    team.go(at)
    press(team.page, "form[action$='/end/'] button")
    team.go(f"{at}outcome/es/")
    team.page.fill("[name=body]", "Las organizaciones decidieron **capacitar**.")
    press(team.page, "main #submit")
    team.go(f"{at}publication/")
    press(team.page, "main #submit")
    team.go(f"/es/priorities/{YEAR}/publication/")
    press(team.page, "form[action*='/state/publish/'] button")
    return decision, ActionItem.objects.get(title_es="Demo: preparar el programa")


def elect(people, body, time):
    """From the call to the term: one nominated without an account, one by herself; three organisations vote."""
    team, candidate = people["coordination"], people["candidate"]
    time.put(1, 24)
    team.go("/es/representation/elections/new/")
    title(team.page, "Demo: una persona para el comité")
    team.page.check(f"[name=places][value='{body.seats.get().pk}']")
    team.page.fill("[name=max_marks]", "1")
    local(
        team.page, nominations_open=(1, 24, 9), nominations_close=(1, 31, 18), opens_at=(2, 3, 9), closes_at=(2, 6, 18)
    )
    team.page.fill("[name=term_starts_on]", f"{YEAR}-02-10")
    team.page.fill("[name=term_ends_on]", f"{YEAR + 2}-02-09")
    press(team.page, "main #submit")
    election = code_in(team.page, "ELE")
    at = f"representation/elections/{election}/"

    def console(verb):
        team.go(f"/es/{at}console/")
        press(team.page, f"form[action$='/console/{verb}/'] button")

    console("call")
    brazil = people["brazil"]
    brazil.go(f"/pt/{at}nominations/")
    brazil.page.check("[name=who][value=other]", force=True)
    brazil.page.fill("[name=name]", "Demo Candidata")
    brazil.page.fill("[name=address]", CANDIDATE)
    brazil.page.select_option("[name=language]", "pt-br")
    press(brazil.page, "main #submit")
    people["third"].go(f"/es/{at}nominations/")
    people["third"].page.fill("[name=statement]", "Demo: ofrezco mi tiempo.")
    press(people["third"].page, "main #submit")
    assert OutboxMessage.objects.filter(address=CANDIDATE).count() == 1
    page = mail_to(candidate, CANDIDATE, "Demo", prefix="pt")
    assert Nomination.objects.get(address=CANDIDATE).state == "proposed", "opening the link answers nothing"
    page.fill("[name=statement]", "Demo: ofereço meu tempo.")
    press(page, "button[name=answer][value=accept]")

    for organization in people["organizations"]:
        team.go(f"/es/{at}console/roll/{organization.slug}/")
        options = team.page.locator("[name=voter] option").all()
        wanted = [one.get_attribute("value") for one in options if one.get_attribute("value")]
        team.page.select_option("[name=voter]", wanted[-1])
        press(team.page, "main form [type=submit]")
    console("roll")
    time.put(2, 2)
    console("candidates")
    console("open")
    time.put(2, 4)
    voters = {one.voter.user_id for one in make.Election.objects.get(code=election).roll.all()}
    cast = 0
    for name, prefix in (("delegate", "es"), ("lead", "es"), ("brazil", "pt"), ("third", "es")):
        visitor = people[name]
        visitor.go(f"/{prefix}/{at}vote/")
        if not visitor.page.locator("[name=marks]").count():
            continue
        visitor.page.locator("li.row", has_text="Demo Candidata").locator("label").first.click()
        press(visitor.page, "button[name=step][value=review]")
        press(visitor.page, "button[name=step][value=cast]")
        visitor.go(f"/{prefix}/{at}vote/")
        assert not visitor.page.locator("[name=marks]").count(), "one organisation, one vote"
        cast += 1
    assert (len(voters), cast) == (3, 3)
    console("close")
    console("certify")
    term = Term.objects.get(seat=body.seats.get())
    assert (term.person.name, str(term.starts_on)) == ("Demo Candidata", f"{YEAR}-02-10")


def take_part(people, edition, time):
    """An editor plans our part in the forum; only her delegate commits to it."""
    time.put(2, 20)
    editor, brazil = people["editor"], people["brazil"]
    editor.go(f"/pt/spaces/our-part/new/?edition={edition.code}")
    editor.page.fill("[name=title]", "Demo: oficina no fórum")
    press(editor.page)
    part = code_in(editor.page, "PAR")
    brazil.go(f"/pt/spaces/our-part/{part}/report/")
    brazil.page.check("[name=state][value=committed]", force=True)
    press(brazil.page)
    assert "Demo: oficina no fórum" in people["visitor"].go(f"/es/spaces/editions/{edition.code}/").text()


def act_on_a_reminder(people, action, time):
    """A week before the day a mail comes, in its reader's language; its link reports, once, by a button."""
    brazil = people["brazil"]
    time.put(3, 4)
    reminders.plan(time.now())
    page = mail_to(people["candidate"], brazil.user.email, "preparar el programa", prefix="pt")
    action.refresh_from_db()
    assert action.state == "open", "a mail scanner that opens the link changes nothing"
    page.locator("[name=state][value=done], [name=state]").first.evaluate(
        "node => node.tagName === 'SELECT' ? node.value = 'done' : node.checked = true"
    )
    page.fill("[name=evidence]", "https://example.org/demo-programa")
    page.fill("[name=words]", "Demo: o programa está pronto.")
    press(page)
    action.refresh_from_db()
    assert action.state == "done"
    page.reload()
    assert people["candidate"].page.locator("[name=words]").count() == 0, "a link works once"


def work_together(people, decision, time):
    """Out of the decision comes a common project; it is agreed, and public, once the other organisation confirms."""
    delegate, third, visitor = people["delegate"], people["third"], people["visitor"]
    time.put(3, 20)
    delegate.go(f"/es/priorities/projects/new/?from={decision}")
    delegate.page.fill("[name=title]", "Demo: programa común para la justicia")
    delegate.page.check("[name=partners][value=demo-c]", force=True)
    delegate.page.locator("details.more > summary").click()
    delegate.page.fill("[name=codes]", decision)
    press(delegate.page)
    project = code_in(delegate.page, "PRO")
    at = f"/priorities/projects/{project}/"
    assert visitor.go(f"/es{at}").status == 404
    page = mail_to(third, third.user.email, "programa común")
    assert project in page.url
    press(page, "button[name=verb][value=confirm]")
    assert "DEMO-C" in visitor.go(f"/es{at}").text()
    time.put(6, 1)
    delegate.go(f"/es{at}progress/")
    delegate.page.check("[name=health][value=at_risk]", force=True)
    delegate.page.fill("[name=words]", "Demo: falta un juez en el programa.")
    press(delegate.page)
    assert "falta un juez" in third.go(f"/es{at}").text()
    assert "falta un juez" not in visitor.go(f"/es{at}").text()
    return project


def look_back(people, project, time):
    """In November the delegate looks back on the project; everybody reads it."""
    delegate = people["delegate"]
    time.put(11, 20)
    delegate.go(f"/es/priorities/assessments/of/{project}/")
    press(delegate.page)
    for name in ("worked", "improve", "next"):
        delegate.page.fill(f"[name={name}]", f"Demo: {name}")
    delegate.page.select_option("[name=visibility]", "public")
    press(delegate.page)
    press(delegate.page, "button[name=verb][value=publish]")


def read_in_public(people, decision, action, body):
    """Whoever comes by reads the whole thread, the holder of the seat, and what became of the commitment."""
    visitor = people["visitor"]
    visitor.go(f"/es/years/{YEAR}/")
    assert "Demo: un taller para la justicia" in visitor.page.inner_text("main")
    visitor.go(f"/es/threads/{decision}/")
    thread = visitor.page.inner_text("main")
    for words in (
        "Demo: Capacitar a la justicia", "Demo: un taller para la justicia", "Demo: preparar el programa",
        "Demo: programa común para la justicia", "Balance de Demo: programa común para la justicia, DEMO-A",
    ):  # fmt: skip
        assert words in thread, words
    visitor.go(f"/es/representation/{body.slug}/?on={YEAR}-06-01")
    assert "Demo Candidata" in visitor.page.inner_text("main")
