"""What the acts of meetings refuse, each with what it needs: the sentence is beside its field, and nothing changes."""

import datetime
from dataclasses import replace

import pytest
from django.core.files.storage import default_storage

from core.errors import Incomplete, NotNow
from meetings.models import (
    AgendaItem,
    Decision,
    EmbargoReader,
    Meeting,
    MeetingRoom,
    MinutesPart,
    OwnAccount,
    Paper,
    Photograph,
    PollOption,
)
from meetings.queries.communique import language_columns, publication_blockers
from meetings.queries.outcome import outcome_blockers
from meetings.queries.polls import poll_result, respondent_by_link
from meetings.services import agenda, communique, decisions, guests, minutes, press, proposals, room
from meetings.services.actions import NewAction, record_action
from meetings.services.meetings import edit_meeting
from meetings.services.outcome import write_outcome
from meetings.services.photograph import PhotographDetails, set_photograph
from meetings.services.schedule import Schedule, move_meeting
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 1, 22, 15, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
ACT = {"actor": None, "now": NOW}
ITEM = agenda.ItemContent({"es": "Tema"}, language="es", kind="discussion", minutes=5, visibility="public")
WHERE = {"place": "", "mode": "", "link": ""}


@pytest.fixture
def meeting():
    return make.meeting(2026)


@pytest.fixture
def held():
    return make.meeting(2026, state="held")


@pytest.fixture
def in_session():
    return make.meeting(2026, state="in_session")


@pytest.fixture
def organization():
    return make.organization("DEMO-X")


def item_of(meeting, **fields):
    return AgendaItem.objects.create(meeting=meeting, position=1, title_es="Tema", **fields)


def missing_in(act):
    """The fields that an act refuses as incomplete."""
    with pytest.raises(Incomplete) as refused:
        act()
    return set(refused.value.missing)


def is_refused_now(*acts):
    for act in acts:
        with pytest.raises(NotNow):
            act()


class TestAgenda:
    def test_it_has_at_most_200_items(self, meeting, monkeypatch):
        other = item_of(make.meeting(2026))
        monkeypatch.setattr(agenda, "MOST_ITEMS", 1)
        agenda.add_item(meeting, content=ITEM, **ACT)
        is_refused_now(
            lambda: agenda.add_item(meeting, content=ITEM, **ACT),
            lambda: agenda.copy_items(meeting, items=[other], **ACT),
        )
        assert meeting.agenda.count() == 1

    def test_an_item_that_is_gone_moves_nowhere_and_gets_no_paper(self, meeting):
        item = item_of(meeting)
        AgendaItem.objects.all().delete()
        is_refused_now(lambda: agenda.place_item(item, place=0, **ACT), lambda: make.paper(item, NOW))

    def test_an_item_takes_place_in_a_room_of_its_meeting(self, meeting):
        content = replace(ITEM, room=MeetingRoom.objects.create(name="Sala ajena"))
        assert missing_in(lambda: agenda.add_item(meeting, content=content, **ACT)) == {"room"}

    def test_a_copy_without_a_day_of_the_same_number_has_none(self, meeting):
        long = make.meeting(2026, ends_on=meeting.ends_on + 3 * DAY)
        items = [item_of(long, day=long.days[0]), item_of(long, day=long.days[-1]), item_of(long)]
        agenda.copy_items(meeting, items=items, **ACT)
        assert {row.day for row in meeting.agenda.all()} == {meeting.days[0], None}

    def test_a_proposal_has_a_title_and_one_of_two_answers(self, organization):
        meeting = make.meeting(2026, proposal_minutes=30)

        def propose(title):
            proposal = proposals.NewProposal(title, language="es", kind="discussion", minutes=5, why="")
            return proposals.propose_item(meeting, organization=organization, proposal=proposal, **ACT)

        assert missing_in(lambda: propose(" ")) == {"title"}
        row = propose("Tema")
        assert missing_in(lambda: proposals.answer_proposal(row, state="withdrawn", answer="", **ACT)) == {"state"}


