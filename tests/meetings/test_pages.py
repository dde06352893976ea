"""Pages: who can open which, the whole way from planning to the public, bad input."""

import datetime
import re

import pytest

from core.outbox.models import OutboxMessage
from meetings.models import AgendaItem, Attendance, Decision, Meeting
from meetings.services.outcome import write_outcome
from meetings.services.schedule import Schedule, move_meeting
from meetings.urls import urlpatterns
from organizations.states import Role
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 1, 22, 15, tzinfo=datetime.UTC)
TEN_MEGABYTES = "x" * 10_000_000
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def team():
    return make.coordination()


WORDS = {"source_language": "es", "title_es": "Reunión Demo"}
WHEN = {
    "starts_on": "2031-01-22",
    "ends_on": "2031-01-23",
    "starts_time": "09:00",
    "ends_time": "17:00",
    "zone": "America/Montevideo",
    "mode": "hybrid",
    "place": "Casa",
    "link": "",
}
MEETING = WORDS | WHEN | {"kind": "annual", "visibility": "public"}
ITEM = {"source_language": "es", "title_es": "Tema", "kind": "discussion", "minutes": "30", "visibility": "public"}
DECISION = {"source_language": "es", "title_es": "Decidir", "how": "consensus", "visibility": "public"}


def errors(response):
    """Every sentence shown beside a field or in the summary."""
    form = response.context["form"]
    return {name: [str(sentence) for sentence in sentences] for name, sentences in form.errors.items()}


def test_from_planning_to_the_public_and_back(signed_in, team, client):
    """Everything through the pages; nothing but links and forms."""
    organization = make.organization("DEMOA")
    make.delegate(organization, email="ana@example.org")
    web = signed_in(team)
    made = web.post("/es/meetings/new/", MEETING)
    meeting = Meeting.objects.get()
    assert (made.status_code, made.url) == (302, f"/es/meetings/{meeting.code}/")
    assert meeting.starts_at == datetime.datetime(2031, 1, 22, 12, tzinfo=datetime.UTC)
    here = made.url
    assert "DEMOA" in web.get(f"{here}convening/").content.decode()
    assert web.post(f"{here}convening/").status_code == 302
    assert OutboxMessage.objects.filter(kind="meeting_invitation").count() == 1
    assert web.post(f"{here}agenda/new/", ITEM | {"day": "2031-01-22"}).url == f"{here}agenda/"
    item = AgendaItem.objects.get()
    assert web.post(f"{here}agenda/{item.pk}/place/", {"place": "0"}).status_code == 302
    assert web.post(f"{here}decisions/new/", DECISION).url == here
    decision = Decision.objects.get()
    state = web.post(f"/es/meetings/decisions/{decision.code}/state/", {"state": "underway"})
    assert state.status_code == 302
    action = {
        "title": "Escribir",
        "language": "es",
        "decision": decision.pk,
        "organization": organization.pk,
        "visibility": "public",
    }
    assert web.post(f"{here}actions/new/", action).url == here
    assert web.post(f"{here}attendance/", {f"presence_{organization.pk}": "remote"}).url == here
    assert Attendance.objects.get().presence == "remote"
    first = web.post(f"{here}outcome/es/", {"body": "Se decidió **lo uno**.", "base_number": "0"})
    assert first.url == f"{here}outcome/"
    web.post(f"{here}outcome/en/", {"body": "It was *decided*.", "base_number": "0", "reviewer": "Demo Reviewer"})
    assert "notice--error" in web.post(f"{here}end/", follow=True).content.decode()
    assert Meeting.objects.get().state == "convened"
    move_meeting(
        meeting,
        schedule=Schedule(datetime.date(2026, 1, 22)),
        place="Casa",
        mode="hybrid",
        link="",
        actor=team,
        now=NOW,
    )
    assert web.post(f"{here}end/").status_code == 302
    assert web.post(f"{here}publication/", {"visibility": "public"}).url == here
    meeting.refresh_from_db()
    assert meeting.state == "published"
    web.logout()
    page = client.get(here).content.decode()
    for shown in ("<strong>lo uno</strong>", "Decidir", "Escribir", decision.code, "DEMOA", "Tema"):
        assert shown in page
    english = client.get(here.replace("/es/", "/en/")).content.decode()
    assert "<em>decided</em>" in english and "Demo Reviewer" in english
    assert "csrfmiddlewaretoken" not in page
    assert "sessionid" not in client.cookies or not client.cookies["sessionid"].value


