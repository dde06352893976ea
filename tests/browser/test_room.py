"""At the table: words that outlive a closed window, and sentences that become decisions and actions."""

import datetime

import pytest
from playwright.sync_api import expect

from commons.models import ActionItem
from meetings.models import AgendaItem, Decision, MinutesRevision
from meetings.services.agenda import place_item
from meetings.services.minutes import write_part
from meetings.services.room import answer_question, ask_question, record_arrival, record_departure, set_current_item
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
        set_current_item(self.meeting, item=self.item, actor=self.team, now=NOW)
        record_arrival(self.meeting, organization=self.ours, presence="in_person", actor=self.team, now=NOW)

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
        write_part(table.meeting, item=table.item, body="Lo ajeno.", base_number=0, actor=table.second, now=NOW)
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
        stored_keys = "Object.keys(localStorage).filter((key) => key.startsWith('notes/'))"
        assert len(writer.page.evaluate(stored_keys)) == 1
        writer.page.locator(".bar summary").click()
        writer.page.locator(".bar form button").click()
        writer.page.wait_for_url("**/es/")
        assert writer.page.evaluate(stored_keys) == []

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


class TestSentences:
    NOTES = "Se habló de todo.\n\n- UNO escribe la guía común.\n- Cada año se revisa."

    def at(self, visitor, table, words):
        """The notes open, the cursor in the line with these words."""
        write_part(table.meeting, item=table.item, body=self.NOTES, base_number=0, actor=table.team, now=NOW)
        visitor.sign_in(table.team.email)
        visitor.go(table.notes)
        notes, place = visitor.page.locator("textarea[name=body]"), self.NOTES.index(words)
        notes.focus()
        notes.evaluate(f"(field) => field.setSelectionRange({place}, {place})")
        return notes

    def press(self, visitor, keys):
        with visitor.context.expect_page() as opened:
            visitor.page.keyboard.press(keys)
        opened.value.wait_for_load_state()
        return opened.value

    def test_a_line_becomes_a_decision_of_its_point_in_two_keystrokes(self, table, visit):
        writer = visit()
        set_current_item(table.meeting, item=table.items[1], actor=table.team, now=NOW)
        self.at(writer, table, "Cada año")
        form = self.press(writer, "Control+Enter")
        assert form.locator("[name=title]").input_value() == "Cada año se revisa."
        form.keyboard.press("Enter")
        form.wait_for_url("**/room/")
        decision = Decision.objects.get()
        assert (decision.title_es, decision.item) == ("Cada año se revisa.", table.item), (
            "of the notes, not of the wall"
        )
        assert "Cada año se revisa." in writer.page.locator("[data-took]").inner_text(), "said to who cannot see it"
        assert writer.page.locator("textarea[name=body]").input_value() == self.NOTES

    def test_marked_words_become_an_action_of_whom_they_name(self, table, visit):
        writer = visit()
        notes = self.at(writer, table, "UNO escribe")
        start = self.NOTES.index("UNO")
        notes.evaluate(f"(field) => field.setSelectionRange({start}, {start + 27})")
        form = self.press(writer, "Control+Shift+Enter")
        assert form.locator("[name=title]").input_value() == "UNO escribe la guía común."
        form.keyboard.press("Enter")
        form.wait_for_url("**/room/")
        action = ActionItem.objects.get()
        assert (action.title_es, action.organization) == ("UNO escribe la guía común.", table.ours)

    def test_who_and_until_when_are_asked_and_the_sentence_stays(self, table, visit):
        writer = visit()
        self.at(writer, table, "Cada año")
        form = self.press(writer, "Control+Shift+Enter")
        assert form.evaluate("document.activeElement.name") == "organization", "what is still asked"
        form.locator("main form [type=submit]").click()
        form.locator(".field--error [name=organization]").wait_for()
        assert form.locator("[name=title]").input_value() == "Cada año se revisa." and not ActionItem.objects.exists()
        form.select_option("[name=organization]", label="UNO")
        form.fill("[name=due_on]", "2030-06-30")
        form.locator("main form [type=submit]").click()
        form.wait_for_url("**/room/")
        action = ActionItem.objects.get()
        assert (action.organization, action.due_on) == (table.ours, datetime.date(2030, 6, 30))

    def test_without_scripts_the_links_lead_to_the_same_forms(self, table, visit):
        writer = visit(java_script_enabled=False)
        self_service = f"/es/meetings/{table.meeting.code}"
        writer.sign_in(table.team.email)
        writer.go(table.notes)
        links = writer.page.locator("[data-takes-words]")
        assert links.count() == 2
        assert links.nth(0).get_attribute("href") == f"{self_service}/room/decision/?item={table.item.pk}"
        assert links.nth(1).get_attribute("href") == f"{self_service}/actions/new/"


