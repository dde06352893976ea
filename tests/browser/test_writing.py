"""A delegate writes on a phone: it saves by itself, the connection goes and comes back, and nothing is lost."""

import time

import pytest

from core import clock
from priorities.models import PriorityDraft, PriorityPlan, ThreatOpportunity
from priorities.services.drafts import add_draft, write_draft
from priorities.services.plans import begin_plan
from tests import factories as make
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)


def test_words_survive_a_lost_connection(visit):
    theme, now = make.theme("interconexion"), clock.now()
    cycle, delegate = make.cycle(2030, now), make.delegate(make.organization("DEMO-A"))
    plan = begin_plan(cycle, organization=delegate.person.mandates.get().organization, actor=delegate, now=now)
    writer = visit(PHONE)
    writer.sign_in(delegate.email)
    page = writer.page
    writer.go(f"/es/priorities/plans/{plan.code}/draft/new/")
    says = page.locator("[data-autosave-says]")
    page.fill("[name=title]", "Demo: medir juntos")
    says.get_by_text("Guardado").wait_for()
    assert page.url.endswith(f"/draft/{PriorityDraft.objects.get().pk}/"), "a reload finds the card"

    writer.context.set_offline(True)
    page.fill("[name=why]", "Demo: porque los números no se comparan.")
    says.get_by_text("Sin conexión").wait_for()
    page.select_option("[name=theme]", theme.slug)
    writer.context.set_offline(False)
    says.get_by_text("Guardado").wait_for()
    page.wait_for_function("() => !document.querySelector('[data-autosave-says]').textContent.startsWith('Sin')")
    page.reload()
    assert page.input_value("[name=why]") == "Demo: porque los números no se comparan."
    assert page.input_value("[name=theme]") == theme.slug
    assert PriorityDraft.objects.count() == 1
    writer.complaints = [words for words in writer.complaints if "ERR_INTERNET_DISCONNECTED" not in words]


def test_of_two_who_write_one_card_neither_loses_a_word(visit):
    """One saves by themselves what another changed meanwhile: it is told beside the form, whoever leaves is asked, the
    button shows both texts, and from then on nothing is saved that nobody pressed a button for."""
    theme, now, organization = make.theme("interconexion"), clock.now(), make.organization("DEMO-A")
    cycle, delegate = make.cycle(2030, now), make.delegate(organization)
    plan = begin_plan(cycle, organization=organization, actor=delegate, now=now)
    card = add_draft(plan, title="Demo: medir", language="es", theme=theme, actor=delegate, now=now)
    writer = visit(PHONE)
    writer.sign_in(delegate.email)
    page = writer.page
    writer.go(f"/es/priorities/plans/{plan.code}/draft/{card.pk}/")
    says = page.locator("[data-autosave-says]")
    write_draft(card, version=card.version, why="Demo: de la otra persona", actor=delegate, now=now)
    page.fill("[name=why]", "Demo: mío")
    says.get_by_text("No se guardó").wait_for()
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.locator(".form__actions a").click()
    page.wait_for_function("() => true")
    assert asked == ["beforeunload"] and page.input_value("[name=why]") == "Demo: mío"
    page.locator("section.priority--open button.btn >> nth=0").click()
    page.get_by_text("Demo: de la otra persona").wait_for()
    assert page.input_value("[name=why]") == "Demo: mío"
    page.fill("[name=why]", "Demo: mío, y de la otra persona")
    page.wait_for_timeout(2500)
    card.refresh_from_db()
    assert card.why == "Demo: de la otra persona"
    page.locator("section.priority--open button.btn >> nth=0").click()
    page.locator("details.priority").wait_for()
    card.refresh_from_db()
    assert card.why == "Demo: mío, y de la otra persona"


def test_a_button_without_a_connection_stays_and_one_pressed_while_it_saves_makes_one_card(visit):
    now, organization = clock.now(), make.organization("DEMO-A")
    delegate = make.delegate(organization)
    make.theme("interconexion")
    plan = begin_plan(make.cycle(2030, now), organization=organization, actor=delegate, now=now)
    writer = visit(PHONE)
    writer.sign_in(delegate.email)
    page = writer.page
    writer.go(f"/es/priorities/plans/{plan.code}/draft/new/")
    button = page.locator("section.priority--open button.btn >> nth=0")
    writer.context.set_offline(True)
    page.fill("[name=title]", "Demo: medir juntos")
    button.click()
    page.locator("[data-autosave-says]").get_by_text("Sin conexión").wait_for()
    assert page.input_value("[name=title]") == "Demo: medir juntos"
    slow = []

    def hold(route):
        slow.append(route.request.headers.get("accept"))
        if slow[-1] == "application/json":
            time.sleep(0.5)
        route.continue_()

    page.route("**/draft/**", hold)
    writer.context.set_offline(False)
    page.wait_for_function("() => document.querySelector('[name=title]')")
    while "application/json" not in slow:
        page.wait_for_timeout(50)
    button.click()
    page.locator("details.priority").wait_for()
    assert [card.title for card in PriorityDraft.objects.all()] == ["Demo: medir juntos"]
    writer.complaints = [words for words in writer.complaints if "ERR_INTERNET_DISCONNECTED" not in words]


