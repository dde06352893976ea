"""A visit that was published and one ahead, training with counts, a regulation with its steps. Nothing of it happened."""

import datetime

from commons.models import Theme
from core.visibility import Visibility
from engagement import services
from engagement.states import InstitutionKind, RegulationKind, RegulationStage

PUBLIC, COMMUNITY = Visibility.PUBLIC, Visibility.COMMUNITY
SOURCE = "https://example.org/demo"


def _dated(team, hosts, title, day, **more):
    return {
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
        "came_from": "",
        "hosts": [team.organizations[slug] for slug in hosts],
        **more,
    }


def load(days, team, codes):
    """Visits, training and regulation, each through the acts of a year."""
    _visits(days, team)
    _training(days, team, codes)
    _regulation(days, team)


def _visits(days, team):
    actor = team.delegates["lacnic"]
    received = {
        "kind": "visit",
        "institutions": [],
        "new_institution": "Demo: autoridad reguladora",
        "new_kind": InstitutionKind.REGULATOR,
        "new_country": "",
        "purpose": "Demo: explicar cómo funciona el DNS.",
    }
    past = services.add_activity(
        actor=actor,
        now=days.ago(60),
        is_demo=True,
        **_dated(
            team,
            ["lacnic", "lactld"],
            "Demo: visita de una autoridad reguladora",
            days.ahead(-50),
            summary="Demo: se conversó sobre nombres de dominio y puntos de intercambio.",
            **received,
        ),
    )
    for state, actor_then, ago in (("confirmed", actor, 55), ("held", actor, 50), ("published", team.coordination, 45)):
        services.set_activity_state(past, state, actor=actor_then, now=days.ago(ago))
    services.add_activity(
        actor=team.delegates["isoc"],
        now=days.ago(4),
        is_demo=True,
        **_dated(
            team,
            ["isoc"],
            "Demo: reunión con una comisión legislativa",
            days.ahead(18),
            **received
            | {
                "kind": "meeting",
                "new_institution": "Demo: comisión legislativa",
                "new_kind": InstitutionKind.LEGISLATURE,
                "purpose": "Demo: contar qué se interrumpe al bloquear.",
            },
        ),
    )


def _training(days, team, codes):
    programme = services.add_programme(
        name="Demo: capacitación para la justicia",
        language="es",
        actor=team.coordination,
        now=days.ago(200),
        is_demo=True,
        description="Demo: un programa inventado. No se guarda a nadie que haya participado, sólo cuántas personas fueron.",
    )
    actor = team.delegates["lactld"]
    held = services.add_session(
        programme,
        actor=actor,
        now=days.ago(90),
        is_demo=True,
        **_dated(
            team,
            ["lactld", "lacnic"],
            "Demo: taller sobre pruebas digitales",
            days.ahead(-40),
            summary="Demo: dos jornadas sobre el DNS, las direcciones IP y qué pueden probar.",
            came_from=codes.get("lactld", ""),
        ),
    )
    services.set_session_state(held, "held", actor=actor, now=days.ago(39))
    held.refresh_from_db()
    services.count_session(
        held,
        by_country={"UY": 14, "AR": 9, "BR": 6, "CL": 3, "PY": 2},
        by_role={"judge": 16, "prosecutor": 13, "police": 5},
        version=held.version,
        actor=actor,
        now=days.ago(38),
    )
    services.set_session_state(held, "published", actor=team.coordination, now=days.ago(35))
    services.add_session(
        programme,
        actor=actor,
        now=days.ago(3),
        is_demo=True,
        **_dated(team, ["lactld"], "Demo: segundo taller", days.ahead(45), visibility=COMMUNITY),
    )


def _regulation(days, team):
    theme = Theme.objects.get(slug="site-blocking")
    actor = team.delegates["redclara"]
    row = services.add_regulation(
        kind=RegulationKind.BILL,
        title="Demo: proyecto de ley sobre bloqueo de sitios",
        language="es",
        reference="Demo 123",
        country="UY",
        body=None,
        themes=[theme],
        visibility=PUBLIC,
        on=days.ahead(-120),
        stage=RegulationStage.PROPOSED,
        source=SOURCE,
        note="Demo: inventado, para mostrar cómo se sigue una regulación.",
        came_from="",
        actor=actor,
        now=days.ago(119),
        is_demo=True,
    )
    for ago, stage in ((70, RegulationStage.CONSULTED), (15, RegulationStage.DISCUSSED)):
        services.add_event(
            row,
            on=days.today - datetime.timedelta(days=ago),
            stage=stage,
            source=f"{SOURCE}/{stage.value}",
            note="",
            actor=actor,
            now=days.ago(ago - 1),
        )
    services.write_impact(
        row,
        impact="Demo: obligaría a quienes resuelven nombres a bloquear en una hora.",
        version=row.version,
        actor=actor,
        now=days.ago(14),
    )