class TestFiles:
    def test_a_paper_has_a_title_and_a_meeting_that_takes_place(self, meeting):
        is_refused_now(lambda: make.paper(item_of(make.meeting(2026, state="cancelled")), NOW))
        assert missing_in(lambda: make.paper(item_of(meeting), NOW, title=" ")) == {"title"}

    def test_what_is_stored_goes_when_its_row_fails(self, meeting, held, monkeypatch):
        def fail(*args, **kwargs):
            raise RuntimeError

        def stored():
            return {
                (folder, name)
                for folder in default_storage.listdir("")[0]
                for name in default_storage.listdir(folder)[1]
            }

        before = stored()
        monkeypatch.setattr(Paper.objects, "create", fail)
        with pytest.raises(RuntimeError):
            make.paper(item_of(meeting), NOW)
        monkeypatch.setattr(Photograph, "save", fail)
        with pytest.raises(RuntimeError):
            make.photograph(make.communique(held, NOW), NOW)
        assert stored() == before

    def test_a_photograph_has_everything_that_stands_beside_it(self, held):
        row, nothing = make.communique(held, NOW), PhotographDetails({}, {}, language="es", credit=" ", consent="")
        act = {"picture": None, "details": nothing} | ACT
        assert missing_in(lambda: set_photograph(row, **act)) == {"alt_es", "file", "credit", "consent"}

    def test_details_that_fail_leave_the_picture(self, held, monkeypatch):
        row = make.photograph(make.communique(held, NOW), NOW)

        def fail(*args, **kwargs):
            raise RuntimeError

        monkeypatch.setattr(Photograph, "save", fail)
        details = PhotographDetails({}, {"es": "Otra"}, language="es", credit="Demo", consent="Demo")
        with pytest.raises(RuntimeError):
            set_photograph(row.communique, picture=None, details=details, **ACT)
        assert default_storage.exists(row.stored.name)


class TestRecording:
    def test_an_action_says_what_is_done(self, meeting, organization):
        action = NewAction(" ", language="es", organization=organization, visibility="public")
        assert missing_in(lambda: record_action(meeting, action=action, **ACT)) == {"title"}

    def test_a_decision_keeps_its_title(self, meeting):
        decision = make.decision(meeting, "Como fue")
        content = decisions.DecisionContent({"es": ""}, language="es", how="", visibility="public")
        assert missing_in(lambda: decisions.change_decision(decision, content=content, **ACT)) == {"title_es"}
        assert Decision.objects.get().title_es == "Como fue"

    def test_a_decision_of_a_meeting_without_days_is_dated_today(self):
        meeting = make.meeting(2026, starts_on=None, ends_on=None)
        content = decisions.DecisionContent({"es": "Sí"}, language="es", how="", visibility="public")
        assert decisions.record_decision(meeting, content=content, **ACT).decided_on == NOW.date()

    @pytest.mark.parametrize("state", ["published", "cancelled"])
    def test_a_closed_meeting_is_not_edited_and_an_open_one_keeps_its_title(self, state):
        words = {"language": "es", "kind": "annual", "visibility": "public"} | ACT
        closed, opened = make.meeting(2026, state=state), make.meeting(2026)
        is_refused_now(lambda: edit_meeting(closed, titles={"es": "Otro"}, **words))
        assert missing_in(lambda: edit_meeting(opened, titles={"es": " "}, **words)) == {"title_es"}


class TestSchedule:
    def test_a_convened_meeting_keeps_its_days_and_a_planned_one_may_lose_them(self, meeting):
        planned = make.meeting(2026, state="planned")
        assert missing_in(lambda: move_meeting(meeting, schedule=Schedule(), **WHERE, **ACT)) == {"starts_on"}
        assert move_meeting(planned, schedule=Schedule(), **WHERE, **ACT)
        assert Meeting.objects.get(pk=planned.pk).starts_on is None

    def test_a_meeting_is_not_moved_to_days_that_do_not_fit(self, meeting):
        backwards = Schedule(NOW.date(), NOW.date() - DAY)
        assert missing_in(lambda: move_meeting(meeting, schedule=backwards, **WHERE, **ACT)) == {"ends_on"}

    def test_a_schedule_says_what_does_not_fit(self):
        day = NOW.date()
        assert set(Schedule(None, day).problems()) == {"starts_on"}
        assert set(Schedule(day, day - DAY).problems()) == {"ends_on"}
        assert set(Schedule(day, day + 61 * DAY).problems()) == {"ends_on"}
        assert set(Schedule(day, None, NOW).problems()) == {"ends_time"}
        assert set(Schedule(day, None, None, NOW).problems()) == {"starts_time"}
        assert set(Schedule(day + DAY, None, NOW, NOW - DAY, "UTC").problems()) == {"ends_time", "starts_time"}

    def test_a_guest_is_invited_in_time_and_by_name(self, meeting, monkeypatch):
        words = {"name": "Demo", "address": "demo@example.net", "language": "es", "zone": "UTC", "actor": None}
        is_refused_now(lambda: guests.invite_guest(meeting, **words, now=NOW + DAY))
        monkeypatch.setattr(guests, "MOST_GUESTS", 0)
        assert missing_in(lambda: guests.invite_guest(meeting, **words, now=NOW - 5 * DAY)) == {"address"}

    def test_only_guests_are_released(self, meeting, organization):
        invitation = meeting.invitations.create(
            organization=organization, address="x@example.net", language="es", zone="UTC", invited_at=NOW
        )
        is_refused_now(lambda: guests.release_guest(invitation, **ACT))
        assert meeting.invitations.count() == 1