class TestOrder:
    def titles(self, table):
        return [item.title_es for item in table.meeting.agenda.in_order()]

    def drag(self, page, item, onto):
        """Take a point by its grip and let go of it on the lower half of another."""
        page.locator(f"#item-{item.pk} [data-grip]").scroll_into_view_if_needed()
        grip = page.locator(f"#item-{item.pk} [data-grip]").bounding_box()
        goal = page.locator(f"#item-{onto.pk}").bounding_box()
        page.mouse.move(grip["x"] + 10, grip["y"] + 10)
        page.mouse.down()
        page.mouse.move(goal["x"] + 40, goal["y"] + goal["height"] / 2, steps=8)
        page.mouse.move(goal["x"] + 40, goal["y"] + goal["height"] - 2, steps=8)

    def test_a_point_is_dragged_where_it_belongs(self, table, visit):
        editor = visit()
        editor.sign_in(table.team.email)
        editor.go(f"/es/meetings/{table.meeting.code}/agenda/")
        self.drag(editor.page, table.items[0], table.items[2])
        with editor.page.expect_navigation():
            editor.page.mouse.up()
        assert self.titles(table) == ["Demo: trabajos", "Demo: cierre", "Demo: prioridades"]
        self.drag(editor.page, table.items[1], table.items[0])
        editor.page.keyboard.press("Escape")
        editor.page.mouse.up()
        assert editor.page.locator(".agenda > li strong").all_inner_texts()[0] == "Demo: trabajos", (
            "let go of by Escape"
        )
        place_item(table.items[0], place=0, actor=table.second, now=NOW)
        self.drag(editor.page, table.items[1], table.items[0])
        with editor.page.expect_navigation():
            editor.page.mouse.up()
        assert "otra persona cambió el orden" in editor.page.locator("main").inner_text()
        assert self.titles(table) == ["Demo: prioridades", "Demo: trabajos", "Demo: cierre"]

    def test_with_a_finger_and_with_the_keyboard_too(self, table, visit):
        editor = visit(PHONE, has_touch=True)
        editor.sign_in(table.team.email)
        editor.go(f"/es/meetings/{table.meeting.code}/agenda/")
        page = editor.page
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        grip = page.locator(f"#item-{table.items[0].pk} [data-grip]")
        grip.scroll_into_view_if_needed()
        box, goal = grip.bounding_box(), page.locator(f"#item-{table.items[1].pk}").bounding_box()
        touch = editor.context.new_cdp_session(page)

        def finger(kind, *places):
            points = [{"x": x, "y": y} for x, y in places]
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        finger("touchStart", (box["x"] + 15, box["y"] + 15))
        for n in range(1, 9):
            finger(
                "touchMove", (box["x"] + 15, box["y"] + 15 + n * (goal["y"] + goal["height"] - 2 - box["y"] - 15) / 8)
            )
        with page.expect_navigation():
            finger("touchEnd")
        assert self.titles(table) == ["Demo: trabajos", "Demo: prioridades", "Demo: cierre"]
        button = page.locator(f"#item-{table.items[2].pk}").get_by_role("button", name="Adelantar")
        button.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert self.titles(table) == ["Demo: trabajos", "Demo: cierre", "Demo: prioridades"]


@pytest.mark.parametrize("size", [{"width": 1280, "height": 720}, {"width": 1920, "height": 1080}])
def test_the_wall_shows_all_that_matters_without_scrolling(table, visit, size):
    others = [make.organization(name) for name in ("DOS", "TRES", "CUATRO", "CINCO", "SEIS", "SIETE")]
    for one in others[:4]:
        record_arrival(table.meeting, organization=one, presence="in_person", actor=table.team, now=NOW)
    record_departure(table.meeting, organization=others[3], actor=table.team, now=NOW)
    text = "Publicar la guía común en tres idiomas y presentarla juntas en el foro"
    question = ask_question(table.meeting, kind="hands", text=text, actor=table.team, now=NOW)
    for one, stand in ((table.ours, "for"), (others[0], "for"), (others[1], "against")):
        answer_question(
            question, organization=one, answer=stand, reason="Falta presupuesto.", actor=table.team, now=NOW
        )
    wall = visit(size)
    wall.sign_in(table.team.email)
    wall.go(f"/es/meetings/{table.meeting.code}/room/?wall=1")
    wall_text = wall.page.locator(".wall").inner_text()
    assert "Aún no llegan: SEIS SIETE" in wall_text and "Salieron: CINCO" in wall_text and "no asistió" not in wall_text
    for words in (
        "Demo: prioridades",
        "4 organizaciones presentes",
        "hay quórum",
        "Aún no llegan",
        text,
        "A favor: 2",
        "En contra: 1",
        "Se abstiene: 0",
        "sin responder",
        "Sigue: Demo: trabajos",
    ):
        box = wall.page.get_by_text(words).first.bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= size["height"], words
        assert box["x"] + box["width"] <= size["width"], words
