"""A delegate writes on a phone: it saves by itself, the connection goes and comes back, and nothing is lost."""

import pytest

from core import clock
from priorities import services
from priorities.models import PriorityDraft, PriorityPlan
from tests import factories as make
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)


def test_words_survive_a_lost_connection(visit):
    theme, now = make.theme("interconexion"), clock.now()
    cycle, delegate = make.cycle(2030, now), make.delegate(make.organization("DEMO-A"))
    plan = services.begin_plan(cycle, delegate.person.mandates.get().organization, actor=delegate, now=now)
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


def test_five_priorities_from_last_years_plan_in_less_than_sixty_interactions(visit):
    """A new delegate on a phone: four go on, one goes on changed, and the connection goes once in the middle of it."""
    theme, now, organization = make.theme("interconexion"), clock.now(), make.organization("DEMO-A")
    old = make.plan(make.cycle(2029, state="published"), organization, state="closed")
    for n in range(1, 6):
        make.priority(
            old, f"Demo: de antes {n}", theme=theme, why_es="Demo: porque sí", action_es="Demo: un taller", rank=n
        )
    make.cycle(2030, now)
    writer = visit(PHONE)
    writer.sign_in(make.delegate(organization).email)
    page, taps = writer.page, 0

    def tap(selector):
        nonlocal taps
        page.locator(selector).first.click()
        page.wait_for_load_state()
        taps += 1

    writer.go("/es/priorities/mine/")
    tap("form[action*='/plans/'] button")
    for _n in range(4):
        tap("form[action*='/draft/from/'] button:not([name])")
    tap("form[action*='/draft/from/'] button[name=change]")
    says = page.locator("[data-autosave-says]")
    writer.context.set_offline(True)
    page.fill("[name=action]", "Demo: dos talleres")
    taps += 1
    says.get_by_text("Sin conexión").wait_for()
    writer.context.set_offline(False)
    says.get_by_text("Guardado").wait_for()
    tap("section.priority--open button.btn >> nth=0")
    tap(".submit-bar button")
    plan = PriorityPlan.objects.get(cycle__year=2030)
    assert plan.state == "submitted" and taps < 60
    filed = plan.priorities.order_by("rank")
    assert [row.continues.title_es for row in filed] == [f"Demo: de antes {n}" for n in range(1, 6)]
    assert filed.last().action_es == "Demo: dos talleres"
    writer.complaints = [words for words in writer.complaints if "ERR_INTERNET_DISCONNECTED" not in words]
