"""Agenda, attendance, decisions and actions: who may, what is kept, what is refused."""

import datetime

import pytest

from commons.models import ActionItem
from core.errors import Conflict, Incomplete, NotNow
from core.journal import history
from core.records.models import Link, Record
from core.visibility import Visibility
from meetings.models import AgendaItem, Attendance, Decision
from meetings.queries.agenda import agenda_days
from meetings.services.actions import NewAction, record_action
from meetings.services.agenda import ItemContent, add_item, change_item, place_item, remove_item
from meetings.services.attendance import OrganizationAttendance, record_attendance
from meetings.services.decisions import DecisionContent, change_decision, record_decision, set_decision_state
from meetings.services.meetings import MeetingPlan, begin_session, create_meeting, mark_held
from meetings.services.schedule import Schedule
from meetings.states import DecisionState, Presence
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 1, 22, 15, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 1, 22)


@pytest.fixture
def team():
    return make.coordination()


@pytest.fixture
def meeting():
    """Two days, each from 09:00 to 11:00 in Montevideo (UTC−3)."""
    return make.meeting(
        2026,
        starts_at=datetime.datetime(2026, 1, 22, 12, tzinfo=datetime.UTC),
        ends_at=datetime.datetime(2026, 1, 23, 14, tzinfo=datetime.UTC),
    )


def add(meeting, team, title="Tema", minutes=30, day=DAY, begins_at=None, **fields):
    values = {"kind": "discussion", "presenter": None, "note": "", "visibility": "public", "language": "es"} | fields
    content = ItemContent(titles={"es": title}, minutes=minutes, day=day, begins_at=begins_at, **values)
    return add_item(meeting, content=content, actor=team, now=NOW)


def times(meeting):
    found = []
    for day in agenda_days(meeting, meeting.agenda.in_order()):
        found += [
            (line.item.title_es, line.starts_at and line.starts_at.strftime("%H:%M"), line.late_by)
            for line in day.lines
        ]
    return found


def decide(meeting, team, title="Decidir", **fields):
    values = {
        "texts": {"es": "Texto"},
        "language": "es",
        "how": "consensus",
        "objections": "",
        "theme": None,
        "spaces": [],
        "visibility": Visibility.PUBLIC,
    }
    came_from = fields.pop("came_from", "")
    content = DecisionContent(titles={"es": title}, **values | fields)
    return record_decision(meeting, content=content, came_from=came_from, actor=team, now=NOW)


