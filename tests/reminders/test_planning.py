"""Reminders: sent once, to those it still concerns, at an hour of their day; and taken back where it no longer holds."""

import dataclasses
import datetime

import pytest

from accounts.services import resume_mail, stop_mail
from commons.queries import answers_for
from commons.services.actions import update_action
from core import clock, deadlines
from core.outbox import services as outbox
from core.outbox.models import OutboxMessage, State
from meetings.services.invitations import convene_meeting
from meetings.services.schedule import cancel_meeting
from organizations.states import Role
from priorities.models import PlanningCycle
from reminders import services
from tests import factories as make

pytestmark = pytest.mark.django_db
#: A Saturday noon in Montevideo.
NOW = datetime.datetime(2026, 1, 10, 15, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def at(monkeypatch):
    """Set the clock that the drain asks."""

    def set_clock(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    return set_clock


def pending():
    return OutboxMessage.objects.filter(state=State.PENDING, kind__startswith="reminder.")


def reminded(kind=""):
    return sorted(pending().filter(kind__contains=kind).values_list("address", flat=True))


def closing(days, **fields):
    """A cycle that closes in so many days."""
    return make.cycle(2026, now=NOW, closes_at=NOW + days * DAY, **fields)


def test_only_those_who_have_not_filed_are_told():
    late, filed = make.organization(), make.organization()
    speaker = make.delegate(late, email="late@example.org")
    make.delegate(filed)
    cycle = closing(7)
    make.plan(cycle, late)
    make.plan(cycle, filed, state="submitted")
    assert services.plan(NOW) == (1, 0)
    row = pending().get()
    assert (row.address, row.kind, row.language) == (speaker.email, "reminder.priorities.plan", "es")
    assert late.acronym in row.subject


def test_planning_again_or_with_the_clock_moved_plans_nothing_twice():
    make.delegate(make.organization())
    closing(7)
    for moment in (NOW, NOW, NOW + HOUR, NOW - HOUR):
        services.plan(moment)
    assert OutboxMessage.objects.count() == 1
    services.plan(NOW + 5 * DAY)
    assert pending().count() == 1, "two days before: the unsent one of a week before is taken back"
    assert OutboxMessage.objects.count() == 2
    services.plan(NOW + 30 * DAY)
    assert pending().count() == 0, "what is over is not reminded of"


def test_an_extension_moves_the_reminder():
    make.delegate(make.organization())
    cycle = closing(7)
    services.plan(NOW)
    PlanningCycle.objects.filter(pk=cycle.pk).update(closes_at=cycle.closes_at + 4 * DAY)
    assert services.plan(NOW) == (0, 1)
    services.plan(NOW + 4 * DAY)
    assert pending().count() == 1
    PlanningCycle.objects.filter(pk=cycle.pk).update(closes_at=cycle.closes_at)
    services.plan(NOW)
    assert pending().count() == 1, "moved back, the first one holds again"


def test_a_plan_filed_meanwhile_is_not_reminded_of_when_the_drain_comes(at):
    organization = make.organization()
    make.delegate(organization)
    cycle = closing(7)
    services.plan(NOW)
    make.plan(cycle, organization, state="submitted")
    at(NOW + HOUR)
    assert outbox.drain() == 0
    assert OutboxMessage.objects.get().state == State.DROPPED


def test_what_still_holds_is_sent(at, mailoutbox):
    make.delegate(make.organization())
    closing(7)
    services.plan(NOW)
    at(NOW + HOUR)
    assert outbox.drain() == 1
    assert mailoutbox[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mailoutbox[0].extra_headers["List-Unsubscribe"].startswith("<http")
    services.plan(NOW + 2 * HOUR)
    assert outbox.drain() == 0


def test_a_meeting_ahead_and_its_cancelling():
    make.delegate(make.organization(), email="ana@example.org", language="pt-br", zone="America/Sao_Paulo")
    begins = NOW + DAY
    meeting = make.meeting(2026, state="planned", starts_at=begins, ends_at=begins + HOUR, starts_on=begins.date())
    convene_meeting(meeting, actor=make.coordination(), now=NOW)
    services.plan(NOW)
    assert reminded("meeting") == ["ana@example.org"]
    cancel_meeting(meeting, reason="Demo", actor=make.coordination(), now=NOW)
    services.plan(NOW)
    assert reminded("meeting") == []


def action_due(days, **fields):
    """An action whose last day is so many days from NOW's."""
    organization = make.organization()
    make.delegate(organization, email="owner@example.org", **fields)
    return make.action(organization, due_on=NOW.date() + days * DAY)


def test_an_action_is_reminded_of_until_it_is_done():
    action = action_due(7)
    services.plan(NOW + 8 * HOUR)
    assert reminded("action") == ["owner@example.org"]
    update_action(action, state="done", words="", evidence="", actor=None, now=NOW)
    services.plan(NOW + 8 * HOUR)
    assert reminded("action") == []


def test_an_overdue_action_is_told_four_times_and_then_no_more():
    action_due(-1)
    days = [day for day in range(40) if services.plan(NOW + 14 * HOUR + day * DAY)[0]]
    assert len(days) == 4
    assert OutboxMessage.objects.filter(kind="reminder.commons.action").count() == 4


def test_its_person_is_told_rather_than_the_organisation():
    action = action_due(7)
    action.person = make.holder(Role.MEMBER, action.organization, email="person@example.org").person
    action.save()
    services.plan(NOW + 8 * HOUR)
    assert reminded("action") == ["person@example.org"]


def test_its_person_who_has_left_is_told_no_more_and_the_organisation_is():
    action = action_due(7)
    left = make.holder(Role.MEMBER, action.organization, email="left@example.org", ends_on=NOW.date() - DAY)
    action.person = left.person
    action.save()
    services.plan(NOW + 8 * HOUR)
    assert reminded("action") == ["owner@example.org"]
    assert not answers_for(action, left, NOW)


def test_a_deadline_of_a_space():
    make.delegate(make.organization(), email="ana@example.org")
    line = make.deadline(make.edition(make.space(), 2026), day=(NOW + 2 * DAY).date())
    services.plan(NOW)
    assert reminded("edition_deadline") == ["ana@example.org"]
    assert line.edition.title_es in pending().get().text


def test_an_officer_is_told_of_the_hour_and_of_what_waits_and_no_more_once_it_is_done():
    officer = make.coordination(language="pt-br")
    election = make.election(
        make.committee(),
        officer.person,
        NOW - 20 * DAY,
        state="voting",
        nominations_close=NOW - 9 * DAY,
        opens_at=NOW - 8 * DAY,
        closes_at=NOW + 4 * HOUR,
    )
    room = make.election(make.committee(), officer.person, NOW - 20 * DAY, state="voting", in_room=True)
    services.plan(NOW)
    row = pending().get(kind="reminder.elections.office")
    assert (row.address, row.code) == (officer.email, election.code) != (officer.email, room.code)
    assert (
        "Encerramento da votação" in row.text and f"/pt/representation/elections/{election.code}/console/" in row.text
    )
    assert "algo pendente" not in row.text.lower()
    OutboxMessage.objects.all().delete()
    late = NOW + 4 * HOUR + DAY
    services.plan(late)
    assert "Você tem algo pendente" in pending().get(kind="reminder.elections.office").text
    election.state = "provisional"
    election.save()
    services.plan(late + HOUR)
    assert reminded("office") == []


@pytest.mark.parametrize(
    ("zone", "hour"), [("America/Montevideo", 15), ("Asia/Tokyo", 23), ("America/Mexico_City", 15), ("UTC", 15)]
)
def test_nobody_is_written_to_at_night(zone, hour):
    make.delegate(make.organization(), zone=zone)
    closing(7)
    services.plan(NOW)
    row = pending().get()
    assert row.not_before.hour == hour
    assert 8 <= row.not_before.astimezone(clock.zone(zone)).hour < 21


def test_the_last_morning_comes_before_the_end():
    make.delegate(make.organization(), zone="America/Montevideo")
    cycle = closing(1)
    services.plan(NOW + 20 * HOUR)
    row = pending().get()
    assert row.not_before < cycle.closes_at


def test_who_stopped_is_not_told_and_may_begin_again():
    make.delegate(make.organization(), email="ana@example.org")
    closing(7)
    stop_mail("Ana@example.org", "reminder.priorities.plan", NOW)
    assert services.plan(NOW) == (0, 0)
    resume_mail("ana@example.org", "reminder.priorities.plan")
    assert services.plan(NOW) == (1, 0)


def test_stopping_reaches_what_is_waiting(at):
    make.delegate(make.organization(), email="ana@example.org")
    closing(7)
    services.plan(NOW)
    stop_mail("ana@example.org", "reminder.priorities.plan", NOW)
    at(NOW + HOUR)
    assert outbox.drain() == 0


def test_one_recipient_who_cannot_be_written_to_stops_nobody_else(monkeypatch):
    from reminders import emails

    for name in ("bad", "good"):
        make.delegate(make.organization(), email=f"{name}@example.org")
    closing(7)
    stop_page = emails.stop_page
    monkeypatch.setattr(
        emails, "stop_page", lambda address, kind: 1 / 0 if "bad" in address else stop_page(address, kind)
    )
    services.plan(NOW)
    assert reminded() == ["good@example.org"]


def test_a_source_that_fails_stops_neither_the_others_nor_its_own_rows(monkeypatch):
    make.delegate(make.organization())
    closing(7)
    services.plan(NOW)
    action_due(7)
    broken = dataclasses.replace(deadlines.kind("priorities.plan"), ahead=lambda since, until: 1 / 0)
    monkeypatch.setitem(deadlines._kinds, "priorities.plan", broken)
    services.plan(NOW + 8 * HOUR)
    assert reminded("action") and reminded("plan")


def test_the_number_of_queries_does_not_grow():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    services.plan(NOW)  # the heartbeat's row is there
    counts = []
    for more in (3, 27):
        for _ in range(more):
            action_owner = make.organization()
            make.delegate(action_owner)
            make.action(action_owner, due_on=NOW.date() + 7 * DAY)
        OutboxMessage.objects.all().delete()
        with CaptureQueriesContext(
            connection,
        ) as seen:
            services.plan(NOW + 8 * HOUR)
        counts.append(len(seen))
    assert OutboxMessage.objects.filter(kind="reminder.commons.action").count() == 30
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("language", "here", "there"),
    [
        ("es", "Montevideo", "Ciudad de México"),
        ("pt-br", "Montevidéu", "Cidade do México"),
        ("en", "Montevideo", "Mexico City"),
    ],
)
def test_every_mail_says_what_by_when_one_link_and_how_to_stop(language, here, there):
    organization = make.organization()
    make.delegate(organization, language=language, zone="America/Mexico_City")
    make.action(organization, due_on=NOW.date() + 7 * DAY)
    make.deadline(make.edition(make.space(), 2026), day=(NOW + 3 * DAY).date())
    closing(7)
    services.plan(NOW + 10 * HOUR)
    assert pending().count() == 3
    for row in pending():
        assert "2026" in row.subject and here in row.subject
        assert there in row.text
        assert row.stop_address in row.text
        assert row.text.count("http") <= 3, "the one link, the stop, the foot"


def test_heartbeats_are_shown(client):
    assert client.get("/health/").json() == {"ok": True, "seconds_since": {"drain": None, "plan": None}}
    services.plan(clock.now())
    assert client.get("/health/").json()["seconds_since"]["plan"] < 60


@pytest.mark.django_db(transaction=True)
def test_two_planners_at_once_plan_once():
    import threading

    from django.db import connection

    make.delegate(make.organization())
    closing(7)
    failures = []

    def run():
        try:
            services.plan(NOW)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        run()  # one connection only: in turn
        run()
    else:
        threads = [threading.Thread(target=run) for _ in range(2)]
        [one.start() for one in threads]
        [one.join() for one in threads]
    assert failures == []
    assert OutboxMessage.objects.count() == 1