class TestMinutes:
    @pytest.fixture
    def part(self, held):
        minutes.write_part(held, item=None, body="Se habló.", base_number=0, **ACT)
        return MinutesPart.objects.get()

    def circulate(self, meeting, until=NOW + DAY, now=NOW):
        return minutes.circulate_minutes(meeting, comments_until=until, actor=None, now=now)

    def test_they_are_circulated_after_the_meeting_until_a_day_ahead_and_not_once_approved(self, part, meeting):
        held = part.minutes.meeting
        minutes.write_part(meeting, item=None, body="Ya.", base_number=0, **ACT)
        is_refused_now(lambda: self.circulate(meeting))
        assert missing_in(lambda: self.circulate(held, until=NOW)) == {"comments_until"}
        self.circulate(held)
        assert self.circulate(held, until=NOW + 2 * DAY).comments_until == NOW + 2 * DAY
        minutes.approve_minutes(held, actor=None, now=NOW + 2 * DAY)
        is_refused_now(lambda: self.circulate(held, until=NOW + 9 * DAY, now=NOW + 3 * DAY))

    def test_comments_say_something_are_not_without_end_and_are_answered_while_circulated(
        self, part, organization, monkeypatch
    ):
        def comment(text):
            return minutes.add_comment(part, organization=organization, text=text, **ACT)

        self.circulate(part.minutes.meeting)
        assert missing_in(lambda: comment(" ")) == {"words"}
        row = comment("Falta algo")
        monkeypatch.setattr(minutes, "MOST_COMMENTS", 1)
        is_refused_now(lambda: comment("Otra"))
        minutes.reopen_minutes(part.minutes.meeting, reason="Demo", **ACT)
        is_refused_now(lambda: minutes.answer_comment(row, taken_up=True, answer="", **ACT))

    def test_an_item_of_another_meeting_has_no_part_here(self, held, meeting):
        words = {"item": item_of(meeting), "body": "x", "base_number": 0}
        is_refused_now(lambda: minutes.write_part(held, **words, **ACT))


