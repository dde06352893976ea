"""A common project under way and one that waits for answers; threats with and without attribution; looking back."""

import datetime

from commons.models import Theme
from commons.services.actions import update_action
from commons.states import ActionState
from core.visibility import Visibility
from priorities.services.actions import undertake_action
from priorities.services.assessments import (
    AssessmentText,
    ImprovementAnswer,
    answer_improvements,
    begin_assessment,
    publish_assessment,
    write_assessment,
)
from priorities.services.milestones import add_milestone, reach_milestone
from priorities.services.participants import answer_invitation
from priorities.services.progress import report_on_project
from priorities.services.projects import ProjectDetails, ProjectProposal, propose_project, set_project_state
from priorities.services.threats import ThreatDetails, endorse, file_threat

PUBLIC = Visibility.PUBLIC


def load(days, team, codes):
    """Two projects of the demonstration's year, in the state that its day allows."""
    lead = team.organizations["lac-ix"]
    proposal = ProjectProposal(
        year=days.year,
        details=ProjectDetails(
            title="Demo: medir juntos los puntos de intercambio",
            aim="Demo: un método común y una tabla que cualquiera pueda leer.",
            language="es",
            theme=Theme.objects.get(slug="interconnection"),
            until=datetime.date(days.year, 12, 15),
            visibility=PUBLIC,
        ),
        lead=lead,
        partners=[team.organizations[slug] for slug in ("lacnic", "lacnog")],
        observers=[],
        origins=[codes["measure"]],
        proposed_by=lead,
        is_demo=True,
    )
    project = propose_project(proposal, actor=team.delegates["lac-ix"], now=days.this_year(1, 25))
    for slug in ("lacnic", "lacnog"):
        place = project.participants.get(organization=team.organizations[slug])
        answer_invitation(place, accept=True, actor=team.delegates[slug], now=days.this_year(2, 3))
    actor = team.delegates["lac-ix"]
    set_project_state(project, state="active", reason="", version=1, actor=actor, now=days.this_year(2, 10))
    first = add_milestone(
        project,
        title="Demo: método escrito",
        due_on=datetime.date(days.year, 5, 30),
        actor=actor,
        now=days.this_year(2, 10),
    )
    reach_milestone(first, evidence="https://example.org/demo-metodo", actor=actor, now=days.this_year(5, 20))
    table = undertake_action(
        project,
        organization=team.organizations["lacnog"],
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
        add_milestone(project, title=title, due_on=days.ahead(ahead), actor=actor, now=days.this_year(5, 21))
    for slug, health, words in (
        ("lac-ix", "on_track", "Demo: ocho puntos ya miden igual."),
        ("lacnog", "at_risk", "Demo: falta quien revise los datos."),
    ):
        report_on_project(
            project,
            organization=team.organizations[slug],
            health=health,
            words=words,
            evidence="",
            actor=team.delegates[slug],
            now=days.ago(10),
        )
    proposal = ProjectProposal(
        year=days.year,
        details=ProjectDetails(
            title="Demo: guía para quienes legislan",
            aim="Demo: qué se interrumpe cuando se bloquea un sitio, en diez páginas.",
            language="es",
            theme=Theme.objects.get(slug="site-blocking"),
            until=None,
            visibility=PUBLIC,
        ),
        lead=team.organizations["isoc"],
        partners=[team.organizations["lactld"], team.organizations["icann"]],
        observers=[],
        origins=[],
        proposed_by=team.organizations["isoc"],
        is_demo=True,
    )
    propose_project(proposal, actor=team.delegates["isoc"], now=days.ago(5))
    return project


def load_threats(cycle, days, team):
    """In the open cycle: one that three organisations endorse, one opportunity, one that nobody can attribute."""
    now = days.ago(4)

    def file(slug, attributed=True, **values):
        organization = team.organizations[slug] if attributed else None
        details = ThreatDetails(why="", country="", language="es", **values)
        actor = team.delegates[slug]
        return file_threat(cycle, organization=organization, details=details, actor=actor, now=now, is_demo=True)

    blocking = file(
        "isoc",
        kind="threat",
        title="Demo: leyes que bloquean sitios sin orden judicial",
        theme=Theme.objects.get(slug="site-blocking"),
        scope="regional",
        impact=3,
        urgency=3,
    )
    for slug in ("lactld", "icann"):
        endorse(blocking, organization=team.organizations[slug], actor=team.delegates[slug], now=now)
    file(
        "lacnog",
        kind="opportunity",
        title="Demo: fondos regionales para interconexión",
        theme=Theme.objects.get(slug="interconnection"),
        scope="regional",
        impact=2,
        urgency=2,
    )
    file(
        "redclara",
        attributed=False,
        kind="threat",
        title="Demo: un operador grande deja de intercambiar tráfico",
        theme=None,
        scope="global",
        impact=2,
        urgency=1,
    )


def load_assessments(project, days, team):
    """Looking back on the project, published; and on the year, a draft of one organisation."""
    actor, now = team.delegates["lac-ix"], days.ago(6)
    row = begin_assessment(
        year=days.year,
        subject=project.code,
        organization=team.organizations["lac-ix"],
        actor=actor,
        now=now,
        is_demo=True,
    )
    text = AssessmentText(
        worked="Demo: reunirse cada mes, media hora.",
        improve="Demo: avisar antes de cambiar el método.",
        next="Demo: sumar los puntos del Caribe.",
        language="es",
        visibility=PUBLIC,
    )
    write_assessment(row, text=text, version=row.version, actor=actor, now=now)
    publish_assessment(row, actor=actor, now=now)
    before = begin_assessment(
        year=days.year - 1, subject="", organization=None, actor=team.coordination, now=now, is_demo=True
    )
    text = AssessmentText(
        worked="Demo: una agenda corta.",
        improve="Demo: enviar los documentos una semana antes\nDemo: medir qué cambió",
        next="Demo: empezar en noviembre.",
        language="es",
        visibility=PUBLIC,
    )
    write_assessment(before, text=text, version=before.version, actor=team.coordination, now=now)
    publish_assessment(before, actor=team.coordination, now=now)
    answer_improvements(before, answers={1: ImprovementAnswer("yes")}, actor=team.coordination, now=days.ago(2))
    draft = begin_assessment(
        year=days.year,
        subject="",
        organization=team.organizations["lacnic"],
        actor=team.delegates["lacnic"],
        now=now,
        is_demo=True,
    )
    text = AssessmentText(
        worked="Demo: las sesiones del foro se prepararon juntas.",
        improve="",
        next="",
        language="es",
        visibility=Visibility.COMMUNITY,
    )
    write_assessment(draft, text=text, version=draft.version, actor=team.delegates["lacnic"], now=now)
