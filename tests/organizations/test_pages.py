"""Pages of organisations: the composition on any day, and what every app knows of one."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.models import Attendance
from organizations.models import Mandate
from organizations.services import end_mandate
from organizations.states import OrganizationKind, Role
from tests import factories as make

pytestmark = pytest.mark.django_db
LANGUAGES = ("es", "pt", "en")


def queries(client, address):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_open_in_every_language(client, language):
    make.organization("DEMOA")
    for page in ("", "?on=2024-01-22", "demoa/"):
        response = client.get(f"/{language}/organizations/{page}")
        assert response.status_code == 200
        assert "csrf" not in response.content.decode()
        assert not response.cookies


def test_members_stand_apart_from_partners(client):
    make.organization("DEMOA")
    make.organization("DEMOB", kind=OrganizationKind.PARTNER)
    context = client.get("/es/organizations/").context
    assert [o.acronym for o in context["members"]] == ["DEMOA"]
    assert [[o.acronym for o in rows] for _kind, rows in context["others"]] == [[], ["DEMOB"], []]


def test_the_composition_of_a_past_day(client):
    make.organization("DEMOA", member_from=datetime.date(2015, 1, 1))
    make.organization("DEMOB", member_until=datetime.date(2013, 12, 31))
    on = {day: client.get(f"/es/organizations/?on={day}").context for day in ("2010-06-01", "2013-12-31", "2020-01-01")}
    members = {day: [o.acronym for o in context["members"]] for day, context in on.items()}
    assert members == {"2010-06-01": ["DEMOB"], "2013-12-31": ["DEMOB"], "2020-01-01": ["DEMOA"]}


@pytest.mark.parametrize("on", ["22/01/2024", "2024-13-40", "x" * 5000, "20240122", "<script>", "0000-00-00"])
def test_a_day_that_is_none_is_answered_with_a_sentence(client, on):
    response = client.get("/en/organizations/", {"on": on})
    assert response.status_code == 200
    assert "notice--warn" in response.content.decode()
    assert "<script>" not in response.content.decode()


def test_an_unknown_organisation_is_no_page(client):
    assert client.get("/es/organizations/nobody/").status_code == 404


def fill(organization, n):
    """An organisation with `n` of everything its page shows."""
    committee = make.committee(seats=n)
    cycle = make.cycle(2025, state="published")
    plan = make.plan(cycle, organization, state="closed")
    for seat in committee.seats.all():
        make.term(seat, organization)
        Attendance.objects.create(meeting=make.meeting(2024, state="published"), organization=organization)
        make.action(organization)
        make.visit(2024).hosts.add(organization)
        make.training(2024).hosts.add(organization)
        make.priority(plan)


def test_the_page_costs_the_same_with_three_rows_and_with_thirty(client):
    small, large = make.organization("DEMOA"), make.organization("DEMOB")
    fill(small, 3)
    for n in range(27):
        make.organization(f"DEMOX{n}")
    lists = queries(client, "/es/organizations/")
    few = queries(client, "/es/organizations/demoa/")
    from priorities.models import PlanningCycle

    PlanningCycle.objects.update(year=2023)
    fill(large, 30)
    assert queries(client, "/es/organizations/demob/") == few <= 8
    assert queries(client, "/es/organizations/") == lists <= 8


def test_the_page_shows_what_is_public_and_hides_the_rest(client, signed_in):
    organization = make.organization("DEMOA")
    fill(organization, 1)
    make.action(organization, visibility="community", title_es="Acción reservada")
    make.visit(2024, visibility="community", title_es="Visita reservada").hosts.add(organization)
    page = client.get("/es/organizations/demoa/").content.decode()
    assert "Visita Demo" in page
    assert "Taller Demo" in page
    assert "Prioridad Demo" in page
    assert "reservada" not in page
    page = signed_in(make.delegate(organization)).get("/es/organizations/demoa/").content.decode()
    assert "Acción reservada" in page
    assert "Visita reservada" in page


def test_a_delegate_who_holds_no_seat_is_not_named(client):
    organization = make.organization("DEMOA")
    make.delegate(organization)
    assert "Demo Persona" not in client.get("/es/organizations/demoa/").content.decode()


def test_a_former_holder_is_shown_as_former(client):
    organization = make.organization("DEMOA")
    seat = make.committee(seats=1).seats.get()
    make.term(seat, organization, ended_on=datetime.date(2025, 1, 1))
    context = client.get("/es/organizations/demoa/").context
    assert (len(context["seats"]), len(context["former_seats"])) == (0, 1)


# Mandates and roles across the portal


def test_a_lead_names_a_delegate_and_another_lead_may_not(signed_in, mailoutbox):
    own, other = make.organization("DEMOA"), make.organization("DEMOB")
    form = {
        "name": "Demo Nueva",
        "email": "nueva@example.org",
        "role": "delegate",
        "starts_on": "2026-01-01",
        "language": "es",
        "zone": "America/Montevideo",
    }
    page = "/es/organizations/demoa/mandates/"
    assert signed_in(make.holder(Role.LEAD, other)).get(page).status_code == 403
    assert signed_in(make.holder(Role.LEAD, other)).post(page + "new/", form).status_code == 403
    lead = signed_in(make.holder(Role.LEAD, own))
    assert lead.post(page + "new/", form | {"starts_on": "nonsense"}).status_code == 422
    assert lead.post(page + "new/", form).status_code == 302
    assert Mandate.objects.get(organization=own, role="delegate").person.name == "Demo Nueva"
    assert "Demo Nueva" in lead.get(page).content.decode()


def test_a_visitor_is_asked_to_sign_in(client):
    make.organization("DEMOA")
    for page in ("demoa/mandates/", "demoa/mandates/new/", "house-roles/", "house-roles/new/"):
        assert client.get(f"/es/organizations/{page}").status_code == 302


def test_administrators_name_house_roles_and_the_team_only_reads_them(signed_in):
    form = {
        "name": "Demo Equipo",
        "email": "equipo@example.org",
        "role": "coordination",
        "starts_on": "2026-01-01",
        "language": "es",
        "zone": "America/Montevideo",
    }
    team = signed_in(make.coordination())
    assert team.get("/es/organizations/house-roles/").status_code == 200
    assert team.post("/es/organizations/house-roles/new/", form).status_code == 403
    administrator = signed_in(make.administrator())
    assert administrator.post("/es/organizations/house-roles/new/", form | {"role": "lead"}).status_code == 422
    assert administrator.post("/es/organizations/house-roles/new/", form).status_code == 302
    assert Mandate.objects.filter(role="coordination", person__name="Demo Equipo").exists()


def test_ending_a_house_role_goes_back_to_the_list_and_the_last_administrator_stays(signed_in):
    first, second = make.administrator(), make.administrator()
    administrator = signed_in(first)
    mandate = second.person.mandates.get()
    response = administrator.post(f"/es/organizations/mandates/{mandate.pk}/end/")
    assert response.headers["Location"] == "/es/organizations/house-roles/"
    own = first.person.mandates.get()
    response = administrator.post(f"/es/organizations/mandates/{own.pk}/end/", follow=True)
    own.refresh_from_db()
    assert own.ends_on is None
    assert "notice--error" in response.content.decode()


def test_a_delegate_ends_nobody(signed_in):
    organization = make.organization("DEMOA")
    lead = make.holder(Role.LEAD, organization).person.mandates.get()
    delegate = signed_in(make.delegate(organization))
    assert delegate.post(f"/es/organizations/mandates/{lead.pk}/end/").status_code == 403
    assert delegate.post("/es/organizations/mandates/99999999999999999999/end/").status_code == 404
    lead.refresh_from_db()
    assert lead.ends_on is None


def test_an_ended_mandate_stays_on_record():
    organization = make.organization()
    mandate = make.delegate(organization).person.mandates.get()
    from core import clock

    end_mandate(mandate, last_day=datetime.date(2025, 6, 30), actor=make.coordination(), now=clock.now())
    mandate.refresh_from_db()
    assert mandate.runs_on(datetime.date(2025, 6, 30))
    assert not mandate.runs_on(datetime.date(2025, 7, 1))


def mandate_form(**changes):
    return {
        "name": "Demo",
        "email": "nueva@example.org",
        "role": "member",
        "starts_on": "2026-01-01",
        "language": "es",
        "zone": "America/Montevideo",
    } | changes


def test_an_address_longer_than_the_database_keeps_is_refused_beside_the_field(signed_in):
    lead = make.holder(Role.LEAD, make.organization("DEMOA"))
    address = f"{'a' * 60}@{'.'.join(['b' * 60] * 3)}.{'c' * 9}.com"
    assert len(address) == 257
    answer = signed_in(lead).post("/es/organizations/demoa/mandates/new/", mandate_form(email=address))
    assert "email" in answer.context["form"].errors
    assert Mandate.objects.count() == 1


def test_a_role_from_the_first_day_of_the_calendar_can_be_ended(signed_in):
    web = signed_in(make.holder(Role.LEAD, make.organization("DEMOA")))
    assert web.post("/es/organizations/demoa/mandates/new/", mandate_form(starts_on="0001-01-01")).status_code == 302
    given = Mandate.objects.get(role=Role.MEMBER)
    assert web.post(f"/es/organizations/mandates/{given.pk}/end/").status_code == 302
    given.refresh_from_db()
    assert given.ends_on is not None