class TestCommunique:
    def test_it_is_opened_for_signing_with_a_decision_and_a_time_ahead(self, held):
        assert set(outcome_blockers(held)) == {"outcome", "decisions"}
        row = make.communique(held, NOW, state="draft")
        open_now = {"publishes_at": NOW} | ACT
        assert missing_in(lambda: communique.open_signing(row, **open_now)) == {"decisions", "publishes_at"}

    def test_it_is_begun_in_session_or_after(self, meeting):
        is_refused_now(lambda: communique.begin_communique(meeting, language="es", body="x", **ACT))

    def test_what_was_written_before_it_is_begun_stays(self, held):
        write_outcome(held, language="es", body="Uno", base_number=0, **ACT)
        row = communique.begin_communique(held, language="es", body="Dos", **ACT)
        assert row.meeting.outcome.official().body == "Uno"

    def test_it_is_not_opened_again_once_published_nor_before_the_session(self, held, meeting):
        published = make.communique(held, NOW - DAY, state="published")
        early = make.communique(meeting, NOW, state="draft")
        is_refused_now(
            lambda: communique.open_signing(published, publishes_at=NOW + DAY, **ACT),
            lambda: communique.open_signing(early, publishes_at=NOW + DAY, **ACT),
        )

    def test_only_members_sign_an_open_text_and_what_they_answered_stands(self, held, organization):
        def sign(row, signer, **how):
            return communique.sign_communique(row, organization=signer, answer="agreed", number=1, **how, **ACT)

        draft = make.communique(make.meeting(2026, state="held"), NOW, state="draft")
        row = make.communique(held, NOW)
        is_refused_now(
            lambda: sign(draft, organization),
            lambda: sign(row, make.organization(kind="observer")),
        )
        assert sign(row, organization, aloud=True).aloud, "said in the room"
        sign(row, organization)
        is_refused_now(lambda: sign(row, organization, aloud=True))

    def test_the_outcome_is_published_for_everybody_or_for_the_organisations(self, held):
        make.decision(held)
        make.communique(held, NOW)
        assert set(outcome_blockers(held, "private")) == {"visibility"}
        assert outcome_blockers(held, "community") == {}

    def test_it_is_published_once_and_one_that_cannot_be_holds_up_no_other(self, held, monkeypatch):
        make.decision(held)
        row = make.communique(held, NOW - DAY, is_signed=True)
        first = make.communique(
            make.meeting(2026, state="held", starts_on=None, ends_on=None), NOW - DAY, is_signed=True
        )
        assert communique.publish_due_communiques(now=NOW) == 1
        row.refresh_from_db()
        first.refresh_from_db()
        assert (row.state, first.state) == ("published", "signing")
        assert communique.publish_communique(row, **ACT).published_at == NOW
        assert "starts_on" in outcome_blockers(first.meeting)

    def test_what_keeps_it_from_being_published(self, in_session, held):
        assert set(publication_blockers(make.communique(held, NOW, state="draft"), NOW)) == {"state"}
        row = make.communique(in_session, NOW - DAY)
        assert set(publication_blockers(row, NOW)) == {"meeting", "signed"}

    def test_without_a_text_there_are_no_languages(self):
        assert language_columns(None) == []

    def test_the_same_text_twice_is_one_version(self, held):
        for now in (NOW, NOW + DAY):
            version = write_outcome(held, language="es", body="Uno", base_number=int(now > NOW), actor=None, now=now)
        assert version.number == 1

    def test_early_access_is_for_somebody_and_is_revoked_once(self, held):
        words = {"outlet": "", "address": "demo@example.net", "language": "es"} | ACT
        row = make.communique(held, NOW)
        assert missing_in(lambda: press.grant_early_access(row, name=" ", **words)) == {"name"}
        reader = press.grant_early_access(row, name="Demo", **words)
        for now in (NOW, NOW + DAY):
            press.revoke_early_access(reader, actor=None, now=now)
        assert EmbargoReader.objects.get().revoked_at == NOW

    def test_an_account_has_a_title_and_is_linked_once(self, held, organization):
        words = {"organization": organization, "url": "https://example.org/a", "language": "es"} | ACT
        assert missing_in(lambda: press.add_account(held, title=" ", **words)) == {"title"}
        press.add_account(held, title="Demo", **words)
        assert missing_in(lambda: press.add_account(held, title="Demo", **words)) == {"url"}
        assert OwnAccount.objects.count() == 1


class TestRoom:
    def arrive(self, meeting, organization, presence):
        return room.record_arrival(meeting, organization=organization, presence=presence, **ACT)

    def test_an_item_of_another_meeting_is_not_taken_up(self, in_session, meeting):
        is_refused_now(lambda: room.set_current_item(in_session, item=item_of(meeting), **ACT))

    def test_an_organisation_arrives_in_one_of_two_ways_and_may_change_it(self, in_session, organization):
        assert missing_in(lambda: self.arrive(in_session, organization, "apologies")) == {"presence"}
        first = self.arrive(in_session, organization, "remote")
        assert self.arrive(in_session, organization, "remote") == first
        self.arrive(in_session, organization, "in_person")
        first.refresh_from_db()
        assert first.left_at == NOW
        assert in_session.attendances.get().presence == "in_person"

    def test_who_is_not_there_does_not_leave(self, in_session, organization):
        room.record_departure(in_session, organization=organization, **ACT)
        assert not in_session.attendance_periods.exists()

    def test_a_question_asks_something(self, in_session):
        assert missing_in(lambda: room.ask_question(in_session, kind="consensus", text=" ", **ACT)) == {"words"}


class TestPolls:
    def test_without_options_there_are_no_dates_and_an_unknown_link_is_nobodys(self):
        poll = make.poll(make.meeting(2026, state="planned", starts_on=None, ends_on=None), NOW, NOW.date() + DAY)
        assert respondent_by_link(poll, "x" * 20, NOW) is None
        PollOption.objects.all().delete()
        assert poll_result(poll, make.coordination(), NOW).dates == []
