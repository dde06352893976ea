"""A visit that was published and one ahead, training with counts, a regulation with its steps. Nothing of it happened."""

import datetime

from commons.models import Theme
from core.visibility import Visibility
from engagement.services.activities import ActivityDetails, NewInstitution, add_activity, set_activity_state
from engagement.services.hosted import HostedDetails
from engagement.services.regulation import RegulationDetails, add_event, add_regulation, write_impact
from engagement.services.training import add_programme, add_session, count_session, set_session_state
from engagement.states import InstitutionKind, RegulationKind, RegulationStage

PUBLIC, COMMUNITY = Visibility.PUBLIC, Visibility.COMMUNITY
SOURCE = "https://example.org/demo"


def _hosted(team, hosts, title, day, **more):
    """What a visit and a training session have alike."""
    values = {
        "title": title,
        "summary": "",
        "venue": "",
        "city": "Montevideo",
        "country": "UY",
        "language": "es",
        "starts_on": day,
        "ends_on": None,
        "date_precision": "day",
        "visibility": PUBLIC,
        "hosts": [team.organizations[slug] for slug in hosts],
    }
    return values | more


def load(days, team, codes):
    """Visits, training and regulation, each through the acts of a year."""
    _visits(days, team)
    _training(days, team, codes)
    _regulation(days, team)


def _visits(days, team):
    actor = team.delegates["lacnic"]
    details = ActivityDetails(
        kind="visit",
        institutions=[],
        new_institution=NewInstitution("Demo: autoridad reguladora", InstitutionKind.REGULATOR),
        purpose="Demo: explicar cómo funciona el DNS.",
        **_hosted(
            team,
            ["lacnic", "lactld"],
            "Demo: visita de una autoridad reguladora",
            days.ahead(-50),
            summary="Demo: se conversó sobre nombres de dominio y puntos de intercambio.",
        ),
    )
    past = add_activity(details, came_from="", actor=actor, now=days.ago(60), is_demo=True)
    for state, actor_then, ago in (("confirmed", actor, 55), ("held", actor, 50), ("published", team.coordination, 45)):
        set_activity_state(past, state=state, actor=actor_then, now=days.ago(ago))
    details = ActivityDetails(
        kind="meeting",
        institutions=[],
        new_institution=NewInstitution("Demo: comisión legislativa", InstitutionKind.LEGISLATURE),
        purpose="Demo: contar qué se interrumpe al bloquear.",
        **_hosted(team, ["isoc"], "Demo: reunión con una comisión legislativa", days.ahead(18)),
    )
    add_activity(details, came_from="", actor=team.delegates["isoc"], now=days.ago(4), is_demo=True)


def _training(days, team, codes):
    programme = add_programme(
        name="Demo: capacitación para la justicia",
        description="Demo: un programa inventado. No se guarda a nadie que haya participado, sólo cuántas personas fueron.",
        language="es",
        actor=team.coordination,
        now=days.ago(200),
        is_demo=True,
    )
    actor = team.delegates["lactld"]
    workshop = _hosted(
        team,
        ["lactld", "lacnic"],
        "Demo: taller sobre pruebas digitales",
        days.ahead(-40),
        summary="Demo: dos jornadas sobre el DNS, las direcciones IP y qué pueden probar.",
    )
    held = add_session(
        programme,
        details=HostedDetails(**workshop),
        came_from=codes.get("lactld", ""),
        actor=actor,
        now=days.ago(90),
        is_demo=True,
    )
    set_session_state(held, state="held", actor=actor, now=days.ago(39))
    held.refresh_from_db()
    count_session(
        held,
        by_country={"UY": 14, "AR": 9, "BR": 6, "CL": 3, "PY": 2},
        by_role={"judge": 16, "prosecutor": 13, "police": 5},
        version=held.version,
        actor=actor,
        now=days.ago(38),
    )
    set_session_state(held, state="published", actor=team.coordination, now=days.ago(35))
    planned = _hosted(team, ["lactld"], "Demo: segundo taller", days.ahead(45), visibility=COMMUNITY)
    add_session(programme, details=HostedDetails(**planned), came_from="", actor=actor, now=days.ago(3), is_demo=True)


def _regulation(days, team):
    actor = team.delegates["redclara"]
    details = RegulationDetails(
        kind=RegulationKind.BILL,
        title="Demo: proyecto de ley sobre bloqueo de sitios",
        language="es",
        reference="Demo 123",
        country="UY",
        body=None,
        themes=[Theme.objects.get(slug="site-blocking")],
        visibility=PUBLIC,
        on=days.ahead(-120),
        stage=RegulationStage.PROPOSED,
        source=SOURCE,
        note="Demo: inventado, para mostrar cómo se sigue una regulación.",
    )
    row = add_regulation(details, came_from="", actor=actor, now=days.ago(119), is_demo=True)
    for ago, stage in ((70, RegulationStage.CONSULTED), (15, RegulationStage.DISCUSSED)):
        add_event(
            row,
            on=days.today - datetime.timedelta(days=ago),
            stage=stage,
            source=f"{SOURCE}/{stage.value}",
            note="",
            actor=actor,
            now=days.ago(ago - 1),
        )
    write_impact(
        row,
        impact="Demo: obligaría a quienes resuelven nombres a bloquear en una hora.",
        version=row.version,
        actor=actor,
        now=days.ago(14),
    )