class TestAgenda:
    def test_hours_are_computed_from_the_opening_of_each_day(self, meeting, team):
        add(meeting, team, "Uno", 30)
        add(meeting, team, "Dos", 45)
        add(meeting, team, "Tres", 20, day=DAY + datetime.timedelta(days=1))
        assert times(meeting) == [("Uno", "12:00", 0), ("Dos", "12:30", 0), ("Tres", "12:00", 0)]

    def test_a_fixed_hour_leaves_a_gap_or_says_by_how_much_it_is_late(self, meeting, team):
        add(meeting, team, "Uno", 30)
        add(meeting, team, "Dos", 30, begins_at=datetime.time(10, 0))
        add(meeting, team, "Tres", 10, begins_at=datetime.time(10, 15))
        assert times(meeting) == [("Uno", "12:00", 0), ("Dos", "13:00", 0), ("Tres", "13:30", 15)]

    def test_an_agenda_longer_than_the_day_says_by_how_much(self, meeting, team):
        add(meeting, team, minutes=100)
        add(meeting, team, minutes=45)
        (day,) = agenda_days(meeting, meeting.agenda.in_order())
        assert (day.minutes, day.over_by) == (145, 25)

    def test_without_hours_only_a_day_that_nobody_could_sit_through_warns(self, team):
        meeting = make.meeting(2026)
        add(meeting, team, minutes=600)
        assert [(line[1], line[2]) for line in times(meeting)] == [(None, 0)]
        assert agenda_days(meeting, meeting.agenda.in_order())[0].over_by == 0
        add(meeting, team, minutes=600)
        assert agenda_days(meeting, meeting.agenda.in_order())[0].over_by == 480

    def test_the_last_day_of_a_meeting_that_begins_late_has_no_opening_hour(self, team):
        meeting = make.meeting(
            2026,
            starts_at=datetime.datetime(2026, 1, 22, 18, tzinfo=datetime.UTC),
            ends_at=datetime.datetime(2026, 1, 23, 15, tzinfo=datetime.UTC),
        )
        add(meeting, team, "Tarde")
        add(meeting, team, "Mañana", day=DAY + datetime.timedelta(days=1))
        add(meeting, team, "A hora", day=DAY + datetime.timedelta(days=1), begins_at=datetime.time(9))
        assert times(meeting) == [("Tarde", "18:00", 0), ("Mañana", None, 0), ("A hora", "12:00", 0)]

    def test_items_go_up_and_down_within_their_day(self, meeting, team):
        one, two, three = (add(meeting, team, title) for title in ("Uno", "Dos", "Tres"))
        assert place_item(three, place=1, actor=team, now=NOW)
        assert not place_item(one, place=-1, actor=team, now=NOW)
        assert place_item(one, place=1, actor=team, now=NOW)
        assert [item.title_es for item in meeting.agenda.in_order()] == ["Tres", "Uno", "Dos"]
        assert place_item(three, place=99, actor=team, now=NOW)
        assert [item.title_es for item in meeting.agenda.in_order()] == ["Uno", "Dos", "Tres"]
        place_item(three, place=0, actor=team, now=NOW)
        remove_item(two, actor=team, now=NOW)
        assert [item.title_es for item in meeting.agenda.in_order()] == ["Tres", "Uno"]
        assert {row.verb for row in history(meeting.code)} >= {"agenda_item_moved", "agenda_item_removed"}

    def test_two_who_set_the_order_at_once_are_told_and_the_second_moves_nothing(self, meeting, team, signed_in):
        one, two, three = (add(meeting, team, title) for title in ("Uno", "Dos", "Tres"))
        seen = agenda_days(meeting, meeting.agenda.in_order())[0].mark
        browser = signed_in(team)
        assert seen in browser.get(f"/es/meetings/{meeting.code}/agenda/").content.decode()

        def place(item, place):
            address = f"/es/meetings/{meeting.code}/agenda/{item.pk}/place/"
            return browser.post(address, {"place": place, "seen": seen}, follow=True).content.decode()

        place(three, "0")
        assert [item.title_es for item in meeting.agenda.in_order()] == ["Tres", "Uno", "Dos"]
        assert "cambió el orden de este día" in place(two, "0")
        assert [item.title_es for item in meeting.agenda.in_order()] == ["Tres", "Uno", "Dos"]
        for nonsense in ("", "x", "-", "1e9", "9" * 400, "²"):
            assert place(one, nonsense)
        assert [item.title_es for item in meeting.agenda.in_order()] == ["Tres", "Uno", "Dos"]

    def test_what_is_read_together_is_set_in_order_together(self, meeting, team):
        """On a meeting of one day, a point without a day stands on that day."""
        meeting.ends_on = meeting.starts_on
        meeting.save()
        one, _two = add(meeting, team, "Uno"), add(meeting, team, "Dos", day=None)
        assert [item.title_es for item in meeting.agenda.in_order()] == ["Dos", "Uno"]
        assert place_item(one, place=0, actor=team, now=NOW)
        assert [item.title_es for item in meeting.agenda.in_order()] == ["Uno", "Dos"]

    def test_an_item_that_was_taken_off_meanwhile_is_not_corrected(self, meeting, team):
        item = add(meeting, team)
        remove_item(item, actor=team, now=NOW)
        with pytest.raises(NotNow):
            change_item(
                item,
                content=ItemContent(
                    titles={"es": "Otro"},
                    language="es",
                    kind="break",
                    minutes=10,
                    day=DAY,
                    begins_at=None,
                    presenter=None,
                    note="",
                    visibility="public",
                ),
                actor=team,
                now=NOW,
            )

    def test_an_item_on_another_day_goes_to_the_end_there(self, meeting, team):
        second = DAY + datetime.timedelta(days=1)
        one, _two = add(meeting, team, "Uno"), add(meeting, team, "Dos", day=second)
        change_item(
            one,
            content=ItemContent(
                titles={"es": "Uno"},
                language="es",
                kind="break",
                minutes=5,
                day=second,
                begins_at=None,
                presenter=None,
                note="",
                visibility="public",
            ),
            actor=team,
            now=NOW,
        )
        assert [item.title_es for item in meeting.agenda.in_order()] == ["Dos", "Uno"]

    def test_a_day_that_is_not_of_the_meeting_and_an_empty_title_are_both_said(self, meeting, team):
        with pytest.raises(Incomplete) as refused:
            add(meeting, team, " ", day=DAY - datetime.timedelta(days=1))
        assert set(refused.value.missing) == {"title_es", "day"}
        assert not meeting.agenda.exists()

    @pytest.mark.parametrize("state", ["published", "cancelled"])
    def test_what_is_closed_stays(self, team, state):
        meeting = make.meeting(2026, state=state)
        item = AgendaItem.objects.create(meeting=meeting, position=1, title_es="Tema")
        for act in (
            lambda: add(meeting, team),
            lambda: place_item(item, place=1, actor=team, now=NOW),
            lambda: remove_item(item, actor=team, now=NOW),
        ):
            with pytest.raises(NotNow):
                act()


