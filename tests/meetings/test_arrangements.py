"""A room that no two meetings have at once, interpretation, and what organisations propose within their minutes."""

import datetime

import pytest
import time_machine

from core.errors import Incomplete, NotNow
from core.outbox.models import OutboxMessage
from meetings.models import ItemProposal, Meeting, MeetingRoom
from meetings.queries.proposals import minutes_left
from meetings.services.arrangements import arrange_meeting
from meetings.services.invitations import convene_meeting
from meetings.services.proposals import NewProposal, answer_proposal, propose_item, withdraw_proposal
from meetings.services.schedule import Schedule, move_meeting
from organizations.states import Role
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 1, 5, 12, tzinfo=datetime.UTC)
WHERE = {"place": "Casa de Internet", "mode": "hybrid", "link": ""}


@pytest.fixture(autouse=True)
def january():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def team():
    return make.coordination()


def arrange(meeting, team, room="Sala Sur", interpretation=(), minutes=0):
    return arrange_meeting(
        meeting, room=room, interpretation=interpretation, proposal_minutes=minutes, actor=team, now=NOW
    )


def hours(day, at, length=2):
    starts = datetime.datetime(2026, 1, day, at, tzinfo=datetime.UTC)
    return Schedule(
        starts.date(), starts.date(), starts, starts + datetime.timedelta(hours=length), "America/Montevideo"
    )


def meeting_at(when, **fields):
    return make.meeting(
        2026, starts_on=when.starts_on, ends_on=when.last_day, starts_at=when.starts_at, ends_at=when.ends_at, **fields
    )


class TestRooms:
    def test_a_room_is_had_by_one_meeting_at_a_time(self, team):
        arrange(meeting_at(hours(22, 12)), team)
        with pytest.raises(Incomplete) as refused:
            arrange(meeting_at(hours(22, 13)), team, "  sala   SUR ")
        assert "CASA-2026-MEE-001" in refused.value.missing["room"]
        arrange(meeting_at(hours(22, 14)), team)
        arrange(meeting_at(hours(22, 13)), team, "Sala Norte")
        assert MeetingRoom.objects.count() == 2

    def test_whole_days_there_keep_it_whole(self, team):
        arrange(make.meeting(2026), team)  # 22 and 23 January in Montevideo
        for when, free in ((hours(24, 2, 1), False), (hours(24, 3, 1), True), (hours(22, 1, 1), True)):
            meeting = meeting_at(when)
            if free:
                arrange(meeting, team)
            else:
                with pytest.raises(Incomplete):
                    arrange(meeting, team)

    def test_further_rooms_are_kept_too_and_a_point_says_in_which_it_is(self, team, signed_in, client):
        first, second = make.meeting(2026), make.meeting(2026)
        browser, sent = signed_in(team), {"room": "Sala Sur", "proposal_minutes": "0"}
        address = "/es/meetings/{}/arrangements/"
        browser.post(
            address.format(first.code), sent | {"additional_rooms": "Sala Norte\nsala norte\nSala Sur\n  Patio "}
        )
        assert Meeting.objects.get(pk=first.pk).additional_room_names == ["Patio", "sala norte"], (
            "each once, and not the one above"
        )
        for field, name in (("room", "PATIO"), ("additional_rooms", "Sala Norte")):
            answer = browser.post(
                address.format(second.code), {"room": "Otra", "proposal_minutes": "0"} | {field: name}
            )
            assert first.code in str(answer.context["form"].errors[field])
        item = f"/es/meetings/{first.code}/agenda/new/"
        patio = MeetingRoom.objects.get(name="Patio")
        data = {
            "source_language": "es",
            "title_es": "Grupo",
            "kind": "discussion",
            "minutes": "30",
            "visibility": "public",
        }
        assert "room" not in browser.get(item.replace(first.code, second.code)).context["form"].fields
        assert browser.post(item, data | {"room": patio.pk}).status_code == 302
        content = client.get(f"/es/meetings/{first.code}/").content.decode()
        assert "· Patio" in content and "sala norte" in content
        elsewhere = MeetingRoom.objects.get(name="Sala Sur")
        arranged = {"room": "Sala Sur", "interpretation": [], "proposal_minutes": 0, "actor": team, "now": NOW}
        arrange_meeting(second, **arranged | {"room": "Lejos"})
        assert browser.post(item, data | {"room": MeetingRoom.objects.get(name="Lejos").pk}).status_code == 422
        arrange_meeting(Meeting.objects.get(pk=first.pk), **arranged, additional_rooms=["Sala Norte"])
        assert first.agenda.get().room is None, "in a room that is no longer kept nothing takes place"
        assert elsewhere.meetings.get() == first

    def test_taken_between_the_form_and_moving(self, team):
        first, second = meeting_at(hours(22, 12)), meeting_at(hours(23, 12))
        arrange(first, team)
        arrange(second, team)
        with pytest.raises(Incomplete):
            move_meeting(second, schedule=hours(22, 13), actor=team, now=NOW, **WHERE)
        assert Meeting.objects.get(pk=second.pk).starts_at == hours(23, 12).starts_at

    def test_what_is_cancelled_or_over_keeps_none(self, team):
        for state in ("cancelled", "held", "published"):
            meeting = meeting_at(hours(22, 12))
            arrange(meeting, team)
            Meeting.objects.filter(pk=meeting.pk).update(state=state)
        arrange(meeting_at(hours(22, 12)), team)

    def test_another_room_is_another_place_to_those_called(self, team, client):
        make.delegate(make.organization(), email="ana@example.org")
        meeting = meeting_at(hours(22, 12), state="planned", place="Casa de Internet")
        arrange(meeting, team)
        convene_meeting(meeting, actor=team, now=NOW)
        OutboxMessage.objects.all().delete()
        arrange(meeting, team, "Sala Norte", ["pt", "en"])
        arrange(meeting, team, "Sala Norte", ["pt"])
        (row,) = OutboxMessage.objects.all()
        assert "SEQUENCE:1" in row.calendar and "Casa de Internet\\, Sala Norte" in row.calendar
        assert "Sala Norte" in row.text
        page = client.get(f"/es/meetings/{meeting.code}/").content.decode()
        assert "Casa de Internet, Sala Norte" in page and "Interpretación al" in page

    def test_only_while_it_is_ahead_and_by_the_team(self, team, signed_in):
        with pytest.raises(NotNow):
            arrange(meeting_at(hours(22, 12), state="held"), team)
        meeting = meeting_at(hours(23, 12))
        address = f"/es/meetings/{meeting.code}/arrangements/"
        sent = {"room": "Sala Sur", "proposal_minutes": "20", "interpretation": ["pt"]}
        assert signed_in(make.delegate(make.organization())).post(address, sent).status_code == 403
        signed_in(team).post(address, sent)
        meeting.refresh_from_db()
        assert (meeting.room.name, meeting.interpretation, meeting.proposal_minutes) == ("Sala Sur", ["pt"], 20)


