"""Who sees what: role × state × surface. What one may not see does not exist."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from commons.models import ActionItem
from core import clock
from core.records.rows import rows
from core.visibility import Visibility
from meetings.documents.calendars import calendar_of
from meetings.models import AgendaItem, Decision, Meeting
from meetings.services.actions import NewAction, record_action
from meetings.services.meetings import set_visibility
from meetings.services.outcome import publish_meeting, write_outcome
from meetings.states import MeetingState
from organizations.states import Role
from tests import factories as make

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()
PUBLIC, COMMUNITY, PRIVATE = Visibility.PUBLIC, Visibility.COMMUNITY, Visibility.PRIVATE
CALLED = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)


@pytest.fixture
def readers():
    organization = make.organization()
    return {
        "visitor": NOBODY,
        "no role": make.user(),
        "guest": make.holder(Role.MEMBER, make.organization(kind="guest")),
        "member": make.holder(Role.MEMBER, organization),
        "delegate": make.delegate(organization),
        "former": make.holder(Role.DELEGATE, organization, ends_on=datetime.date(2021, 1, 1)),
        "administrator": make.administrator(),
        "coordination": make.coordination(),
    }


OUTSIDE = {"visitor", "no role", "guest", "former", "administrator"}
COMMUNITY_READERS = {"member", "delegate", "coordination"}
EVERYBODY = OUTSIDE | COMMUNITY_READERS
TEAM = {"coordination"}


def who_sees(model, row, readers):
    now = clock.now()
    return {name for name, user in readers.items() if model.objects.visible_to(user, now).filter(pk=row.pk).exists()}


@pytest.mark.parametrize("state", MeetingState.values)
@pytest.mark.parametrize("visibility", [PUBLIC, COMMUNITY, PRIVATE])
def test_meetings(readers, state, visibility):
    meeting = make.meeting(2026, state=state, visibility=visibility, convened_at=CALLED)
    expected = {PUBLIC: EVERYBODY, COMMUNITY: COMMUNITY_READERS, PRIVATE: TEAM}[visibility]
    assert who_sees(Meeting, meeting, readers) == (TEAM if state == "planned" else expected)


def test_a_meeting_cancelled_before_anybody_was_called_stays_unknown(readers):
    meeting = make.meeting(2026, state="cancelled", visibility=PUBLIC)
    assert who_sees(Meeting, meeting, readers) == TEAM


@pytest.mark.parametrize("state", MeetingState.values)
@pytest.mark.parametrize("of_meeting", [PUBLIC, COMMUNITY, PRIVATE])
@pytest.mark.parametrize("visibility", [PUBLIC, COMMUNITY, PRIVATE])
def test_decisions_never_show_what_their_meeting_hides(readers, state, of_meeting, visibility):
    meeting = make.meeting(2026, state=state, visibility=of_meeting, convened_at=CALLED)
    decision = make.decision(meeting, visibility=visibility)
    if state == "planned" or PRIVATE in (visibility, of_meeting):
        expected = TEAM
    elif state == "published" and visibility == of_meeting == PUBLIC:
        expected = EVERYBODY
    else:
        expected = COMMUNITY_READERS
    assert who_sees(Decision, decision, readers) == expected


@pytest.mark.parametrize("state", ["planned", "convened", "published"])
@pytest.mark.parametrize("of_meeting", [PUBLIC, COMMUNITY, PRIVATE])
@pytest.mark.parametrize("visibility", [PUBLIC, COMMUNITY, PRIVATE])
def test_agenda_items_never_show_what_their_meeting_hides(readers, state, of_meeting, visibility):
    meeting = make.meeting(2026, state=state, visibility=of_meeting)
    item = AgendaItem.objects.create(meeting=meeting, position=1, title_es="Tema", visibility=visibility)
    if state == "planned" or PRIVATE in (visibility, of_meeting):
        expected = TEAM
    else:
        expected = EVERYBODY if visibility == of_meeting == PUBLIC else COMMUNITY_READERS
    assert who_sees(AgendaItem, item, readers) == expected


def undertake(meeting, visibility, decision=None):
    return record_action(
        meeting,
        action=NewAction(
            decision=decision,
            title="Tarea",
            language="es",
            organization=make.organization(),
            person=None,
            due_on=None,
            visibility=visibility,
        ),
        actor=make.coordination(),
        now=clock.now(),
    )


@pytest.mark.parametrize("state", ["convened", "in_session", "held", "published"])
@pytest.mark.parametrize("of_meeting", [PUBLIC, COMMUNITY])
@pytest.mark.parametrize("visibility", [PUBLIC, COMMUNITY])
def test_actions_wait_for_the_outcome_as_decisions_do(readers, state, of_meeting, visibility):
    meeting = make.meeting(2026, state=state, visibility=of_meeting)
    action = undertake(meeting, visibility)
    everybody = state == "published" and visibility == of_meeting == PUBLIC
    assert who_sees(ActionItem, action, readers) == (EVERYBODY if everybody else COMMUNITY_READERS)


def test_publishing_shows_the_actions_and_narrowing_takes_them_in_again(readers, client):
    meeting, team = make.meeting(2026, state="held"), make.coordination()
    decision = make.decision(meeting)
    actions = [undertake(meeting, PUBLIC), undertake(meeting, PUBLIC, decision)]
    write_outcome(meeting, language="es", body="Texto", actor=team, now=clock.now())
    elsewhere = undertake(make.meeting(2026, state="held"), PUBLIC)
    assert [client.get(action.get_absolute_url()).status_code for action in actions] == [404, 404]
    publish_meeting(meeting, visibility=PUBLIC, actor=team, now=clock.now())
    assert [who_sees(ActionItem, action, readers) for action in actions] == [EVERYBODY, EVERYBODY]
    assert who_sees(ActionItem, elsewhere, readers) == COMMUNITY_READERS
    set_visibility(meeting, visibility=COMMUNITY, actor=team, now=clock.now())
    assert [who_sees(ActionItem, action, readers) for action in actions] == [COMMUNITY_READERS] * 2
    set_visibility(meeting, visibility=PUBLIC, actor=team, now=clock.now())
    assert [who_sees(ActionItem, action, readers) for action in actions] == [EVERYBODY, EVERYBODY]


@pytest.mark.parametrize("visibility", [PUBLIC, COMMUNITY, PRIVATE])
def test_every_surface_asks_the_same_question(readers, client, visibility):
    """Page, list, decision page, calendar file, feed entries and threads."""
    meeting = make.meeting(2026, state="published", visibility=visibility)
    decision = make.decision(meeting, visibility=PUBLIC)
    expected = {PUBLIC: EVERYBODY, COMMUNITY: COMMUNITY_READERS, PRIVATE: TEAM}[visibility]
    now = clock.now()
    for name, user in readers.items():
        client.logout()
        if user is not NOBODY:
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        status = 200 if name in expected else 404
        for path in (f"{meeting.code}/", f"{meeting.code}/calendar.ics", f"decisions/{decision.code}/"):
            assert client.get(f"/es/meetings/{path}").status_code == status, (name, path)
        assert (meeting.code in client.get("/es/meetings/").content.decode()) == (name in expected), name
        assert bool(calendar_of(user, now, "es").entries) == (name in expected), name
        assert (set(rows([meeting.code, decision.code], user, now)) == {meeting.code, decision.code}) == (
            name in expected
        )


def test_names_notes_objections_and_remote_address_stay_among_the_organisations(client, signed_in):
    organization = make.organization()
    meeting = make.meeting(2026, state="published", link="https://meet.example.org/x")
    AgendaItem.objects.create(meeting=meeting, position=1, title_es="Tema", note="nota interna", visibility=PUBLIC)
    known, unknown = make.person("Demo Conocida", is_public=True), make.person("Demo Reservada")
    for person in (None, known, unknown):
        meeting.attendances.create(organization=organization, person=person, presence="in_person")
    decision = make.decision(meeting, objections="una objeción")
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "Demo Conocida" in page and organization.acronym in page
    for hidden in ("Demo Reservada", "nota interna", "meet.example.org"):
        assert hidden not in page
    assert "una objeción" not in client.get(decision.get_absolute_url()).content.decode()
    client = signed_in(make.delegate(organization))
    page = client.get(meeting.get_absolute_url()).content.decode()
    for shown in ("Demo Conocida", "Demo Reservada", "nota interna", "meet.example.org"):
        assert shown in page
    assert "una objeción" in client.get(decision.get_absolute_url()).content.decode()


def test_items_keep_their_own_wish_on_the_page(client):
    meeting = make.meeting(2026, state="convened")
    for visibility, title in ((PUBLIC, "Abierto"), (COMMUNITY, "Interno"), (PRIVATE, "Reservado")):
        AgendaItem.objects.create(meeting=meeting, position=1, title_es=title, visibility=visibility)
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "Abierto" in page and "Interno" not in page and "Reservado" not in page