class TestAttendance:
    def test_it_is_written_by_organisation_and_people_are_optional(self, meeting, team):
        one, two, three = (make.organization() for _ in range(3))
        ana = make.person()
        record_attendance(
            meeting,
            attendance={
                one: OrganizationAttendance(Presence.IN_PERSON, [ana]),
                two: OrganizationAttendance(Presence.APOLOGIES),
                three: OrganizationAttendance(None),
            },
            actor=team,
            now=NOW,
        )
        found = set(Attendance.objects.values_list("organization__acronym", "person__name", "presence"))
        assert found == {
            (one.acronym, None, "in_person"),
            (one.acronym, ana.name, "in_person"),
            (two.acronym, None, "apologies"),
        }
        record_attendance(
            meeting,
            attendance={one: OrganizationAttendance(None), two: OrganizationAttendance(Presence.REMOTE)},
            actor=team,
            now=NOW,
        )
        assert list(Attendance.objects.values_list("organization__acronym", "presence")) == [(two.acronym, "remote")]

    @pytest.mark.parametrize("state", ["planned", "published", "cancelled"])
    def test_only_while_the_meeting_is_recorded(self, team, state):
        with pytest.raises(NotNow):
            record_attendance(make.meeting(2026, state=state), attendance={}, actor=team, now=NOW)


class TestDecisions:
    def test_they_are_numbered_and_say_where_they_come_from(self, meeting, team):
        before = make.decision(make.meeting(2025, state="published"))
        first = decide(meeting, team, came_from=f" {before.code.lower()} ")
        second = decide(meeting, team)
        assert [first.number, second.number] == [1, 2]
        assert first.decided_on == DAY
        (link,) = Link.objects.all()
        assert (link.origin_id, link.outcome_id, link.kind) == (before.code, first.code, "came_from")
        assert history(first.code).get().facts["meeting"] == meeting.code

    @pytest.mark.parametrize("code", ["CASA-1999-DEC-001", "nonsense", "<script>"])
    def test_a_code_that_is_nothing_is_said_beside_its_field(self, meeting, team, code):
        with pytest.raises(Incomplete) as refused:
            decide(meeting, team, "", came_from=code)
        assert set(refused.value.missing) == {"title_es", "came_from"}
        assert not Decision.objects.exists() and not Record.objects.filter(kind="DEC").exists()

    @pytest.mark.parametrize("state", ["planned", "published", "cancelled"])
    def test_only_while_the_meeting_is_recorded(self, team, state):
        with pytest.raises(NotNow):
            decide(make.meeting(2026, state=state), team)

    def test_two_who_correct_the_same_decision_lose_no_words(self, meeting, team):
        decision = decide(meeting, team)
        seen = Record.objects.get(code=decision.code).version
        hers, his = (
            DecisionContent(titles={"es": title}, language="es", how="vote", visibility="public")
            for title in ("De ella", "De él")
        )
        change_decision(decision, content=hers, base_version=seen, actor=team, now=NOW)
        with pytest.raises(Conflict) as refused:
            change_decision(decision, content=his, base_version=seen, actor=team, now=NOW)
        assert refused.value.current.title_es == "De ella"

    def test_once_published_the_words_stand_and_only_the_state_moves(self, team):
        meeting = make.meeting(2026, state="published")
        decision = make.decision(meeting, "Como fue")
        with pytest.raises(NotNow):
            change_decision(
                decision,
                content=DecisionContent(
                    titles={"es": "Otra"},
                    texts={},
                    language="es",
                    how="",
                    objections="",
                    theme=None,
                    spaces=[],
                    visibility="public",
                ),
                actor=team,
                now=NOW,
            )
        set_decision_state(decision, state="underway", reason="", actor=team, now=NOW)
        set_decision_state(decision, state="fulfilled", reason="", actor=team, now=NOW)
        decision.refresh_from_db()
        assert (decision.title_es, decision.state) == ("Como fue", DecisionState.FULFILLED)

    def test_not_continuing_needs_a_reason_and_a_state_only_moves_along_its_table(self, meeting, team):
        decision = decide(meeting, team)
        with pytest.raises(Incomplete):
            set_decision_state(decision, state="not_continued", reason=" ", actor=team, now=NOW)
        set_decision_state(decision, state="not_continued", reason="Otra prioridad", actor=team, now=NOW)
        with pytest.raises(NotNow):
            set_decision_state(decision, state="fulfilled", reason="", actor=team, now=NOW)
        decision.refresh_from_db()
        assert (decision.state, decision.state_reason) == ("not_continued", "Otra prioridad")

    def test_a_changed_official_text_makes_its_translation_stale(self, meeting, team):
        decision = decide(meeting, team)
        values = {"language": "es", "how": "", "objections": "", "theme": None, "spaces": [], "visibility": "public"}
        both = {"es": "Uno", "en": "One"}
        change_decision(decision, content=DecisionContent(titles=both, texts={}, **values), actor=team, now=NOW)
        decision.refresh_from_db()
        assert decision.translation_status("title", "en") == "unreviewed"
        change_decision(
            decision, content=DecisionContent(titles=both | {"es": "Dos"}, texts={}, **values), actor=team, now=NOW
        )
        decision.refresh_from_db()
        assert decision.translation_status("title", "en") == "stale"