# Every address of the app, with who may: "all" readers, or the coordination team only.
def addresses(meeting, item, decision):
    code, number = meeting.code, item.pk
    everybody = [
        "",
        f"{code}/",
        f"{code}/calendar.ics",
        f"{code}/agenda.csv",
        f"decisions/{decision.code}/",
        f"{code}/outcome/es/1/",
    ]
    team_only = [
        "new/",
        f"{code}/correct/",
        f"{code}/visibility/",
        f"{code}/dates/",
        f"{code}/convening/",
        f"{code}/cancelling/",
        f"{code}/publication/",
        f"{code}/attendance/",
        f"{code}/agenda/",
        f"{code}/agenda/new/",
        f"{code}/agenda/{number}/",
        f"{code}/decisions/new/",
        f"{code}/actions/new/",
        f"{code}/outcome/",
        f"{code}/outcome/es/",
        f"{code}/poll/new/",
        f"{code}/agenda/copy/",
        f"{code}/agenda/import/",
        f"decisions/{decision.code}/correct/",
        f"decisions/{decision.code}/state/",
    ]
    posts_only = [
        f"{code}/invitations/",
        f"{code}/beginning/",
        f"{code}/end/",
        f"{code}/agenda/{number}/place/",
        f"{code}/agenda/{number}/removal/",
    ]
    return everybody, team_only, posts_only


def world(team):
    meeting = make.meeting(2026, state="published")
    item = AgendaItem.objects.create(meeting=meeting, position=1, title_es="Tema", visibility="public")
    decision = make.decision(meeting)
    write_outcome(meeting, language="es", body="Texto", actor=team, now=NOW)
    return addresses(meeting, item, decision)


def test_every_address_is_in_the_table_of_who_may(team):
    elsewhere = re.compile(
        "poll|poll_(decide|withdraw|by_link)|attendance_(csv|sheet|import)|invitation_(answer|by_link)|minutes.*|room.*|communique.*|guest.*|called|embargo.*|press"
        "|account_(add|remove)|paper.*|photograph.*|arrange|binder|proposal_.*"
    )
    there = [one for one in urlpatterns if not elsewhere.fullmatch(one.name)]
    assert sum(len(group) for group in world(team)) == len(there)


GARBAGE = {
    "title_es": HOSTILE * 50,
    "day": "never",
    "minutes": "-9e99",
    "zone": "Mars/Olympus",
    "theme": "x",
    "spaces": ["x"],
    "organization": "9" * 30,
    "base_number": "x",
    "base_version": "-1",
    "visibility": "secret",
    "state": "x",
    "kind": "x",
    "starts_on": "31/31/31",
    "body": "\x00",
    "source_language": "zz",
}


@pytest.mark.parametrize("role", ["visitor", "no role", "member", "delegate", "administrator"])
def test_doors_of_the_coordination_team_stay_shut(client, team, role):
    everybody, team_only, posts_only = world(team)
    organization = make.organization()
    user = {
        "visitor": lambda: None,
        "no role": make.user,
        "member": lambda: make.holder(Role.MEMBER, organization),
        "delegate": lambda: make.delegate(organization),
        "administrator": make.administrator,
    }[role]()
    if user:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    before = Meeting.objects.values().get(), OutboxMessage.objects.count(), AgendaItem.objects.count()
    for path in everybody:
        assert client.get(f"/es/meetings/{path}").status_code == 200, path
        assert client.post(f"/es/meetings/{path}", GARBAGE).status_code == 405, path
    for path in team_only + posts_only:
        for answer in (client.get(f"/es/meetings/{path}"), client.post(f"/es/meetings/{path}", GARBAGE)):
            assert answer.status_code == (302 if user is None else 403), path
            assert user is not None or "/account/login/" in answer.url
    assert before == (Meeting.objects.values().get(), OutboxMessage.objects.count(), AgendaItem.objects.count())


@pytest.mark.parametrize("state", ["planned", "convened", "in_session", "held", "published", "cancelled"])
def test_the_team_may_send_anything_to_any_form_and_nothing_breaks(signed_in, team, state):
    _everybody, team_only, posts_only = world(team)
    Meeting.objects.update(state=state)
    web = signed_in(team)
    for path in team_only:
        assert web.get(f"/es/meetings/{path}").status_code == 200, path
        for data in (GARBAGE, {}, {"visibility": "\x00", "reason": "\x00", "body": "a" * 50_000}):
            answer = web.post(f"/es/meetings/{path}", data)
            expected = (405,) if path.endswith(("/agenda/", "/outcome/")) else (302, 422)
            assert answer.status_code in expected, (path, answer.status_code)
    for path in posts_only:
        assert web.get(f"/es/meetings/{path}").status_code == 405
        assert web.post(f"/es/meetings/{path}", GARBAGE).status_code in (302, 404), path
    assert Meeting.objects.get().title_es.startswith("Reunión Demo")