#: What a person does is counted where it arrives: each click, each field that is left changed.
COUNT = """() => {
  const one = (event) => { if (event.isTrusted || event.type === "change") window.counted(event.type); };
  for (const what of ["click", "change"]) addEventListener(what, one, true);
}"""


def test_five_priorities_from_last_years_plan_in_less_than_sixty_interactions(visit):
    """A new delegate on a phone: four go on, one changes, one is done, one does not continue and why; one line on a
    threat; the connection goes once in the middle of it, and nothing is lost."""
    theme, now, organization = make.theme("interconexion"), clock.now(), make.organization("DEMO-A")
    old = make.plan(make.cycle(2029, state="closed"), organization, state="closed")
    for n in range(1, 8):
        make.priority(
            old, f"Demo: de antes {n}", theme=theme, why_es="Demo: porque sí", action_es="Demo: un taller", rank=n
        )
    make.cycle(2030, now)
    writer, done = visit(PHONE), []
    writer.context.expose_function("counted", lambda what: done.append(what))
    writer.context.add_init_script(f"({COUNT})()")
    page = writer.page
    writer.sign_in(make.delegate(organization).email)

    def tap(selector, n=0):
        page.locator(selector).nth(n).click()
        page.wait_for_load_state()

    def write(selector, words):
        page.fill(selector, words)
        page.locator(selector).evaluate("field => field.dispatchEvent(new Event('change', {bubbles: true}))")

    tap("nav a[href$='/priorities/']")
    tap("a[href$='/priorities/mine/']")
    tap("form[action*='/plans/'] button")
    for _n in range(4):
        tap("form[action$='/draft/from/CASA-2029-PRI-00" + str(_n + 1) + "/'] button:not([name])")
    tap("form[action*='/draft/from/CASA-2029-PRI-006/end/'] >> xpath=../summary")
    tap("form[action*='/draft/from/CASA-2029-PRI-006/end/'] button[value=done]")
    tap("form[action*='/draft/from/CASA-2029-PRI-007/end/'] >> xpath=../summary")
    write("form[action*='/draft/from/CASA-2029-PRI-007/end/'] [name=words]", "Demo: no hubo fondos")
    tap("form[action*='/draft/from/CASA-2029-PRI-007/end/'] button[value=dropped]")
    tap("form[action$='/draft/from/CASA-2029-PRI-005/'] button[name=change]")
    says = page.locator("[data-autosave-says]")
    writer.context.set_offline(True)
    write("[name=action]", "Demo: dos talleres")
    says.get_by_text("Sin conexión").wait_for()
    tap("section.priority--open button.btn")
    assert page.input_value("[name=action]") == "Demo: dos talleres", "the button sends nobody into the void"
    writer.context.set_offline(False)
    says.get_by_text("Guardado").wait_for()
    tap("section.priority--open button.btn")
    tap("a[href*='/threats/new/']")
    tap("[name=kind]")
    write("[name=title]", "Demo: bloqueo sin juicio")
    tap(".form__actions button")
    writer.go("/es/priorities/mine/")
    tap(".submit-bar button")
    plan = PriorityPlan.objects.get(cycle__year=2030)
    assert plan.state == "submitted"
    assert 15 <= len(done) < 60, done
    filed = plan.priorities.order_by("rank")
    assert [row.continues.title_es for row in filed] == [f"Demo: de antes {n}" for n in range(1, 6)]
    assert filed.last().action_es == "Demo: dos talleres"
    assert list(old.priorities.order_by("rank").values_list("state", flat=True)[5:]) == ["fulfilled", "not_continued"]
    assert ThreatOpportunity.objects.get().organization == organization
    writer.complaints = [words for words in writer.complaints if "ERR_INTERNET_DISCONNECTED" not in words]
