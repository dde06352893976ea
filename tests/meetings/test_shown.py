"""What the pages of meetings show in states that few readers meet; the states themselves are tested with their acts."""

import datetime
from types import SimpleNamespace

import pytest
from django.utils import translation

from commons.models import SignOff
from meetings.models import AgendaItem, Communique, Invitation, Meeting, Minutes
from meetings.queries import agenda as queries
from meetings.queries.communique import Signatures
from meetings.queries.pages.agenda import AgendaLine
from meetings.queries.pages.communique import CommuniquePage, OwnAnswer
from meetings.queries.pages.meeting import MeetingPage
from meetings.queries.pages.minutes import MinutesPage
from meetings.queries.pages.poll import PollRow
from meetings.queries.pages.room import RoomPage, SessionView
from organizations.models import Organization

NOW = datetime.datetime(2026, 3, 2, 15, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def communique_page(state, *, meeting_state="held", leads=True, is_published=False, publishes_at=NOW + DAY):
    meeting = Meeting(code="CASA-2026-MEE-001", state=meeting_state)
    communique = Communique(meeting=meeting, state=state, publishes_at=publishes_at)
    return CommuniquePage(communique, NOW, is_published, leads, Signatures(), [], [], [], {}, [])


class TestCommunique:
    def test_the_answer_an_organisation_gave(self):
        organization = Organization(acronym="DEMO")
        answer = SignOff(stand="agreed", aloud=True)
        own = OwnAnswer(organization, answer, is_published=False)
        assert own.given == "Your answer: signs (said aloud in the room)"
        assert [choice.is_given for choice in own.choices] == [True, False, False]
        assert OwnAnswer(organization, SignOff(stand="agreed"), is_published=False).given == "Your answer: signs"
        assert OwnAnswer(organization, None, is_published=False).given == ""
        late = OwnAnswer(organization, answer, is_published=True)
        assert late.given == "" and len(late.choices) == 2 and "still adhere" in late.question

    def test_how_long_until_it_is_published(self):
        assert communique_page("signing").countdown == "in 1\xa0day"
        assert communique_page("signing", publishes_at=NOW).countdown == ""
        assert communique_page("draft", publishes_at=None).countdown == ""

    def test_when_the_organisations_can_be_asked(self):
        assert communique_page("draft").asking_verb == "Ask the organisations to sign…"
        assert communique_page("signing").asking_verb == "Announce another time…"
        assert communique_page("draft", meeting_state="convened").asking_verb == ""
        assert communique_page("signing", is_published=True).asking_verb == ""
        assert communique_page("draft", leads=False).asking_verb == ""

    def test_no_number_before_there_is_a_text(self):
        assert communique_page("draft").number == 0


def test_an_item_that_begins_late_says_so_to_the_organisations():
    item = AgendaItem(title_es="Demo", minutes=20)
    late = queries.AgendaLine(item, NOW, NOW + DAY, late_by=5)
    assert AgendaLine(late, True, False, False).lateness.startswith("5 min late")
    assert AgendaLine(late, False, False, False).lateness == ""
    assert AgendaLine(queries.AgendaLine(item, NOW, NOW + DAY), True, False, False).lateness == ""


def test_an_invitation_says_what_was_answered():
    shown = SimpleNamespace(invitation=Invitation(answer="remote"))
    question = MeetingPage.invitation_question.fget
    assert question(shown) == "Your answer: remote. You can change it until the meeting begins."
    assert question(SimpleNamespace(invitation=Invitation())) == "Will you attend?"
    assert question(SimpleNamespace(invitation=None)) == "Will you attend?"


@pytest.mark.parametrize(
    ("meeting_state", "state", "verb"),
    [
        ("held", "draft", "Circulate the minutes…"),
        ("published", "circulated", "Give more time…"),
        ("held", "approved", ""),
        ("in_session", "draft", ""),
        ("held", None, ""),
    ],
)
def test_when_minutes_can_be_circulated(meeting_state, state, verb):
    minutes = Minutes(state=state) if state else None
    page = MinutesPage(Meeting(state=meeting_state), minutes, [], True, False, False, [], waiting=0)
    assert page.circulating_verb == verb
    assert page.circulating_look == ("quiet" if state == "circulated" else "")


def test_how_many_comments_wait():
    pages = [MinutesPage(Meeting(), None, [], True, False, False, [], waiting=n) for n in (0, 1, 2)]
    assert [page.waiting_in_words for page in pages] == [
        "",
        "1 comment is waiting for an answer",
        "2 comments are waiting for an answer",
    ]


def test_a_date_with_holidays_says_in_how_many_countries():
    row = PollRow(SimpleNamespace(holidays=["Chile", "Perú"], has_quorum=True))
    assert (row.holidays_in_words, row.holidays, row.look) == ("Holiday in 2 countries", "Chile, Perú", "small")
    none = PollRow(SimpleNamespace(holidays=[], has_quorum=False))
    assert (none.holidays_in_words, none.look) == ("", "small quiet")


class TestRoom:
    def test_it_says_why_it_is_closed(self):
        closed = [RoomPage(Meeting(state=state), False, None).closed_in_words for state in ("convened", "held")]
        assert closed[0].startswith("The session has not begun.")
        assert closed[1] == "The meeting is not in session."

    def test_a_break_has_no_minutes_of_its_own(self):
        meeting = Meeting(code="CASA-2026-MEE-001")
        for item, ending in (
            (AgendaItem(pk=7, kind="discussion"), "/minutes/7/"),
            (AgendaItem(pk=7, kind="break"), "/minutes/general/"),
            (None, "/minutes/general/"),
        ):
            room = SimpleNamespace(item=item)
            assert SessionView(meeting, room, True, None).minutes_address.endswith(ending)
