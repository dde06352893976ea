"""Real objects for tests: plain functions, no mocks. Names are plainly fictional."""

import datetime
import io
import itertools

from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import User
from committees.models import Committee, Seat, Term
from commons.models import ActionItem, Sector, Text, TextVersion, Theme
from core import pictures
from core.files import kind_of
from core.records import services as records
from core.visibility import Visibility
from elections.models import Election, Nomination, RollEntry
from engagement.models import Activity, Institution, Regulation, TrainingProgramme, TrainingSession
from meetings.models import Communique, DatePoll, Decision, Meeting, PollOption
from meetings.services.papers import NewPaper, add_paper
from meetings.services.photograph import PhotographDetails, set_photograph
from organizations.models import Mandate, Organization, Person
from organizations.states import OrganizationKind, Role
from priorities.models import (
    Assessment,
    CommonProject,
    Milestone,
    Participant,
    PlanningCycle,
    Priority,
    PriorityPlan,
    ThreatOpportunity,
)
from priorities.states import CycleState, PlanState
from spaces.models import Edition, EditionDeadline, ParticipationAction, Space

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
        "title_es": f"Reunión Demo {next(count)}",
        "starts_on": day,
        "ends_on": day + datetime.timedelta(days=1),
        "revised_at": datetime.datetime(year, 1, 1, tzinfo=datetime.UTC),
    }
    return records.create("MEE", year, Meeting(year=year, state=state, visibility=visibility, **defaults | fields))


def communique(meeting, now, state="signing", body="Demo: lo acordado", **fields):
    """The communiqué of a meeting, its text in Spanish, to go out twelve hours from `now`."""
    if meeting.outcome is None:
        meeting.outcome = Text.objects.create(authoritative_language="es")
        meeting.save()
        TextVersion.objects.create(text=meeting.outcome, language="es", number=1, body=body, written_at=now)
    hours = {"begun_at": now, "publishes_at": now + datetime.timedelta(hours=12)}
    version = meeting.outcome.official()
    if state == "published":
        hours["published_at"] = now
    return Communique.objects.create(meeting=meeting, state=state, version=version, **hours | fields)


def picture(width=6, height=4, kind="PNG", name="demo.png"):
    """A plain picture as it is uploaded."""
    made = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(made, kind)
    return SimpleUploadedFile(name, made.getvalue())


def photograph(communique, now, **words):
    """A plain picture beside a communiqué, with its words in Spanish."""
    defaults = {"captions": {"es": "Demo: la mesa"}, "alts": {"es": "Demo: siete personas"}, "language": "es"}
    defaults |= {"credit": "Demo Fotógrafa", "consent": "Demo: todas, en la sala"}
    details = PhotographDetails(**defaults | words)
    return set_photograph(communique, picture=pictures.read(picture()), details=details, actor=None, now=now)


def paper(item, now, body=b"Demo: apuntes", **fields):
    """A text beside a point of the agenda, given by the organisation that presents it."""
    upload = SimpleUploadedFile("demo.txt", body)
    defaults = {"title": "Papel Demo", "visibility": Visibility.COMMUNITY, "embargo_until": None}
    organization = fields.pop("organization", item.presenter)
    new = NewPaper(upload=upload, kind=kind_of(upload), **defaults | fields)
    return add_paper(item, paper=new, organization=organization, actor=None, now=now)


def decision(meeting, title=None, visibility=Visibility.PUBLIC, **fields):
    title = title or f"Decisión Demo {next(count)}"
    fields.setdefault("decided_on", meeting.starts_on)
    return records.create(
        "DEC", meeting.year, Decision(meeting=meeting, title_es=title, visibility=visibility, **fields)
    )


def space(slug=None, **fields):
    n = next(count)
    defaults = {"name_es": f"Espacio Demo {n}", "kind": "regional", "position": n}
    return Space.objects.create(slug=slug or f"espacio-{n}", **defaults | fields)


def edition(space, year=2026, **fields):
    defaults = {
        "title_es": f"Edición Demo {year}",
        "starts_on": datetime.date(year, 11, 5),
        "ends_on": datetime.date(year, 11, 6),
        "state": "announced",
    }
    return records.create("EDI", year, Edition(space=space, year=year, **defaults | fields))


def deadline(edition, **fields):
    defaults = {"title_es": "Propuestas Demo", "kind": "sessions", "day": datetime.date(edition.year, 8, 24)}
    return EditionDeadline.objects.create(edition=edition, **defaults | fields)


def participation(edition, organization, visibility=Visibility.PUBLIC, state="committed", **fields):
    row = ParticipationAction(edition=edition, organization=organization, visibility=visibility, state=state, **fields)
    row.title_es = row.title_es or f"Nuestra parte Demo {next(count)}"
    return records.create("PAR", edition.year, row)


def action(organization, year=2026, visibility=Visibility.PUBLIC, **fields):
    row = ActionItem(organization=organization, visibility=visibility, **fields)
    row.title_es = row.title_es or f"Acción Demo {next(count)}"
    return records.create("ACT", year, row)


def committee(slug=None, seats=3, **fields):
    """A body with seats of one sector."""
    n = next(count)
    made = Committee.objects.create(
        slug=slug or f"comite-{n}", **{"name_es": f"Comité Demo {n}", "position": n} | fields
    )
    for ordinal in range(1, seats + 1):
        Seat.objects.create(committee=made, sector=sector(), ordinal=ordinal)
    return made


def sector():
    return Sector.objects.get_or_create(slug="demo-sector", defaults={"name_es": "Sector Demo"})[0]


