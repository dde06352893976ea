"""A year's two hinges in real browsers: organisations file priorities, a meeting gets its outcome, the public reads both."""

import datetime
import re

import pytest

from core import clock
from organizations.states import Role
from tests import factories as make
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.django_db(transaction=True)

PREFIX = {"es": "es", "pt-br": "pt", "en": "en"}
PLACES = [("es", DESKTOP), ("es", PHONE), ("en", DESKTOP), ("en", PHONE)]
IDS = ["es-1280", "es-390", "en-1280", "en-390"]


def local(moment):
    return moment.strftime("%Y-%m-%dT%H:%M")


def press(page, selector="main form button.btn, main form input[type=submit]"):
    page.locator(selector).first.click()
    page.wait_for_load_state()


@pytest.mark.parametrize(("language", "size"), PLACES, ids=IDS)
def test_an_organisation_files_and_the_public_reads(visit, language, size):
    prefix = PREFIX[language]
    organization = make.organization("DEMO-A")
    make.organization("DEMO-B")
    theme = make.theme("interconexion")
    coordination, delegate = make.coordination(language=language), make.delegate(organization, language=language)
    now = clock.now()

    team = visit(size)
    team.sign_in(coordination.email, language=prefix)
    team.go(f"/{prefix}/priorities/new/")
    team.page.fill("[name=year]", "2030")
    team.page.fill("[name=opens]", local(now - datetime.timedelta(days=2)))
    team.page.fill("[name=closes]", local(now + datetime.timedelta(days=20)))
    press(team.page)
    team.go(f"/{prefix}/priorities/2030/dashboard/")
    press(team.page, "form[action*='/state/open/'] button")

    writer = visit(size)
    writer.sign_in(delegate.email, language=prefix)
    writer.go(f"/{prefix}/priorities/mine/")
    if writer.page.locator("form[action*='/plans/'] button").count():
        press(writer.page, "form[action*='/plans/'] button")
    assert "/draft/" in writer.page.url
    plan = writer.page.url.split("#")[0]
    for title, everything in (("Prioridad Demo pública", False), ("Prioridad Demo de la comunidad", True)):
        writer.page.goto(f"{plan}new/")
        writer.page.fill("[name=title]", title)
        if everything:
            complete(writer.page, theme, "community")
        press(writer.page, "section.priority--open button.btn >> nth=0")
    press(writer.page, ".submit-bar button")
    summary = writer.page.locator(".error-summary")
    assert summary.is_visible(), "all that is missing is said at once"
    assert summary.locator("li").count() == 1
    summary.locator("li a").click()
    complete(writer.page, theme, "public")
    press(writer.page, "section.priority--open button.btn >> nth=0")
    press(writer.page, ".submit-bar button")
    assert "/draft/" not in writer.page.url, "submitted: the plan is shown as filed"

    team.go(f"/{prefix}/priorities/2030/publication/")
    press(team.page, "form[action*='/state/publish/'] button")

    public = visit(size)
    public.go(f"/{prefix}/priorities/2030/")
    seen = public.page.inner_text("main")
    assert "Prioridad Demo pública" in seen
    assert "Prioridad Demo de la comunidad" not in seen
    public.page.get_by_role("link", name="Prioridad Demo pública").first.click()
    assert public.page.locator("h1").inner_text() == "Prioridad Demo pública"
    public.go(f"/{prefix}/years/2030/")
    assert "Prioridad Demo pública" in public.page.inner_text("main")


def complete(page, theme, visibility):
    page.fill("[name=why]", "Porque hace falta.")
    page.fill("[name=action]", "Un taller en mayo.")
    page.select_option("[name=theme]", theme.slug)
    page.check(f"[name=visibility][value={visibility}]", force=True)


@pytest.mark.parametrize(("language", "size"), PLACES, ids=IDS)
def test_a_meeting_is_called_held_and_its_outcome_read(visit, language, size):
    prefix = PREFIX[language]
    organization = make.organization("DEMO-A")
    make.holder(Role.LEAD, organization)
    theme = make.theme("capacitacion")
    coordination = make.coordination(language=language)

    team = visit(size)
    team.sign_in(coordination.email, language=prefix)
    team.go(f"/{prefix}/meetings/new/")
    team.page.select_option("[name=source_language]", "es")
    title = team.page.locator("[name=title_es]")
    if not title.is_visible():
        team.page.locator("details:has([name=title_es]) > summary").click()
    title.fill("Reunión Demo de coordinación")
    today = clock.today(clock.now(), "America/Montevideo")
    days = [today, today + datetime.timedelta(days=1)]
    team.page.fill("[name=starts_on]", days[0].isoformat())
    team.page.fill("[name=ends_on]", days[1].isoformat())
    team.page.select_option("[name=visibility]", "public")
    press(team.page, "main #submit")
    meeting = re.search(r"CASA-\d{4}-MEE-\d{3}", team.page.url).group()
    at = f"/{prefix}/meetings/{meeting}/"

    team.go(f"{at}agenda/new/")
    write(team.page, "title", "Capacitar a la justicia")
    press(team.page, "main #submit")
    team.go(f"{at}convening/")
    press(team.page, "main form.form button.btn")
    team.go(at)
    press(team.page, "form[action$='/beginning/'] button")
    team.go(f"{at}attendance/")
    team.page.select_option(f"[name=presence_{organization.pk}]", "remote")
    press(team.page, "main #submit")
    team.go(f"{at}decisions/new/")
    write(team.page, "title", "Capacitar a juezas y fiscales")
    team.page.select_option("[name=theme]", str(theme.pk))
    team.page.select_option("[name=visibility]", "public")
    press(team.page, "main #submit")
    team.go(f"{at}actions/new/")
    team.page.fill("[name=title]", "Preparar el programa")
    team.page.select_option("[name=organization]", str(organization.pk))
    team.page.select_option("[name=visibility]", "public")
    press(team.page, "main #submit")
    team.go(at)
    press(team.page, "form[action$='/end/'] button")
    team.go(f"{at}outcome/es/")
    team.page.fill("[name=body]", "Las organizaciones **acordaron** capacitar.")
    press(team.page, "main #submit")
    team.go(f"{at}publication/")
    press(team.page, "main #submit")

    public = visit(size)
    public.go(f"/{prefix}/meetings/")
    public.page.get_by_role("link", name="Reunión Demo de coordinación").first.click()
    seen = public.page.inner_text("main")
    for words in ("Capacitar a juezas y fiscales", "Preparar el programa", "DEMO-A", "acordaron"):
        assert words in seen, words
    foreign = public.page.locator("article [lang=es]")
    assert bool(foreign.count()) == (language != "es"), "Spanish words in an English page carry their language"
    with public.page.expect_download() as download:
        public.page.locator(f"main a[href$='{meeting}/calendar.ics']").first.click()
    assert f"{days[0]:%Y%m%d}" in download.value.path().read_text()


def write(page, name, words):
    """Fill the Spanish version, wherever the form folds it, and make it the official one."""
    page.select_option("[name=source_language]", "es")
    field = page.locator(f"[name={name}_es]")
    if not field.is_visible():
        page.locator(f"details:has([name={name}_es]) > summary").click()
    field.fill(words)
