"""The consultation of dates: asked, answered by page or link, decided into a convened meeting with calendar entries."""

import datetime
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.errors import Incomplete, NotNow
from core.outbox.models import OutboxMessage
from meetings.models import DatePoll, Meeting
from meetings.queries import polls
from meetings.queries.polls import poll_result
from meetings.services.polls import answer_poll, decide_poll, open_poll, withdraw_poll
from meetings.services.schedule import Schedule, cancel_meeting, move_meeting
from organizations.states import Role
from reminders import services as reminders
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 3, 2, 15, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


class World:
    def __init__(self):
        self.team = make.coordination()
        self.ours, self.other, self.third = (make.organization(name) for name in ("OURS", "OTHER", "THIRD"))
        self.delegate = make.delegate(self.ours)
        self.lead = make.holder(Role.LEAD, self.ours)
        self.peer = make.delegate(self.other, zone="America/Mexico_City", language="pt-br")
        self.alone = make.delegate(self.third)
        self.meeting = make.meeting(
            2026, state="planned", starts_on=None, ends_on=None, title_es="Demo: anual", visibility="community"
        )

    def ask(self, options=None, **changes):
        options = options or [hours(20), hours(21)]
        data = {"closes_at": NOW + 5 * DAY, "quorum": 2, "note": "", "actor": self.team, "now": NOW}
        return open_poll(self.meeting, options=options, **data | changes)

    def answer(self, poll, user, *words, now=NOW):
        respondent = poll.respondents.get(address=user.email)
        fits = {one.pk: word for one, word in zip(poll.options.all(), words, strict=True)}
        return answer_poll(respondent, availability=fits, now=now)


def hours(day, at=18, zone="America/Montevideo"):
    begins = datetime.datetime(2026, 4, day, at, tzinfo=datetime.UTC)
    return Schedule(begins.date(), begins.date(), begins, begins + datetime.timedelta(hours=2), zone)


def days(day, last=None):
    return Schedule(datetime.date(2026, 4, day), datetime.date(2026, 4, last or day))


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        yield World()


def page(name, *args):
    return reverse(f"meetings:{name}", args=args)


def link_of(user):
    mail = OutboxMessage.objects.get(kind="dates_asked", address=user.email)
    return re.search(r"\s\S+?//[^/]+(/\S+/poll/answer/\S+/)", mail.text)[1]


def test_from_the_question_to_the_calendar(world, signed_in, client):
    team = signed_in(world.team)
    assert page("poll_ask", world.meeting.code) in team.get(world.meeting.get_absolute_url()).content.decode()
    sent = {
        "day_1": "2026-04-20",
        "time_1": "15:00",
        "day_2": "2026-04-21",
        "time_2": "15:00",
        "minutes": 120,
        "days": 1,
        "zone": "America/Montevideo",
        "closes": "2026-03-07T12:00",
        "quorum": 2,
        "note": "Demo",
    }
    assert team.post(page("poll_ask", world.meeting.code), sent).status_code == 302
    poll = DatePoll.objects.get()
    assert poll.respondents.count() == OutboxMessage.objects.filter(kind="dates_asked").count() == 4
    assert [one.starts_at.hour for one in poll.options.all()] == [18, 18]
    mail = OutboxMessage.objects.get(address=world.peer.email)
    assert "15:00, Montevidéu" in mail.text and "12:00 às 14:00 no seu horário" in mail.text, "both zones"
    first, second = poll.options.all()
    link = link_of(world.peer)
    assert client.get(link).status_code == 200 and poll.respondents.filter(answered_at=None).count() == 4
    data = {f"option_{first.pk}": "yes", f"option_{second.pk}": "maybe"}
    assert client.post(link, data).status_code == 200
    assert client.post(link, data | {f"option_{first.pk}": "no"}).status_code == 200, "minds change"
    signed_in(world.delegate).post(page("poll", world.meeting.code), data)
    read = poll_result(poll, world.team, NOW)
    assert [(date.suits, date.yes, date.has_quorum) for date in read.dates] == [(1, 1, False), (2, 0, True)]
    assert (read.answered, read.waiting) == (2, [world.third])
    decided = team.post(page("poll_decide", world.meeting.code), {"option": second.pk})
    assert decided["Location"] == world.meeting.get_absolute_url()
    meeting = Meeting.objects.get()
    assert (meeting.state, meeting.starts_at, meeting.ends_at) == ("convened", second.starts_at, second.ends_at)
    called = OutboxMessage.objects.filter(kind="meeting_invitation")
    assert called.count() == 4 and all("METHOD:REQUEST" in one.calendar for one in called)
    assert "DTSTART:20260421T180000Z" in called[0].calendar
    assert client.get(link).status_code == client.post(link, data).status_code == 410


