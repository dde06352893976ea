"""Every route, walked by everybody, with GET and with garbage: nobody passes a door that is not theirs, nothing
breaks, and who is refused changes nothing."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLPattern

from accounts.services import open_calendar
from committees.models import Committee, Seat
from commons.models import ActionItem, Text, TextVersion
from core import clock
from core.models import JournalEntry, OutboxMessage, Record
from core.records import services as records
from core.visibility import Visibility
from elections.models import Claim, RollCorrection, Scrutineer
from engagement.models import Activity, TrainingProgramme, TrainingSession
from meetings.models import AgendaItem, Minutes, Question
from organizations.models import Mandate
from organizations.states import Role
from priorities.models import CycleQuestion, PriorityDraft
from spaces.models import Edition, EditionDeadline, Space
from tests import factories as make
from tests.project.routes_table import PERSONAS, ROUTES

pytestmark = pytest.mark.django_db

HOSTILE = [
    "",
    "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "null\x00byte",
    "9" * 400,
    "-1",
    "💥" * 300,
    "../../../../etc/passwd",
]


def own_routes(patterns=None, namespace=""):
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from own_routes(pattern.url_patterns, inner)


def test_every_route_is_in_the_door_plan():
    routes = set(own_routes())
    assert {"not in the plan": routes - set(ROUTES), "no such route": set(ROUTES) - routes} == {
        "not in the plan": set(),
        "no such route": set(),
    }


class World:
    """One of everything, and a browser for each kind of person."""

    def __init__(self):
        now = clock.now()
        today = now.date()
        self.organization, other = make.organization("DEMO-A"), make.organization("DEMO-B")
        self.people = {
            "outsider": make.delegate(other),
            "editor": make.holder(Role.EDITOR, self.organization),
            "delegate": make.delegate(self.organization),
            "lead": make.holder(Role.LEAD, self.organization),
            "coordination": make.coordination(),
            "administrator": make.administrator(),
        }
        self.calendar = open_calendar(self.people["delegate"], "mine", now)
        self.mandate = Mandate.objects.get(person__user=self.people["delegate"])
        self.theme = make.theme()
        self.meeting = make.meeting(2026, state="published")
        text = Text.objects.create()
        TextVersion.objects.create(text=text, language="es", number=1, body="Resultado Demo", written_at=now)
        self.meeting.outcome = text
        self.meeting.save()
        self.photograph = make.photograph(make.communique(self.meeting, now, state="published"), now)
        self.signed = make.meeting(2026, state="held")
        self.reader = make.communique(self.signed, now).readers.create(
            name="Demo Prensa", address="demo@example.org", language="es", given_at=now
        )
        self.account = self.meeting.accounts.create(
            organization=self.organization, title="Demo", url="https://example.org/demo", added_at=now
        )
        self.polled = make.meeting(2026, state="planned", starts_on=None, ends_on=None)
        make.poll(self.polled, now, today)
        self.item = AgendaItem.objects.create(meeting=self.meeting, position=1, title_es="Punto Demo")
        self.item.presenter, self.item.visibility = self.organization, Visibility.PUBLIC
        self.item.save()
        self.proposal = self.meeting.proposals.create(
            organization=self.organization, title="Demo", minutes=5, proposed_at=now
        )
        self.guest = self.meeting.invitations.create(address="guest@example.org", language="es", invited_at=now)
        self.paper = make.paper(self.item, now, visibility=Visibility.PUBLIC)
        self.question = Question.objects.create(meeting=self.meeting, words="Demo", opened_at=now, closed_at=now)
        minutes = Minutes.objects.create(
            meeting=self.meeting,
            state="circulated",
            begun_at=now,
            circulated_at=now,
            comments_until=now + datetime.timedelta(days=3),
        )
        self.minutes_part = minutes.parts.create(item=None)
        self.minutes_comment = self.minutes_part.comments.create(
            organization=self.organization, words="Demo", commented_at=now
        )
        self.decision = make.decision(self.meeting, theme=self.theme)
        self.action = records.create(
            "ACT",
            2026,
            ActionItem(
                title_es="Tarea Demo", organization=self.organization, visibility=Visibility.PUBLIC, due_on=today
            ),
        )
        self.space = Space.objects.create(slug="demo", name_es="Espacio Demo", kind="regional")
        self.edition = records.create("EDI", 2026, Edition(space=self.space, year=2026, title_es="Demo 2026"))
        self.deadline = EditionDeadline.objects.create(edition=self.edition, title_es="Propuestas", day=today)
        self.part = make.participation(self.edition, self.organization)
        published = make.cycle(2025, state="published")
        self.filed = make.plan(published, self.organization, state="submitted")
        self.priority = make.priority(self.filed, theme=self.theme)
        self.cycle = make.cycle(2026, now=now)
        self.plan = make.plan(self.cycle, self.organization)
        self.draft = PriorityDraft.objects.create(plan=self.plan, title="Borrador Demo", edited_at=now)
        CycleQuestion.objects.create(cycle=self.cycle, number=1, text_es="Pregunta Demo")
        self.committee = Committee.objects.create(slug="demo", name_es="Comité Demo")
        Seat.objects.create(committee=self.committee, sector=make.sector(), ordinal=1)
        self.election, self.elected = (
            make.election(self.committee, self.people["coordination"].person, now, state=state)
            for state in ("called", "certified")
        )
        self.nomination = make.nomination(self.election, self.organization, self.people["delegate"].person)
        self.claim = Claim.objects.create(
            election=self.election,
            stage="roll",
            organization=self.organization,
            text="Demo",
            raised_by=self.people["delegate"].person,
            raised_at=now,
        )
        self.correction = RollCorrection.objects.create(
            election=self.election,
            organization=self.organization,
            voter=self.people["lead"].person,
            reason="Demo",
            requested_by=self.people["delegate"].person,
            requested_at=now,
        )
        self.scrutineer = Scrutineer.objects.create(
            election=self.election, person=self.people["lead"].person, organization=self.organization
        )
        self.standing = make.election(
            self.committee, self.people["coordination"].person, now, state="candidates_published"
        )
        candidate = make.nomination(
            self.standing, self.organization, self.people["delegate"].person, state="accepted", number=1
        )
        self.asked = candidate.questions.create(organization=self.organization, text="Demo", asked_at=now)
        public = {"year": 2026, "visibility": Visibility.PUBLIC, "state": "published"}
        self.activity = records.create("VIS", 2026, Activity(title_es="Visita Demo", **public))
        self.programme = TrainingProgramme.objects.create(slug="demo", name_es="Programa Demo")
        self.session = records.create(
            "TRA", 2026, TrainingSession(programme=self.programme, title_es="Taller Demo", **public)
        )
        self.activity.hosts.add(self.organization)
        self.session.hosts.add(self.organization)
        self.regulation = make.regulation()
        self.project = make.project(self.organization)
        self.place = self.project.participants.get()
        self.milestone = make.milestone(self.project)
        self.threat = make.threat(published, self.organization, state="adopted")
        self.assessment = make.assessment(2025, organization=self.organization)
        self.looked = make.assessment(2024, organization=self.organization)
        self.looked.improvements.create(number=1, text="Demo: antes")

    def browser(self, persona):
        client = Client(raise_request_exception=False)
        if persona != "visitor":
            client.force_login(self.people[persona], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    def resolve(self, argument):
        if not (isinstance(argument, str) and argument.startswith("@")):
            return argument
        value = self
        for name in argument[1:].split("."):
            value = getattr(value, name)
        return value

    def address(self, name, args):
        return reverse(name, args=[self.resolve(argument) for argument in args])


@pytest.fixture
def world(settings):
    settings.CASA_DEMO = True
    return World()


def marks():
    """What would show that something was done."""
    return (
        JournalEntry.objects.count(),
        Record.objects.count(),
        OutboxMessage.objects.count(),
        Mandate.objects.count(),
    )


def is_refused(persona, answer):
    """403, 404 or 405; a visitor may also be sent to sign in."""
    if answer.status_code in (403, 404, 405):
        return True
    return persona == "visitor" and answer.status_code == 302 and "/account/login/" in answer["Location"]


def is_answered(answer):
    """A page, a redirect, or a plain refusal of the input; never a failure of ours, never a closed door."""
    return answer.status_code in (200, 302, 301, 304, 400, 409, 410, 422) and "/account/login/" not in answer.get(
        "Location", ""
    )


#: allauth's own flows send people where their state belongs: to sign-in, to the mailbox, or home.
FLOWS = {name for name in ROUTES if name.startswith("account_")}


@pytest.mark.parametrize("persona", PERSONAS)
def test_get(world, persona):
    wrong = {}
    client = world.browser(persona)
    for name, (args, get, _post) in ROUTES.items():
        if name == "account_logout":
            continue
        before = marks()
        answer = client.get(world.address(name, args))
        passes = get is not None and persona in get
        good = (
            answer.status_code < 500
            if name in FLOWS
            else is_answered(answer)
            if passes
            else is_refused(persona, answer)
        )
        if not good or marks() != before:
            wrong[name] = (answer.status_code, answer.get("Location"))
    assert not wrong, "\n".join(f"{what}: {seen}" for what, seen in wrong.items())


def fields_of(html):
    return set(re.findall(r"""<(?:input|select|textarea)\b[^>]*\bname=["']([^"']+)""", html)) - {"csrfmiddlewaretoken"}


#: Fields of forms that a refused person never sees, to be sent all the same.
SOME_FIELDS = {"state", "title", "name", "email", "role", "reason", "day", "starts_on", "body", "organization", "next"}


@pytest.mark.parametrize("persona", PERSONAS)
def test_garbage_post(world, persona):
    wrong = {}
    client = world.browser(persona)
    for name, (args, get, post) in ROUTES.items():
        if name in ("account_logout", "demo_sign_in"):
            continue  # both end or change who this is; they have tests of their own
        address = world.address(name, args)
        passes = post is not None and persona in post
        page = client.get(address) if get and persona in get else None
        names = (
            fields_of(page.content.decode(errors="replace"))
            if page is not None and page.status_code == 200 and not page.streaming
            else set()
        )
        for value in HOSTILE if passes else HOSTILE[1:2]:
            before = marks()
            answer = client.post(address, dict.fromkeys(names | SOME_FIELDS, value))
            if name in FLOWS:
                good = answer.status_code < 500
            elif passes:
                good = is_answered(answer) or answer.status_code == 404
            else:
                good = is_refused(persona, answer) and marks() == before
            if not good:
                wrong[f"{name} {value[:12]!r}"] = (answer.status_code, answer.get("Location"))
    assert not wrong, "\n".join(f"{what}: {seen}" for what, seen in wrong.items())


ABSURD = {
    "code": ["CASA-2026-XXX-001", "CASA-9999-DEC-999999", "'; DROP TABLE core_record;--", "%00", "a" * 3000],
    "pk": [0, 10**17, 10**30, "abc"],
    "slug": ["no-such", "x" * 3000],
}


def test_absurd_addresses_are_no_pages(world):
    client = world.browser("coordination")
    wrong, seen = {}, set()
    for name, (args, _get, _post) in ROUTES.items():
        if name in FLOWS:
            continue  # allauth answers an unknown key with a page that says so
        for place, argument in enumerate(args):
            kind = str(argument).split(".")[-1] if str(argument).startswith("@") else "pk"
            for absurd in ABSURD.get(kind, []):
                tried = [world.resolve(a) for a in args]
                tried[place] = absurd
                try:
                    address = reverse(name, args=tried)
                except NoReverseMatch:
                    continue
                seen.add(kind)
                for answer in (client.get(address), client.post(address)):
                    if answer.status_code not in (301, 302, 400, 403, 404, 405, 410):
                        wrong[f"{name} {absurd!r}"[:80]] = answer.status_code
    assert not wrong, "\n".join(f"{what}: {status}" for what, status in wrong.items())
    assert seen == set(ABSURD), "every kind was tried at least once"


def test_absurd_years_are_no_pages(world):
    client = world.browser("visitor")
    for year in ("0", "1", "99999", "9" * 30, "20x6"):
        for path in (f"/es/years/{year}/", f"/es/priorities/{year}/"):
            assert client.get(path).status_code == 404, path


def test_absurd_filters_are_messages_or_nothing(world):
    """Whatever stands in the query of an address, the page answers."""
    wrong = {}
    for persona in ("visitor", "coordination"):
        client = world.browser(persona)
        for name, (args, get, _post) in ROUTES.items():
            if get is None or persona not in get or name == "account_logout":
                continue
            for value in HOSTILE[1:]:
                query = dict.fromkeys(
                    ["on", "year", "q", "page", "kind", "theme", "organization", "country", "state", "from", "next"],
                    value,
                )
                answer = client.get(world.address(name, args), query)
                if answer.status_code >= 500:
                    wrong[f"{persona} {name} {value[:12]!r}"] = answer.status_code
    assert not wrong, "\n".join(f"{what}: {seen}" for what, seen in wrong.items())


def test_signing_out_is_a_post(world):
    client = world.browser("delegate")
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.get(reverse("my_work")).status_code == 200, "a GET changes nothing"
    client.post(reverse("account_logout"))
    assert client.get(reverse("my_work")).status_code == 302


def test_the_world_is_of_this_year():
    """The cycle of the table is open while the test runs."""
    assert World().cycle.accepts(clock.now())
