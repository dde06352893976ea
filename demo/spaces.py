"""A made-up space with one edition ahead and a deadline that was extended. No edition of a real space is invented."""

import datetime

from core import clock
from core.records import services as records
from spaces.models import Edition, EditionDeadline, Space
from spaces.services import deadlines, editions, participation
from spaces.services.editions import EditionPlan
from spaces.services.participation import Part
from spaces.states import DeadlineKind, EditionState, Mode, ParticipationKind, SpaceKind

ZONE = "America/Bogota"


PARTS = (
    ("lacnic", ParticipationKind.WORKSHOP, "Demo: taller sobre bloqueo de sitios", "committed", "lacnic"),
    ("isoc", ParticipationKind.SESSION, "Demo: sesión sobre gobernanza", "planned", ""),
    ("lactld", ParticipationKind.SPEAKER, "", "committed", ""),
)


def translated(row, *names):
    """The row with its Portuguese and English marked as made from its Spanish and reviewed. The caller saves."""
    for name in names:
        for language in ("pt", "en"):
            row.mark_translation(name, language, reviewed=True)
    return row


def load_part(edition, days, team, codes):
    """What three organisations do in the edition: two committed to, one only planned."""
    for slug, kind, title, state, origin in PARTS:
        participation.record_participation(
            edition,
            team.organizations[slug],
            Part(kind, title, "es"),
            state=state,
            came_from=codes.get(origin, ""),
            actor=team.delegates[slug],
            now=days.ago(3),
        )


def load(days, team, codes):
    """The space, its edition in two months, its deadline in twelve days at 23:59 of Bogotá."""
    space = Space(
        slug="demo-foro",
        kind=SpaceKind.REGIONAL,
        is_demo=True,
        acronym="DEMO",
        name_es="Demo: foro de ejemplo",
        name_pt="Demo: fórum de exemplo",
        name_en="Demo: example forum",
        description_es="Un espacio inventado, para mostrar cómo se siguen ediciones y plazos.",
        description_pt="Um espaço inventado, para mostrar como se acompanham edições e prazos.",
        description_en="A made-up space that shows how editions and deadlines are followed.",
    )
    translated(space, "name", "description").save()
    starts = days.ahead(62, weekday=1)
    edition = Edition(
        space=space,
        year=starts.year,
        is_demo=True,
        title_es=f"Demo: foro de ejemplo {starts.year}",
        title_pt=f"Demo: fórum de exemplo {starts.year}",
        title_en=f"Demo: example forum {starts.year}",
        starts_on=starts,
        ends_on=starts + datetime.timedelta(days=2),
        zone=ZONE,
        state=EditionState.CONFIRMED,
        mode=Mode.HYBRID,
    )
    records.create("EDI", starts.year, translated(edition, "title"))
    first = days.ahead(2)
    deadline = EditionDeadline(
        edition=edition,
        kind=DeadlineKind.SESSIONS,
        title_es="propuestas de sesión",
        title_pt="propostas de sessão",
        title_en="session proposals",
        day=first,
        closes_at=clock.end_of(first, ZONE),
        zone=ZONE,
        is_demo=True,
    )
    translated(deadline, "title").save()
    deadlines.extend_deadline(
        deadline,
        day=days.ahead(12),
        time=datetime.time(23, 59),
        zone=ZONE,
        reason="Demo",
        announced_on=days.today - datetime.timedelta(days=4),
        actor=team.coordination,
        now=days.ago(4),
    )
    load_part(edition, days, team, codes)
    _held(space, days, team, codes)


def _held(space, days, team, codes):
    """The edition before, held six weeks ago, with what two organisations did there and its evidence."""
    starts = days.ahead(-45, weekday=1)
    plan = EditionPlan(
        year=starts.year,
        title=f"Demo: foro de ejemplo, edición anterior {starts.year}",
        language="es",
        starts_on=starts,
        ends_on=starts + datetime.timedelta(days=1),
        zone=ZONE,
        mode=Mode.HYBRID,
    )
    edition = editions.add_edition(space, plan, actor=team.coordination, now=days.ago(120))
    editions.set_edition_state(edition, EditionState.CONFIRMED, actor=team.coordination, now=days.ago(100))
    for slug, kind, title in (
        ("lacnic", ParticipationKind.SESSION, "Demo: sesión sobre medición común"),
        ("lactld", ParticipationKind.SPEAKER, "Demo: charla sobre el DNS y la justicia"),
    ):
        part = participation.record_participation(
            edition,
            team.organizations[slug],
            Part(kind, title, "es"),
            state="committed",
            came_from=codes.get(slug, ""),
            actor=team.delegates[slug],
            now=days.ago(80),
        )
        participation.report_participation(
            part,
            state="done",
            reason="",
            evidence="https://example.org/demo-sesion",
            actor=team.delegates[slug],
            now=days.ago(40),
        )
    editions.set_edition_state(edition, EditionState.HELD, actor=team.coordination, now=days.ago(38))
