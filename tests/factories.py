"""Real objects for tests: plain functions, no mocks. Names are plainly fictional."""

import datetime
import itertools

from allauth.account.models import EmailAddress

from accounts.models import User
from commons.models import Theme
from core.records import services as records
from core.visibility import Visibility
from meetings.models import Decision, Meeting
from organizations.models import Mandate, Organization, Person
from organizations.states import OrganizationKind, Role
from priorities.models import PlanningCycle, Priority, PriorityPlan
from priorities.states import CycleState, PlanState

count = itertools.count(1)
LONG_AGO = datetime.date(2020, 1, 1)


def organization(acronym=None, **fields):
    n = next(count)
    acronym = acronym or f"DEMO{n}"
    defaults = {
        "slug": acronym.lower(),
        "position": n,
        "name_es": f"Organización Demo {n}",
        "kind": OrganizationKind.MEMBER,
    }
    return Organization.objects.create(acronym=acronym, **defaults | fields)


def person(name=None, **fields):
    return Person.objects.create(name=name or f"Demo Persona {next(count)}", **fields)


def user(email=None, language="es", zone="America/Montevideo"):
    """A user who may sign in (proven address), without any role."""
    made = User.objects.create_user(
        email or f"demo{next(count)}@example.org", "demo-password-1", language=language, zone=zone
    )
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def holder(role, organization=None, starts_on=LONG_AGO, ends_on=None, **fields):
    """A user who holds a role."""
    made = user(**fields)
    Mandate.objects.create(
        person=person(user=made), organization=organization, role=role, starts_on=starts_on, ends_on=ends_on
    )
    return made


def delegate(organization, **fields):
    return holder(Role.DELEGATE, organization, **fields)


def coordination(**fields):
    return holder(Role.COORDINATION, **fields)


def administrator(**fields):
    return holder(Role.ADMINISTRATOR, **fields)


def theme(slug=None, **fields):
    n = next(count)
    return Theme.objects.create(slug=slug or f"tema-{n}", name_es=f"Tema {n}", position=n, **fields)


def cycle(year=2026, now=None, state=CycleState.OPEN, **fields):
    """A cycle open from ten days before `now` to twenty days after."""
    now = now or datetime.datetime(2026, 1, 10, 12, tzinfo=datetime.UTC)
    defaults = {"opens_at": now - datetime.timedelta(days=10), "closes_at": now + datetime.timedelta(days=20)}
    return PlanningCycle.objects.create(year=year, state=state, **defaults | fields)


def plan(cycle, organization, state=PlanState.DRAFT, **fields):
    fields.setdefault("edited_at", cycle.opens_at)
    return records.create(
        "PLA", cycle.year, PriorityPlan(cycle=cycle, organization=organization, state=state, **fields)
    )


def priority(plan, title=None, visibility=Visibility.PUBLIC, **fields):
    title = title or f"Prioridad Demo {next(count)}"
    row = Priority(plan=plan, title_es=title, visibility=visibility, **fields)
    return records.create("PRI", plan.cycle.year, row)


def meeting(year=2026, state="convened", visibility=Visibility.PUBLIC, **fields):
    day = datetime.date(year, 1, 22)
    defaults = {
        "title_es": f"Reunión Demo {next(count)}", "starts_on": day, "ends_on": day + datetime.timedelta(days=1),
        "revised_at": datetime.datetime(year, 1, 1, tzinfo=datetime.UTC),
    }  # fmt: skip
    return records.create("MEE", year, Meeting(year=year, state=state, visibility=visibility, **defaults | fields))


def decision(meeting, title=None, visibility=Visibility.PUBLIC, **fields):
    title = title or f"Decisión Demo {next(count)}"
    fields.setdefault("decided_on", meeting.starts_on)
    return records.create(
        "DEC", meeting.year, Decision(meeting=meeting, title_es=title, visibility=visibility, **fields)
    )
