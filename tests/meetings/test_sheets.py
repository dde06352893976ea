"""The agenda from an earlier meeting and from a spreadsheet; agenda and attendance out; the sheet that goes round."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.errors import Incomplete, NotNow
from meetings.models import AgendaItem, Attendance
from meetings.services.agenda import ItemContent, copy_items, import_items
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 1, 5, 12, tzinfo=datetime.UTC)


def page(name, *args):
    return reverse(f"meetings:{name}", args=args)


@pytest.fixture
def team():
    return make.coordination()


@pytest.fixture
def meeting():
    return make.meeting(2026, visibility="public")


def item(meeting, title, position=1, **fields):
    defaults = {"visibility": "public", "minutes": 20, "title_es": title}
    return AgendaItem.objects.create(meeting=meeting, position=position, **defaults | fields)


def test_an_earlier_agenda_is_taken_over_day_by_day(meeting, team, signed_in):
    before = make.meeting(2025, state="published", title_es="Demo: la de antes")
    first, last = before.days
    item(before, "Apertura", day=first, begins_at=datetime.time(9), note="De aquella", title_pt="Abertura")
    closing = item(before, "Cierre", day=last, kind="decision")
    loose = item(before, "Sin día")
    browser, address = signed_in(team), page("agenda_copy", meeting.code)
    assert "Demo: la de antes" in browser.get(address).content.decode()
    copy_address = address + f"?from={before.code}"
    assert browser.get(copy_address).content.decode().count("checked") == 3
    assert browser.post(copy_address, {"items": []}).status_code == 422
    assert browser.post(copy_address, {"items": ["999999"]}).status_code == 422
    everything = [str(one.pk) for one in before.agenda.all()]
    assert browser.post(copy_address, {"items": everything}).status_code == 302
    copies = {one.title_es: one for one in meeting.agenda.all()}
    assert [(name, one.day) for name, one in copies.items()] == [
        ("Sin día", None),
        ("Apertura", meeting.days[0]),
        ("Cierre", meeting.days[1]),
    ]
    opening = copies["Apertura"]
    assert (opening.begins_at, opening.note, opening.title_pt, opening.minutes) == (None, "", "Abertura", 20)
    assert (before.agenda.count(), closing.meeting, loose.meeting) == (3, before, before)
    with pytest.raises(Incomplete):
        copy_items(meeting, items=[], actor=team, now=NOW)


def send(client, meeting, text, **more):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(
        page("agenda_import", meeting.code), {"file": SimpleUploadedFile("a.csv", data, "text/csv")} | more
    )


def test_what_goes_out_comes_in_again(meeting, team, signed_in):
    lacnic = make.organization("DEMO-X")
    item(
        meeting,
        "Apertura; bienvenida",
        day=meeting.days[0],
        begins_at=datetime.time(9, 30),
        presenter=lacnic,
        note="=1",
    )
    item(meeting, "Demo: cierre", position=2, day=meeting.days[1], kind="decision", visibility="community")
    browser = signed_in(team)
    table = browser.get(page("agenda_csv", meeting.code)).content
    other = make.meeting(2026, visibility="public")
    looked = send(browser, other, table)
    assert looked.status_code == 200 and not other.agenda.exists(), "nothing is added by looking"
    text = looked.context["form"].cleaned_data["text"]
    assert browser.post(page("agenda_import", other.code), {"text": text, "step": "add"}).status_code == 302
    assert browser.get(page("agenda_csv", other.code)).content == table


def test_one_wrong_row_and_nothing_is_added(meeting, team, signed_in):
    browser = signed_in(team)
    looked = send(
        browser,
        meeting,
        (
            "title;kind;minutes;day;begins_at;presenter;visibility;language;owner\n"
            "Bien;;;;;;;;\n"
            "Mal;baile;0;2031-01-01;99:99;NADIE;todos;es;x\n"
            ";;;;;;;;z\n"
        ),
    )
    assert looked.status_code == 422
    wrong = [{name for name, _words in row.problems} for row in looked.context["form"].rows]
    assert wrong == [set(), {"kind", "minutes", "day", "begins_at", "presenter", "visibility"}, {"title"}]
    text = looked.context["form"].cleaned_data["text"]
    assert browser.post(page("agenda_import", meeting.code), {"text": text, "step": "add"}).status_code == 422
    assert not meeting.agenda.exists()
    for bad in (b"", b"kind\nx", b"PK\x03\x04\0\0", b"title\n" + b"x\n" * 201):
        assert list(send(browser, meeting, bad).context["form"].errors) == ["file"], bad[:20]


def test_a_published_agenda_stays_as_it_is(team):
    closed = make.meeting(2026, state="published")
    with pytest.raises(NotNow):
        content = ItemContent({"es": "x"}, language="es", kind="discussion", minutes=5, visibility="public")
        import_items(closed, contents=[content], actor=team, now=NOW)


def test_visitors_take_along_what_they_may_read(meeting, client):
    item(meeting, "Para todos", note="callado")
    item(meeting, "callado", position=2, visibility="community")
    text = client.get(page("agenda_csv", meeting.code)).content.decode()
    assert "Para todos" in text and "callado" not in text


def test_attendance_goes_out_and_the_sheet_names_those_called(meeting, team, signed_in):
    organization = make.organization("DEMO-X")
    person = make.person("Demo Persona")
    Attendance.objects.create(meeting=meeting, organization=organization, person=person, presence="remote")
    meeting.invitations.create(
        organization=organization,
        name="Demo Llamada",
        address="d@example.org",
        language="es",
        zone="UTC",
        invited_at=NOW,
    )
    browser = signed_in(team)
    table = browser.get(page("attendance_csv", meeting.code)).content.decode("utf-8-sig")
    assert table.splitlines()[1] == "DEMO-X,Demo Persona,remote"
    sheet = browser.get(page("attendance_sheet", meeting.code)).content.decode()
    assert "Demo Llamada" in sheet and "DEMO-X" in sheet and "Firma" in sheet


def test_attendance_that_went_out_comes_in_again(meeting, team, signed_in):
    one, two = make.organization("DEMO-X"), make.organization("DEMO-Y")
    ana = make.delegate(one).person
    browser, address = signed_in(team), page("attendance_import", meeting.code)
    rows = [(one, None, "in_person"), (one, ana, "in_person"), (two, None, "")]
    for organization, person, presence in rows:
        Attendance.objects.create(meeting=meeting, organization=organization, person=person, presence=presence)
    table = browser.get(page("attendance_csv", meeting.code)).content
    Attendance.objects.filter(organization=one).delete()

    def send(text, **more):
        return browser.post(address, {"file": SimpleUploadedFile("x.csv", text)} | more)

    looked = send(table)
    assert looked.status_code == 200 and ana.name in looked.content.decode()
    assert Attendance.objects.count() == 1, "nothing is written down until it is said"
    assert browser.post(address, {"text": table.decode("utf-8-sig"), "step": "add"}).status_code == 302
    found = Attendance.objects.order_by("organization__position", "pk")
    assert [(row.organization, row.person, row.presence) for row in found] == rows

    before = list(found.values())
    for text, column, words in (
        (b"organization,presence\nNADIE,remote", "organization", "sigla"),
        (b"organization,presence\nDEMO-X,quizas", "presence", "in_person"),
        (b"organization,presence\nDEMO-X,remote\nDEMO-X,in_person", "presence", "dice otra cosa"),
        (b"organization,person,presence\nDEMO-X,Nadie,remote", "person", "este nombre"),
    ):
        sent = send(text, step="add")
        assert sent.status_code == 422 and f"<strong>{column}</strong>" in sent.content.decode(), column
        assert words in sent.content.decode(), words
    assert list(found.values()) == before
    assert send(b"").status_code == send(b"\x00\xff").status_code == 422


def test_what_an_item_treats_is_shown_beside_it_to_members_and_open_actions_carry_themselves_over(
    meeting, team, signed_in, client
):
    organization = make.organization("DEMO-X")
    make.action(organization, 2025, title_es="Demo: vieja y abierta", due_on=datetime.date(2025, 6, 1))
    make.action(organization, 2025, title_es="Demo: ya hecha", state="done")
    for position, subject in enumerate(("plans", "threats", "projects", "balance", "election", "actions"), 1):
        item(meeting, f"Punto {subject}", position, subject=subject)
    text = signed_in(make.delegate(organization)).get(meeting.get_absolute_url()).content.decode()
    assert "Demo: vieja y abierta" in text and "Demo: ya hecha" not in text
    for address in (
        reverse("priorities:cycle_list"),
        reverse("priorities:threat_list"),
        reverse("priorities:year_balance", args=[2025]),
        reverse("priorities:project_propose") + f"?from={meeting.code}",
        reverse("elections:election_list"),
    ):
        assert address in text, address
    type(meeting).objects.filter(pk=meeting.pk).update(state="published")
    over = signed_in(make.delegate(organization)).get(meeting.get_absolute_url()).content.decode()
    assert "Demo: vieja y abierta" not in over and "No hay tareas abiertas" not in over
    type(meeting).objects.filter(pk=meeting.pk).update(state="convened")
    public = client.get(meeting.get_absolute_url()).content.decode()
    assert "Punto plans" in public and "Demo: vieja y abierta" not in public
    table = signed_in(team).get(page("agenda_csv", meeting.code)).content.decode()
    assert table.splitlines()[0].endswith("visibility,subject") and ",plans" in table
    other = make.meeting(2026)
    copy_items(other, items=meeting.agenda.all(), actor=team, now=NOW)
    assert set(other.agenda.values_list("subject", flat=True)) == {
        "plans",
        "threats",
        "projects",
        "balance",
        "election",
        "actions",
    }
