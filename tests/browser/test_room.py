"""At the table: words that outlive a closed window, and sentences that become decisions and actions."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from meetings import services
from meetings.models import AgendaItem, MinutesRevision
from tests import factories as make
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)
DAY = datetime.date(2030, 1, 24)
NOW = datetime.datetime(2030, 1, 24, 14, tzinfo=datetime.UTC)


class Table:
    """A meeting in session with two points, and its coordination team."""

    def __init__(self):
        self.team, self.second = make.coordination(), make.coordination()
        self.ours = make.organization("UNO")
        make.delegate(self.ours)
        self.meeting = make.meeting(2030, state="in_session", starts_on=DAY, ends_on=DAY, title_es="Demo: anual 2030")
        self.items = [
            AgendaItem.objects.create(
                meeting=self.meeting, position=n, title_es=title, day=DAY, minutes=30, visibility="community"
            )
            for n, title in enumerate(("Demo: prioridades", "Demo: trabajos", "Demo: cierre"), 1)
        ]
        self.item = self.items[0]
        services.treat(self.meeting, self.item, actor=self.team, now=NOW)
        services.arrive(self.meeting, self.ours, "in_person", actor=self.team, now=NOW)

    @property
    def notes(self):
        return f"/es/meetings/{self.meeting.code}/minutes/{self.item.pk}/"

    def bodies(self):
        return list(MinutesRevision.objects.order_by("number").values_list("body", flat=True))


@pytest.fixture
def table():
    return Table()


def offline(visitor, is_off):
    visitor.context.set_offline(is_off)
    # Refused while offline is a line in the console, and what these tests are about.
    visitor.complaints[:] = [line for line in visitor.complaints if "ERR_INTERNET_DISCONNECTED" not in line]


def write_without_connection(visitor, table, words):
    """Write, hear that there is no connection, close the window; the browser itself stays."""
    visitor.go(table.notes)
    offline(visitor, True)
    visitor.page.locator("textarea[name=body]").fill(words)
    visitor.page.locator("[data-autosave-says]").filter(has_text="conexión").wait_for()
    visitor.page.close(run_before_unload=False)
    offline(visitor, False)
    visitor.page = visitor.context.new_page()


class TestUnsavedWords:
    def test_come_back_in_a_new_window_and_are_saved(self, table, visit):
        writer = visit()
        writer.sign_in(table.team.email)
        write_without_connection(writer, table, "Escribir una guía común.")
        assert table.bodies() == []
        writer.go(table.notes)
        offer = writer.page.locator("[data-keeps-offer]")
        expect(offer).to_be_visible()
        assert writer.page.locator("[data-keeps-words]").input_value() == "Escribir una guía común."
        assert not writer.page.locator("[data-keeps-newer]").is_visible()
        offer.get_by_role("button", name="Recuperar lo que no se guardó").click()
        expect(writer.page.locator("[name=version]")).to_have_value("1", timeout=15_000)
        assert table.bodies() == ["Escribir una guía común."]
        writer.go(table.notes)
        assert not writer.page.locator("[data-keeps-offer]").is_visible(), "saved is no longer kept here"
        assert writer.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('notes/'))") == []

    def test_never_take_the_place_of_what_somebody_wrote_since(self, table, visit):
        writer = visit()
        writer.sign_in(table.team.email)
        write_without_connection(writer, table, "Lo mío.")
        services.write_part(table.meeting, table.item, "Lo ajeno.", base_number=0, actor=table.second, now=NOW)
        writer.go(table.notes)
        page = writer.page
        expect(page.locator("[data-keeps-newer]")).to_be_visible()
        assert page.locator("textarea[name=body]").input_value() == "Lo ajeno."
        page.locator("[data-keeps-take]").click()
        page.locator("[data-autosave-says]").filter(has_text="No se guardó").wait_for()
        assert table.bodies() == ["Lo ajeno."]
        page.locator(".form__actions button").click()
        page.locator("#theirs").wait_for()
        assert "Lo ajeno." in page.locator("main").inner_text()
        assert page.locator("textarea[name=body]").input_value() == "Lo mío."
        page.locator("textarea[name=body]").fill("Lo ajeno. Lo mío.")
        page.locator(".form__actions button").click()
        page.wait_for_url(f"**/minutes/#part-{table.item.pk}")
        assert table.bodies() == ["Lo ajeno.", "Lo ajeno. Lo mío."]

    def test_are_anothers_on_nobodys_page_and_gone_at_sign_out(self, table, visit):
        writer = visit()
        writer.sign_in(table.team.email)
        write_without_connection(writer, table, "Lo mío.")
        writer.page.goto(writer.address + f"/es/meetings/{table.meeting.code}/minutes/{table.items[1].pk}/")
        assert not writer.page.locator("[data-keeps-offer]").is_visible(), "of another point"
        kept = "Object.keys(localStorage).filter((key) => key.startsWith('notes/'))"
        assert len(writer.page.evaluate(kept)) == 1
        writer.page.locator(".bar summary").click()
        writer.page.locator(".bar form button").click()
        writer.page.wait_for_url("**/es/")
        assert writer.page.evaluate(kept) == []

    def test_the_button_leads_nobody_into_the_void_where_the_browser_knows_of_no_loss(self, table, visit):
        """A network that is there and answers nothing: navigator.onLine stays true."""
        writer = visit()
        writer.sign_in(table.team.email)
        writer.go(table.notes)
        writer.page.route(
            "**/minutes/**", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
        )
        writer.page.locator("textarea[name=body]").fill("Lo mío.")
        writer.page.locator(".form__actions button").click()
        writer.page.locator("[data-autosave-says]").filter(has_text="conexión").wait_for()
        assert writer.page.locator("textarea[name=body]").input_value() == "Lo mío."
        writer.page.unroute_all()
        writer.page.locator(".form__actions button").click()
        writer.page.wait_for_url(f"**/minutes/#part-{table.item.pk}")
        assert table.bodies() == ["Lo mío."]
        writer.complaints[:] = [line for line in writer.complaints if "ERR_FAILED" not in line]