class TestProposals:
    def propose(self, meeting, organization, minutes=20, title="Tema", **fields):
        data = {"language": "es", "kind": "discussion", "why": "Porque sí"}
        proposal = NewProposal(title=title, minutes=minutes, **data | fields)
        return propose_item(meeting, organization=organization, proposal=proposal, actor=None, now=NOW)

    def test_within_the_minutes_each_has(self, team):
        ours, other = make.organization("OURS"), make.organization("OTHER")
        meeting = arrange(meeting_at(hours(22, 12)), team, "", minutes=45)
        first = self.propose(meeting, ours, 30)
        for minutes in (16, 0):
            with pytest.raises(Incomplete):
                self.propose(meeting, ours, minutes)
        self.propose(meeting, ours, 15)
        assert (minutes_left(meeting, ours), minutes_left(meeting, other)) == (0, 45)
        withdraw_proposal(first, actor=None, now=NOW)
        assert minutes_left(meeting, ours) == 30

    @pytest.mark.parametrize(("state", "minutes"), [("convened", 0), ("planned", 30), ("held", 30)])
    def test_only_where_they_are_asked_for(self, state, minutes):
        meeting = meeting_at(hours(22, 12), state=state, proposal_minutes=minutes)
        with pytest.raises(NotNow):
            self.propose(meeting, make.organization())

    def test_taken_on_the_agenda_or_told_why_not(self, team):
        ours = make.organization("OURS")
        meeting = arrange(meeting_at(hours(22, 12)), team, "", minutes=60)
        first, second = self.propose(meeting, ours, title="Uno"), self.propose(meeting, ours, title="Dos")
        answer_proposal(first, state="taken", answer="", actor=team, now=NOW)
        item = meeting.agenda.get()
        assert (item.title_es, item.minutes, item.presenter, item.day) == ("Uno", 20, ours, None)
        with pytest.raises(Incomplete):
            answer_proposal(second, state="declined", answer=" ", actor=team, now=NOW)
        answer_proposal(second, state="declined", answer="En junio.", actor=team, now=NOW)
        with pytest.raises(NotNow):
            answer_proposal(first, state="declined", answer="No", actor=team, now=NOW)

    def test_by_page_each_its_own(self, team, signed_in):
        ours, other = make.organization("OURS"), make.organization("OTHER")
        meeting = arrange(meeting_at(hours(22, 12)), team, "", minutes=60)
        editor, peer = signed_in(make.holder(Role.EDITOR, ours)), signed_in(make.delegate(other))
        sent = {
            "organization": "ours",
            "title": "Nuestro tema",
            "kind": "discussion",
            "minutes": "20",
            "language": "es",
        }
        address = f"/es/meetings/{meeting.code}/proposals/new/"
        assert peer.post(address, sent).status_code == 422
        editor.post(address, sent)
        proposal = ItemProposal.objects.get()
        page = f"/es/meetings/{meeting.code}/"
        assert "Nuestro tema" in editor.get(page).content.decode()
        assert "Nuestro tema" not in peer.get(page).content.decode()
        assert "Nuestro tema" in signed_in(team).get(f"{page}agenda/").content.decode()
        gone = f"/es/meetings/{meeting.code}/proposals/{proposal.pk}/withdrawal/"
        assert peer.post(gone).status_code == 404
        editor.post(gone)
        assert ItemProposal.objects.get().state == "withdrawn"


def test_the_binder_is_what_each_may_read(team, client, signed_in):
    meeting = make.meeting(2026)
    item = meeting.agenda.create(position=1, title_es="Público", visibility="public")
    meeting.agenda.create(position=2, title_es="De la comunidad", visibility="community", note="Nota interna")
    make.paper(item, NOW)
    address = f"/es/meetings/{meeting.code}/binder/"
    content = client.get(address).content.decode()
    assert "Público" in content and "De la comunidad" not in content and "Papel Demo" not in content
    content = signed_in(make.delegate(make.organization())).get(address).content.decode()
    assert "Nota interna" in content and "Papel Demo" in content