class TestActions:
    def record(self, meeting, team, **fields):
        values = {"title": "Escribir", "language": "es", "person": None, "due_on": None, "visibility": "public"}
        action = NewAction(organization=make.organization(), **values | fields)
        return record_action(meeting, action=action, actor=team, now=NOW)

    def test_it_hangs_on_its_decision_or_on_the_meeting(self, meeting, team):
        decision = decide(meeting, team)
        first, second = self.record(meeting, team, decision=decision), self.record(meeting, team)
        origins = dict(Link.objects.values_list("outcome_id", "origin_id"))
        assert origins == {first.code: decision.code, second.code: meeting.code}

    def test_a_decision_of_another_meeting_is_refused(self, meeting, team):
        other = decide(make.meeting(2026), team)
        with pytest.raises(Incomplete):
            self.record(meeting, team, decision=other)
        assert not ActionItem.objects.exists()

    def test_after_publication_actions_may_still_be_noted_but_not_before_the_convening(self, team):
        self.record(make.meeting(2026, state="published"), team)
        with pytest.raises(NotNow):
            self.record(make.meeting(2026, state="planned"), team)


class TestHolding:
    def test_from_session_to_held(self, meeting, team):
        begin_session(meeting, actor=team, now=NOW)
        mark_held(meeting, actor=team, now=NOW)
        meeting.refresh_from_db()
        assert meeting.state == "held"
        assert [row.verb for row in history(meeting.code)] == ["meeting_begun", "meeting_held"]
        with pytest.raises(NotNow):
            begin_session(meeting, actor=team, now=NOW)

    def test_no_session_begins_before_its_first_day(self, meeting, team):
        with pytest.raises(NotNow):
            begin_session(meeting, actor=team, now=NOW - datetime.timedelta(days=1))
        meeting.refresh_from_db()
        assert meeting.state == "convened"

    def test_nothing_is_held_before_its_first_day_or_without_days(self, meeting, team):
        with pytest.raises(NotNow):
            mark_held(meeting, actor=team, now=NOW - datetime.timedelta(days=1))
        with pytest.raises(NotNow):
            mark_held(make.meeting(2026, starts_on=None, ends_on=None), actor=team, now=NOW)

    def test_a_small_meeting_may_be_noted_after_the_fact(self, team):
        meeting = create_meeting(
            MeetingPlan(
                titles={"es": "Bilateral"},
                language="es",
                kind="bilateral",
                schedule=Schedule(DAY),
                place="",
                mode="",
                link="",
                visibility="community",
            ),
            actor=team,
            now=NOW,
        )
        mark_held(meeting, actor=team, now=NOW)
        meeting.refresh_from_db()
        assert (meeting.state, meeting.convened_at) == ("held", None)