def election(committee, officer, now, state="called", visibility=Visibility.PUBLIC, **fields):
    """An election of all seats of a committee: nominations open for ten more days, voting the ten days after."""
    days = [now + datetime.timedelta(days=n) for n in (-1, 10, 10, 20)]
    names = ("nominations_open", "nominations_close", "opens_at", "closes_at")
    seats = list(committee.seats.all())
    defaults = dict(zip(names, days, strict=True)) | {
        "max_marks": max(len(seats), 1),
        "rules_hash": "" if state == "draft" else "0" * 64,
        "title_es": f"Elección Demo {next(count)}",
        "result": {"elected": [], "lots": [], "quota": None, "tied": [], "votes": {}},
        "rules": {"seats": len(seats), "max_marks": max(len(seats), 1), "method": "plurality-at-large"},
    }
    row = Election(
        year=now.year,
        committee=committee,
        sector=sector(),
        officer=officer,
        state=state,
        visibility=visibility,
        **defaults | fields,
    )
    records.create("ELE", now.year, row).places.set(seats)
    return row


def nomination(election, organization, person=None, state="proposed", **fields):
    n = next(count)
    defaults = {"name": person.name if person else f"Demo Candidata {n}", "address": f"candidata{n}@example.org"}
    row = Nomination.objects.create(
        election=election,
        organization=organization,
        person=person,
        state=state,
        proposed_by=organization,
        proposed_at=election.nominations_open,
        **defaults | fields,
    )
    if row.number and election.state == "voting":
        election.ballot_numbers[str(row.number)] = row.pk
        election.save(update_fields=["ballot_numbers"])
    return row


def on_roll(election, organization, voter, alternate=None):
    return RollEntry.objects.create(
        election=election, organization=organization, voter=voter.person, alternate=getattr(alternate, "person", None)
    )


def term(seat, organization, starts_on=datetime.date(2024, 1, 23), **fields):
    holder = fields.pop("person", None) or person(is_public=True)
    return Term.objects.create(seat=seat, organization=organization, person=holder, starts_on=starts_on, **fields)


def visit(year=2026, visibility=Visibility.PUBLIC, state="published", **fields):
    defaults = {"title_es": f"Visita Demo {next(count)}", "starts_on": datetime.date(year, 4, 15)}
    row = Activity(year=year, visibility=visibility, state=state, **defaults | fields)
    return records.create("VIS", year, row)


def training(year=2026, programme=None, visibility=Visibility.PUBLIC, state="published", **fields):
    if programme is None:
        programme, _new = TrainingProgramme.objects.get_or_create(slug="demo", defaults={"name_es": "Programa Demo"})
    defaults = {"title_es": f"Taller Demo {next(count)}", "starts_on": datetime.date(year, 10, 29)}
    row = TrainingSession(year=year, programme=programme, visibility=visibility, state=state, **defaults | fields)
    return records.create("TRA", year, row)


def institution(slug=None, **fields):
    n = next(count)
    defaults = {"name_es": f"Institución Demo {n}", "kind": "regulator"}
    return Institution.objects.create(slug=slug or f"institucion-{n}", **defaults | fields)


def regulation(year=2026, visibility=Visibility.PUBLIC, **fields):
    defaults = {"title_es": f"Proyecto Demo {next(count)}", "country": "UY", "state_on": datetime.date(year, 3, 1)}
    return records.create("REG", year, Regulation(visibility=visibility, **defaults | fields))


def project(lead, *partners, year=2026, state="active", visibility=Visibility.PUBLIC, **fields):
    """A common project in which all named have confirmed, agreed in January of its year unless it is only proposed."""
    agreed = None if state == "proposed" else datetime.date(year, 1, 22)
    defaults = {"title_es": f"Proyecto común Demo {next(count)}", "agreed_on": agreed, "proposed_by": lead}
    row = CommonProject(year=year, state=state, visibility=visibility, **defaults | fields)
    records.create("PRO", year, row)
    at = datetime.datetime(year, 1, 22, tzinfo=datetime.UTC)
    for organization in (lead, *partners):
        place = {"role": "lead" if organization == lead else "partner", "state": "confirmed"}
        Participant.objects.create(project=row, organization=organization, invited_at=at, **place)
    return row


def poll(meeting, now, first, options=2, **fields):
    """An open poll of single days from `first` on, one a week, closing in three days, with nobody asked."""
    defaults = {"closes_at": now + datetime.timedelta(days=3), "zone": "America/Montevideo", "opened_at": now}
    row = DatePoll.objects.create(meeting=meeting, **defaults | fields)
    for n in range(options):
        day = first + datetime.timedelta(weeks=n + 1)
        PollOption.objects.create(poll=row, position=n + 1, starts_on=day, ends_on=day)
    return row


def milestone(project, **fields):
    defaults = {"title": f"Hito Demo {next(count)}", "due_on": datetime.date(project.year, 9, 1)}
    return Milestone.objects.create(project=project, **defaults | fields)


def threat(cycle, organization=None, state="filed", **fields):
    defaults = {"title_es": f"Amenaza Demo {next(count)}", "kind": "threat"}
    row = ThreatOpportunity(cycle=cycle, organization=organization, state=state, **defaults | fields)
    return records.create("THR", cycle.year, row)


def assessment(year=2026, subject="", organization=None, state="published", visibility=Visibility.PUBLIC, **fields):
    defaults = {"title_es": f"Balance Demo {next(count)}", "worked": "Demo: sí", "improve": "Demo: no", "next": "Demo"}
    row = Assessment(
        year=year, subject=subject, organization=organization, state=state, visibility=visibility, **defaults | fields
    )
    return records.create("ASS", year, row)