class TestBadInput:
    def post(self, signed_in, team, **fields):
        return signed_in(team).post("/es/meetings/new/", MEETING | fields)

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"title_es": ""}, "title_es"),
            ({"title_es": "x" * 201}, "title_es"),
            ({"title_es": "a\x00b"}, "title_es"),
            ({"source_language": "pt"}, "title_pt"),
            ({"source_language": "de"}, "source_language"),
            ({"ends_on": "2031-01-21"}, "ends_on"),
            ({"ends_on": "2039-01-21"}, "ends_on"),
            ({"starts_on": ""}, "starts_on"),
            ({"starts_on": "0001-01-01"}, "starts_on"),
            ({"starts_on": "9999-12-31", "ends_on": ""}, "starts_on"),
            ({"ends_on": "", "ends_time": "08:00"}, "ends_time"),
            ({"ends_time": ""}, "ends_time"),
            ({"starts_time": ""}, "starts_time"),
            ({"zone": "Mars/Olympus"}, "zone"),
            ({"zone": "America"}, "zone"),
            ({"zone": "../../etc/passwd"}, "zone"),
            ({"zone": ""}, "zone"),
            ({"link": "javascript:alert(1)"}, "link"),
            ({"kind": "party"}, "kind"),
            ({"visibility": "secret"}, "visibility"),
            ({"place": "x" * 201}, "place"),
        ],
    )
    def test_what_is_wrong_is_said_beside_its_field(self, signed_in, team, fields, field):
        answer = self.post(signed_in, team, **fields)
        assert answer.status_code == 422
        assert field in errors(answer), errors(answer)
        assert not Meeting.objects.exists()

    def test_everything_that_is_wrong_is_said_at_once(self, signed_in, team):
        answer = self.post(signed_in, team, title_es="", zone="Mars/Olympus", ends_on="", ends_time="08:00", link="x y")
        assert set(errors(answer)) == {"title_es", "zone", "ends_time", "link"}

    @pytest.mark.parametrize(
        ("day", "hour", "zone", "words"),
        [
            ("2026-03-08", "02:30", "America/New_York", "does not exist"),
            ("2026-11-01", "01:30", "America/New_York", "twice"),
            ("2026-09-06", "00:30", "America/Santiago", "does not exist"),
            ("2026-04-04", "23:30", "America/Santiago", "twice"),
        ],
    )
    def test_a_local_time_that_does_not_exist_or_happens_twice(self, signed_in, team, day, hour, zone, words):
        answer = signed_in(team).post(
            "/en/meetings/new/",
            MEETING | {"starts_on": day, "ends_on": day, "starts_time": hour, "ends_time": "23:45", "zone": zone},
        )
        assert answer.status_code == 422
        assert words in " ".join(errors(answer)["starts_time"])

    def test_ten_megabytes_are_a_plain_refusal(self, signed_in, team):
        answer = self.post(signed_in, team, title_es=TEN_MEGABYTES)
        assert answer.status_code == 400
        assert not Meeting.objects.exists()

    def test_what_is_hostile_is_shown_as_it_was_written(self, signed_in, team):
        self.post(signed_in, team, title_es=HOSTILE, place=HOSTILE)
        page = signed_in(team).get(Meeting.objects.get().get_absolute_url()).content.decode()
        assert HOSTILE not in page and "&lt;script&gt;" in page

    def test_items_of_another_meeting_are_no_page(self, signed_in, team):
        meeting, other = make.meeting(2026), make.meeting(2026)
        item = AgendaItem.objects.create(meeting=other, position=1, title_es="Ajeno")
        web = signed_in(team)
        assert web.get(f"/es/meetings/{meeting.code}/agenda/{item.pk}/").status_code == 404
        for act in ("", "place/", "removal/"):
            assert web.post(f"/es/meetings/{meeting.code}/agenda/{item.pk}/{act}", ITEM).status_code == 404
        assert web.get(f"/es/meetings/{meeting.code}/agenda/{'9' * 30}/").status_code == 404
        item.refresh_from_db()
        assert item.title_es == "Ajeno"

    def test_a_decision_of_another_meeting_is_no_choice(self, signed_in, team):
        meeting, other = make.meeting(2026), make.decision(make.meeting(2026))
        organization = make.organization()
        data = {
            "title": "x",
            "language": "es",
            "decision": other.pk,
            "organization": organization.pk,
            "visibility": "public",
        }
        answer = signed_in(team).post(f"/es/meetings/{meeting.code}/actions/new/", data)
        assert answer.status_code == 422 and "decision" in errors(answer)

    @pytest.mark.parametrize(
        "query", ["year=abc", "year=99999999999999999999", "kind=x", "page=x", "page=99999", "year=%00"]
    )
    def test_filters_that_make_no_sense(self, client, query):
        make.meeting(2026)
        assert client.get(f"/es/meetings/?{query}").status_code in (200, 400, 404)

    @pytest.mark.parametrize(
        "code", ["CASA-2026-MEE-999", "casa-2026-mee-001", "x", "CASA-2026-MEE-001%00", "CASA-2026-DEC-001"]
    )
    def test_addresses_that_are_nothing(self, client, code):
        make.meeting(2026)
        expected = (200,) if code == "casa-2026-mee-001" else (400, 404)
        assert client.get(f"/es/meetings/{code}/").status_code in expected
