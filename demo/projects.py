"""A common project under way and one that waits for answers; threats with and without attribution; looking back."""

import datetime

from commons.models import Theme
from commons.services import update_action
from commons.states import ActionState
from core.visibility import Visibility
from priorities import services

PUBLIC = Visibility.PUBLIC


def load(days, team, codes):
    """Two projects of the demonstration's year, in the state that its day allows."""
    at = days.this_year(1, 25)
    values = {
        "year": days.year,
        "language": "es",
        "visibility": PUBLIC,
        "observers": [],
        "now": at,
        "is_demo": True,
    }
    lead = team.organizations["lac-ix"]
    project = services.propose_project(
        title="Demo: medir juntos los puntos de intercambio",
        theme=Theme.objects.get(slug="interconnection"),
        aim="Demo: un método común y una tabla que cualquiera pueda leer.",
        until=datetime.date(days.year, 12, 15),
        lead=lead,
        partners=[team.organizations[slug] for slug in ("lacnic", "lacnog")],
        proposed_by=lead,
        origins=[codes["measure"]],
        actor=team.delegates["lac-ix"],
        **values,
    )
    for slug in ("lacnic", "lacnog"):
        place = project.participants.get(organization=team.organizations[slug])
        services.answer_invitation(place, accept=True, actor=team.delegates[slug], now=days.this_year(2, 3))
    actor = team.delegates["lac-ix"]
    services.set_project_state(project, "active", "", version=1, actor=actor, now=days.this_year(2, 10))
    first = services.add_milestone(
        project,
        title="Demo: método escrito",
        due_on=datetime.date(days.year, 5, 30),
        actor=actor,
        now=days.this_year(2, 10),
    )
    services.reach_milestone(first, evidence="https://example.org/demo-metodo", actor=actor, now=days.this_year(5, 20))
    table = services.undertake_action(
        project,
        team.organizations["lacnog"],
        title="Demo: revisar los datos de ocho puntos",
        language="es",
        due_on=days.ahead(12),
        visibility=PUBLIC,
        actor=team.delegates["lacnog"],
        now=days.this_year(6, 1),
    )
    update_action(
        table,
        state=ActionState.IN_PROGRESS,
        words="Demo: cinco de ocho revisados.",
        actor=team.delegates["lacnog"],
        evidence="https://example.org/demo-datos",
        now=days.ago(9),
    )
    for title, ahead in (("Demo: primera medición común", 20), ("Demo: tabla publicada", 60)):
        services.add_milestone(project, title=title, due_on=days.ahead(ahead), actor=actor, now=days.this_year(5, 21))
    for slug, health, words in (
        ("lac-ix", "on_track", "Demo: ocho puntos ya miden igual."),
        ("lacnog", "at_risk", "Demo: falta quien revise los datos."),
    ):
        services.tell_progress(
            project,
            team.organizations[slug],
            health=health,
            words=words,
            evidence="",
            actor=team.delegates[slug],
            now=days.ago(10),
        )
    services.propose_project(
        title="Demo: guía para quienes legislan",
        theme=Theme.objects.get(slug="site-blocking"),
        until=None,
        aim="Demo: qué se interrumpe cuando se bloquea un sitio, en diez páginas.",
        lead=team.organizations["isoc"],
        partners=[team.organizations["lactld"], team.organizations["icann"]],
        proposed_by=team.organizations["isoc"],
        origins=[],
        actor=team.delegates["isoc"],
        **values | {"now": days.ago(5)},
    )
    return project


def load_threats(cycle, days, team):
    """In the open cycle: one that three stand behind, one opportunity, one that nobody can attribute."""
    now = days.ago(4)
    common = {"why": "", "country": "", "language": "es", "now": now, "is_demo": True}
    first = services.file_threat(
        cycle,
        team.organizations["isoc"],
        kind="threat",
        title="Demo: leyes que bloquean sitios sin orden judicial",
        theme=Theme.objects.get(slug="site-blocking"),
        scope="regional",
        impact=3,
        urgency=3,
        actor=team.delegates["isoc"],
        **common,
    )
    for slug in ("lactld", "icann"):
        services.endorse(first, team.organizations[slug], actor=team.delegates[slug], now=now)
    services.file_threat(
        cycle,
        team.organizations["lacnog"],
        kind="opportunity",
        title="Demo: fondos regionales para interconexión",
        theme=Theme.objects.get(slug="interconnection"),
        scope="regional",
        impact=2,
        urgency=2,
        actor=team.delegates["lacnog"],
        **common,
    )
    services.file_threat(
        cycle,
        None,
        kind="threat",
        title="Demo: un operador grande deja de intercambiar tráfico",
        theme=None,
        scope="global",
        impact=2,
        urgency=1,
        actor=team.delegates["redclara"],
        **common,
    )


def load_assessments(project, days, team):
    """Looking back on the project, published; and on the year, a draft of one organisation."""
    actor, now = team.delegates["lac-ix"], days.ago(6)
    row = services.begin_assessment(
        days.year, project.code, team.organizations["lac-ix"], actor=actor, now=now, is_demo=True
    )
    services.write_assessment(
        row,
        worked="Demo: reunirse cada mes, media hora.",
        improve="Demo: avisar antes de cambiar el método.",
        next="Demo: sumar los puntos del Caribe.",
        language="es",
        visibility=PUBLIC,
        version=row.version,
        actor=actor,
        now=now,
    )
    services.publish_assessment(row, actor=actor, now=now)
    before = services.begin_assessment(days.year - 1, "", None, actor=team.coordination, now=now, is_demo=True)
    services.write_assessment(
        before,
        worked="Demo: una agenda corta.",
        next="Demo: empezar en noviembre.",
        language="es",
        visibility=PUBLIC,
        improve="Demo: enviar los documentos una semana antes\nDemo: medir qué cambió",
        version=before.version,
        actor=team.coordination,
        now=now,
    )
    services.publish_assessment(before, actor=team.coordination, now=now)
    services.answer_improvements(before, {1: ("yes", "")}, actor=team.coordination, now=days.ago(2))
    draft = services.begin_assessment(
        days.year, "", team.organizations["lacnic"], actor=team.delegates["lacnic"], now=now, is_demo=True
    )
    services.write_assessment(
        draft,
        worked="Demo: las sesiones del foro se prepararon juntas.",
        improve="",
        next="",
        language="es",
        visibility=Visibility.COMMUNITY,
        version=draft.version,
        actor=team.delegates["lacnic"],
        now=now,
    )
