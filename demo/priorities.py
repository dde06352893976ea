"""A published cycle, whose priorities led to decisions, and one that is open now."""

import datetime

from django.conf import settings

from commons.models import Theme
from core import clock
from core.visibility import Visibility
from priorities.models import Priority
from priorities.services.cycles import create_cycle, open_cycle, publish_cycle
from priorities.services.drafts import add_draft, write_answers
from priorities.services.plans import begin_plan, submit_plan
from priorities.services.progress import report_on_priority
from priorities.services.questions import Question, set_questions

PAST = (
    (
        "lacnic",
        "es",
        "internet-governance",
        "Demo: más voces técnicas en el foro regional",
        "Demo: pocas propuestas de sesión llegan de quienes operan redes.",
        "Demo: acompañar tres propuestas de sesión.",
        Visibility.PUBLIC,
    ),
    (
        "lactld",
        "es",
        "justice-training",
        "Demo: que la justicia conozca cómo funciona el DNS",
        "Demo: las órdenes de bloqueo se dictan sin saber qué más se interrumpe.",
        "Demo: un taller de dos días con programa común.",
        Visibility.PUBLIC,
    ),
    (
        "lac-ix",
        "pt",
        "interconnection",
        "Demo: medir juntos o que ganham os pontos de troca",
        "Demo: cada ponto mede de um jeito e os números não se comparam.",
        "Demo: um método comum, publicado.",
        Visibility.COMMUNITY,
    ),
)
OPEN = (
    (
        "lacnic",
        "es",
        "internet-governance",
        "Demo: seguir lo propuesto en el foro regional",
        "Demo: de las tres sesiones quedaron compromisos.",
        "Demo: publicar qué se hizo con cada uno.",
        Visibility.PUBLIC,
    ),
    (
        "isoc",
        "en",
        "meaningful-connectivity",
        "Demo: community networks on the regional agenda",
        "Demo: licences still cost more than the equipment.",
        "Demo: one joint paper for regulators.",
        Visibility.PUBLIC,
    ),
)
#: How it went, as their own organisations reported it.
REPORTS = {
    "lacnic": ("done", "Demo: se acompañaron tres propuestas y las tres tuvieron lugar."),
    "lac-ix": ("at_risk", "Demo: faltam dados de dois pontos."),
}
QUESTION = {
    "es": "Demo: ¿qué puede ofrecer a las demás organizaciones este año?",
    "pt": "Demo: o que pode oferecer às outras organizações neste ano?",
    "en": "Demo: what can you offer the other organisations this year?",
}


def _write(cycle, team, row, now, continues=None, offers=""):
    """An organisation's plan with one priority, submitted; returns the Priority. `offers` answers the year's question."""
    slug, language, theme, title, why, action, visibility = row
    actor, organization = team.delegates[slug], team.organizations[slug]
    plan = begin_plan(cycle, organization=organization, actor=actor, now=now)
    add_draft(
        plan,
        actor=actor,
        now=now,
        language=language,
        title=title,
        why=why,
        action=action,
        visibility=visibility,
        theme=Theme.objects.get(slug=theme),
        continues=continues,
    )
    if offers:
        plan.refresh_from_db()
        write_answers(plan, answers={1: offers}, version=plan.version, actor=actor, now=now)
    submit_plan(plan, actor=actor, now=now)
    return Priority.objects.get(plan=plan, left_out_at=None)


def load_past(days, team):
    """The cycle of the demonstration's year, published. Returns {organisation slug: code of its priority}."""
    opens, closes = days.last_year(11, 2), days.this_year(1, 15)
    cycle = create_cycle(
        year=days.year,
        opens_at=opens,
        closes_at=closes,
        zone=settings.CASA_ZONE,
        actor=team.coordination,
        now=opens - datetime.timedelta(days=3),
        is_demo=True,
    )
    open_cycle(cycle, actor=team.coordination, now=opens)
    found = {row[0]: _write(cycle, team, row, days.last_year(12, 10)) for row in PAST}
    publish_cycle(cycle, actor=team.coordination, now=days.this_year(2, 2))
    for slug, (health, words) in REPORTS.items():
        report_on_priority(
            found[slug], health=health, words=words, evidence="", actor=team.delegates[slug], now=days.ago(12)
        )
    return {slug: priority.code for slug, priority in found.items()}


def load_open(days, team, codes):
    """The cycle open now: two plans submitted, one being written, the others not begun."""
    closes = clock.end_of(days.ahead(21), settings.CASA_ZONE)
    cycle = create_cycle(
        year=days.year + 1,
        opens_at=days.ago(14),
        closes_at=closes,
        zone=settings.CASA_ZONE,
        actor=team.coordination,
        now=days.ago(20),
        is_demo=True,
    )
    set_questions(cycle, questions=[Question(QUESTION)], actor=team.coordination, now=days.ago(19))
    open_cycle(cycle, actor=team.coordination, now=days.ago(14))
    before = Priority.objects.get(code=codes["lacnic"])
    _write(cycle, team, OPEN[0], days.ago(6), continues=before, offers="Demo: una sala y traducción en mayo.")
    _write(cycle, team, OPEN[1], days.ago(3))
    actor = team.delegates["lacnog"]
    plan = begin_plan(cycle, organization=team.organizations["lacnog"], actor=actor, now=days.ago(2))
    add_draft(
        plan,
        actor=actor,
        now=days.ago(2),
        language="es",
        title="Demo: un borrador al que le falta el porqué",
        visibility=Visibility.COMMUNITY,
    )
    return cycle
