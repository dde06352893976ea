"""An organisation's year, and handing over what is open in somebody's name."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casa import desk
from core.outbox.models import OutboxMessage
from organizations.states import Role
from priorities.models import Participant
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 6, 12, 15, tzinfo=datetime.UTC)
PAGE = "/es/my-work/demo-a/handover/"


@pytest.fixture(autouse=True)
def june():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ours():
    return make.organization("DEMO-A")


@pytest.fixture
def people(ours):
    """Who leaves, who comes, both delegates."""
    return [make.delegate(ours, language="pt-br") for _n in range(2)]


def form_data(giver, receiver, *rows):
    return {"giver": giver.person.pk, "receiver": receiver.person.pk, "codes": [row.code for row in rows]}


def test_chosen_open_things_change_hands_and_the_new_one_is_told(ours, people, signed_in):
    leaves, comes = people
    action = make.action(ours, person=leaves.person)
    part = make.participation(make.edition(make.space()), ours, person=leaves.person)
    stays, done = make.action(ours, person=leaves.person), make.action(ours, person=leaves.person, state="done")
    client = signed_in(leaves)
    assert done.code not in client.get(PAGE).content.decode()
    assert client.post(PAGE, form_data(leaves, comes, action, part)).status_code == 302
    for row, person in ((action, comes), (part, comes), (stays, leaves), (done, leaves)):
        row.refresh_from_db()
        assert row.person == person.person, row
    mail = OutboxMessage.objects.get(kind="handover")
    assert (mail.address, mail.language) == (comes.email, "pt-br")
    assert action.code in mail.text and part.code in mail.text and stays.code not in mail.text
    assert client.post(PAGE, form_data(leaves, comes, action)).status_code == 422, (
        "in a second tab it is theirs already"
    )
    assert OutboxMessage.objects.filter(kind="handover").count() == 1


@pytest.mark.parametrize("wrong", ["nothing", "same", "stranger", "ended", "garbage"])
def test_what_cannot_be_handed_over_is_told(ours, people, signed_in, wrong):
    leaves, comes = people
    action = make.action(ours, person=leaves.person)
    data = form_data(leaves, comes, action)
    if wrong == "nothing":
        data["codes"] = []
    if wrong == "same":
        data["receiver"] = leaves.person.pk
    if wrong == "stranger":
        data["receiver"] = make.delegate(make.organization()).person.pk
    if wrong == "ended":
        data["receiver"] = make.holder(Role.DELEGATE, ours, ends_on=datetime.date(2026, 1, 1)).person.pk
    if wrong == "garbage":
        data["giver"] = "9" * 400
    answer = signed_in(leaves).post(PAGE, data)
    assert answer.status_code == 422 and answer.context["form"].errors
    action.refresh_from_db()
    assert action.person == leaves.person and not OutboxMessage.objects.exists()


def test_only_who_speaks_for_it_and_the_coordination_team(ours, signed_in):
    for person in (make.coordination(), make.holder(Role.LEAD, ours)):
        assert signed_in(person).get(PAGE).status_code == 200
    for person in (make.holder(Role.EDITOR, ours), make.delegate(make.organization())):
        assert signed_in(person).get(PAGE).status_code == 403


def test_the_year_of_an_organisation_gathers_it_and_costs_the_same(ours, people, signed_in, client):
    partner = make.organization("DEMO-B")
    plan = make.plan(make.cycle(2026, state="published"), ours, state="closed")
    edition, committee = make.edition(make.space()), make.committee(seats=40)
    seats = iter(committee.seats.all())
    reader = signed_in(people[0])

    def fill(number):
        for n in range(number):
            make.priority(plan, title=f"Demo prioridad {n}", visibility="community")
            make.action(ours)
            make.participation(edition, ours)
            make.project(ours, partner)
            make.term(next(seats), ours)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            answer = reader.get("/es/my-work/demo-a/")
        assert answer.status_code == 200
        return len(queries)

    fill(3)
    make.action(partner, title_es="Demo ajena")
    few, text = cost(), reader.get("/es/my-work/demo-a/").content.decode()
    assert "Demo prioridad 2" in text and "Demo ajena" not in text
    fill(27)
    assert cost() == few <= 16
    assert reader.get("/es/my-work/demo-a/?year=nonsense").status_code == 200
    assert signed_in(make.delegate(partner)).get("/es/my-work/demo-a/").status_code == 403
    assert client.get("/es/my-work/demo-a/").status_code == 302


def test_votes_nominations_and_projects_stand_on_the_desk_until_they_are_answered(ours, people):
    voter, officer = people[0], make.coordination()
    election = make.election(
        make.committee(seats=1),
        officer.person,
        NOW - datetime.timedelta(days=11),
        state="voting",
        closes_at=NOW + datetime.timedelta(days=2),
    )
    make.on_roll(election, ours, voter)
    called = make.election(make.committee(seats=1), officer.person, NOW)
    nomination = make.nomination(called, ours, voter.person)
    project = make.project(make.organization("DEMO-B"))
    place = Participant.objects.create(project=project, organization=ours, role="partner", invited_at=NOW)
    seen = desk.read(voter, NOW)
    assert {duty.code for duty in seen.owed} == {election.code, called.code, project.code}
    assert {one.what for one in seen.soon} == {"cierra la votación", "cierran las nominaciones"}
    Participant.objects.filter(pk=place.pk).update(state="declined")
    type(nomination).objects.update(state="declined")
    election.roll.all().delete()
    assert desk.read(voter, NOW).owed == []


def test_what_waits_for_others(ours):
    editor, other = make.holder(Role.EDITOR, ours), make.organization("DEMO-B")
    part = make.participation(make.edition(make.space()), ours, state="planned")
    election = make.election(make.committee(seats=1), make.coordination().person, NOW)
    make.nomination(election, ours, name="Demo Candidata")
    project = make.project(ours)
    Participant.objects.create(project=project, organization=other, role="partner", invited_at=NOW)
    assert {duty.code for duty in desk.read(editor, NOW).waiting} == {part.code, election.code, project.code}