def test_whole_days_stay_days(world):
    poll = world.ask([days(20, 21), days(27, 28)])
    decide_poll(poll, option=poll.options.last(), actor=world.team, now=NOW)
    meeting = Meeting.objects.get()
    assert (str(meeting.starts_on), str(meeting.ends_on), meeting.starts_at) == ("2026-04-27", "2026-04-28", None)
    assert "DTSTART;VALUE=DATE:20260427" in OutboxMessage.objects.filter(kind="meeting_invitation")[0].calendar


def test_of_each_organisation_the_best_answer_counts(world):
    poll = world.ask()
    world.answer(poll, world.delegate, "no", "no")
    world.answer(poll, world.lead, "maybe", "no")
    read = poll_result(poll, world.team, NOW)
    assert [
        {answer.organization.acronym: answer.availability for answer in date.answers}["OURS"] for date in read.dates
    ] == ["maybe", "no"]


@pytest.mark.parametrize(
    ("options", "changes", "field"),
    [
        ([hours(20)], {}, "day_1"),
        ([hours(20), hours(20)], {}, "day_1"),
        ([hours(20), days(21)], {}, "time_1"),
        ([hours(n + 1) for n in range(11)], {}, "day_1"),
        ([days(21, 20), days(27)], {}, "day_1"),
        (None, {"closes_at": NOW}, "closes"),
        (None, {"closes_at": NOW + 60 * DAY}, "closes"),
        (None, {"quorum": 0}, "quorum"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(world, options, changes, field):
    with pytest.raises(Incomplete) as refused:
        world.ask(options, **changes)
    assert list(refused.value.missing) == [field] and not DatePoll.objects.exists()


def test_an_hour_that_does_not_exist_or_is_doubled_is_refused_beside_it(world, signed_in):
    team, sent = signed_in(world.team), {"minutes": 60, "days": 1, "closes": "2026-03-07T12:00", "quorum": 1}
    sent |= {"day_1": "2026-04-20", "time_1": "12:00", "zone": "America/Santiago"}
    for day, time in (("2026-04-04", "23:30"), ("2026-09-06", "00:30")):
        answer = team.post(page("poll_ask", world.meeting.code), sent | {"day_2": day, "time_2": time})
        assert answer.status_code == 422 and "time_2" in answer.context["form"].errors, day
    wild = {"day_1": "x", "time_1": "99", "zone": "Mars/Olympus", "closes": "never", "quorum": "-1", "minutes": "9e9"}
    assert team.post(page("poll_ask", world.meeting.code), wild).status_code == 422


def test_late_or_not_asked_is_refused(world, signed_in, client):
    poll = world.ask()
    link, first = link_of(world.delegate), poll.options.first()
    stranger = signed_in(make.holder(Role.MEMBER, world.ours))
    assert stranger.get(page("poll", world.meeting.code)).status_code == 200
    stranger.post(page("poll", world.meeting.code), {f"option_{first.pk}": "yes"})
    with time_machine.travel(poll.closes_at, tick=False):
        assert client.get(link).status_code == 410
        with pytest.raises(NotNow):
            world.answer(poll, world.delegate, "yes", "yes", now=poll.closes_at)
    with pytest.raises(Incomplete):
        world.answer(poll, world.delegate, "yes", "")
    assert not poll.respondents.exclude(answered_at=None).exists()
    withdraw_poll(poll, actor=world.team, now=NOW)
    with pytest.raises(NotNow):
        world.answer(poll, world.delegate, "yes", "yes")
    assert client.get(link).status_code == 410


def test_one_asks_once_and_only_while_no_date_is_set(world):
    poll = world.ask()
    with pytest.raises(NotNow):
        world.ask()
    decide_poll(poll, option=poll.options.first(), actor=world.team, now=NOW)
    with pytest.raises(NotNow):
        world.ask()
    with pytest.raises(NotNow):
        decide_poll(poll, option=poll.options.last(), actor=world.team, now=NOW)


def test_only_those_who_have_not_answered_are_reminded_and_it_is_on_their_desk(world, signed_in):
    poll = world.ask()
    world.answer(poll, world.delegate, "yes", "no")
    for n in range(6):
        reminders.plan(NOW + n * DAY)
    reminded = set(OutboxMessage.objects.filter(kind="reminder.meetings.poll").values_list("address", flat=True))
    assert reminded == {world.lead.email, world.peer.email, world.alone.email}
    address = page("poll", world.meeting.code)
    assert address in signed_in(world.peer).get("/es/my-work/").content.decode()
    assert address not in signed_in(world.delegate).get("/es/my-work/").content.decode()


def test_who_sees_it(world, signed_in, client):
    world.ask()
    address = page("poll", world.meeting.code)
    assert signed_in(make.holder(Role.MEMBER, world.third)).get(address).status_code == 200
    assert client.get(address).status_code in (302, 404)
    assert signed_in(make.user()).get(address).status_code == 404
    assert signed_in(world.delegate).post(page("poll_decide", world.meeting.code)).status_code == 403


@pytest.mark.parametrize(
    ("day", "country"),
    [("2026-02-16", "UY"), ("2026-04-02", "UY"), ("2026-02-17", "BR"), ("2026-02-16", "TT"), ("2026-04-21", "BR")],
)
def test_days_on_which_offices_close_are_holidays_too(day, country):
    """Carnival and Holy Week of Uruguay are no public holidays in law, and nobody is at work."""
    assert country in polls._holidays(2026)[datetime.date.fromisoformat(day)]


def test_holidays_and_what_else_is_then_are_told(world, signed_in):
    space = make.space()
    make.edition(space, starts_on=datetime.date(2026, 4, 21), ends_on=datetime.date(2026, 4, 23), title_es="Demo: foro")
    poll = world.ask([days(21), days(28)])
    busy, free = poll_result(poll, world.team, NOW).dates
    assert "Brasil" in busy.holidays and "Brasil" not in free.holidays, "Tiradentes"
    assert [str(clash.title) for clash in busy.clashes] == ["Demo: foro"] and free.clashes == []
    text = signed_in(world.delegate).get(page("poll", world.meeting.code)).content.decode()
    assert "Demo: foro" in text and "Feriado en" in text


def test_it_costs_the_same_for_three_and_thirty(world, signed_in):
    poll, client = world.ask(), signed_in(world.team)

    def cost():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(page("poll", world.meeting.code)).status_code == 200
        return len(seen)

    few = cost()
    for n in range(27):
        organization = make.organization()
        respondent = poll.respondents.create(
            organization=organization, address=f"demo{n}@example.net", language="es", zone="UTC"
        )
        answer_poll(respondent, availability={one.pk: "yes" for one in poll.options.all()}, now=NOW)
    assert cost() == few <= 16


def test_a_date_set_by_hand_or_a_cancelling_ends_the_asking(world, client):
    poll = world.ask()
    link = link_of(world.delegate)
    move_meeting(world.meeting, schedule=days(9), place="", mode="", link="", actor=world.team, now=NOW)
    poll.refresh_from_db()
    assert poll.state == "withdrawn" and client.get(link).status_code == 410
    reminders.plan(NOW + 3 * DAY)
    assert not OutboxMessage.objects.filter(kind="reminder.meetings.poll").exists()
    other = make.meeting(2026, state="planned", starts_on=None, ends_on=None)
    other_poll = make.poll(other, NOW, NOW.date())
    cancel_meeting(other, reason="Demo", actor=world.team, now=NOW)
    other_poll.refresh_from_db()
    assert other_poll.state == "withdrawn"
