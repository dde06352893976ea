"""The January meeting with decisions in every state, one held and not yet published, and two ahead."""

import datetime

from django.conf import settings
from django.core.files.base import ContentFile

from commons.models import Theme
from commons.services.actions import update_action
from commons.states import ActionState
from core import clock
from core.files import kind_of
from core.visibility import Visibility
from demo.communique import open_for_signing, published
from demo.minutes import circulated
from meetings.services.actions import NewAction, record_action
from meetings.services.agenda import ItemContent, add_item
from meetings.services.arrangements import arrange_meeting
from meetings.services.attendance import OrganizationAttendance, record_attendance
from meetings.services.decisions import DecisionContent, record_decision, set_decision_state
from meetings.services.invitations import convene_meeting
from meetings.services.meetings import MeetingPlan, create_meeting, mark_held
from meetings.services.outcome import write_outcome
from meetings.services.papers import NewPaper, add_paper
from meetings.services.polls import answer_poll, open_poll
from meetings.services.proposals import NewProposal, propose_item
from meetings.services.schedule import Schedule
from meetings.states import DecisionState, HowDecided, ItemKind, MeetingKind, Mode, Presence

PUBLIC, COMMUNITY = Visibility.PUBLIC, Visibility.COMMUNITY
LINK = "https://meet.example.org/demo"

OUTCOME = {
    "es": (
        "Demo: las organizaciones compartieron sus prioridades, hicieron el balance del año anterior y acordaron tres "
        "trabajos comunes. Este texto es de demostración; nadie lo aprobó.\n\n"
        "Se acordó preparar juntas la participación en el foro regional, escribir una guía sobre bloqueo de sitios y "
        "ofrecer un taller a quienes administran justicia."
    ),
    "pt": (
        "Demo: as organizações compartilharam suas prioridades, fizeram o balanço do ano anterior e decidiram três "
        "trabalhos comuns. Este texto é de demonstração; ninguém o aprovou.\n\n"
        "Decidiu-se preparar juntas a participação no fórum regional, escrever um guia sobre bloqueio de sites e "
        "oferecer uma oficina a quem administra a justiça."
    ),
    "en": (
        "Demo: the organisations shared their priorities, assessed the year before and agreed three pieces of common "
        "work. This text is a demonstration; nobody approved it.\n\n"
        "They agreed to prepare the regional forum together, to write a guide on site blocking and to offer a workshop "
        "to those who administer justice."
    ),
}
AGENDA = (
    ("Demo: prioridades de cada organización", ItemKind.PRESENTATION, 90, "plans"),
    ("Demo: pausa", ItemKind.BREAK, 30, ""),
    ("Demo: balance del año anterior", ItemKind.DISCUSSION, 60, "balance"),
    ("Demo: tareas abiertas", ItemKind.DISCUSSION, 30, "actions"),
    ("Demo: trabajos comunes", ItemKind.DECISION, 90, "projects"),
)
FORUM = {
    "es": "Demo: preparar juntas la participación en el foro regional",
    "pt": "Demo: preparar juntas a participação no fórum regional",
    "en": "Demo: prepare the regional forum together",
}
GUIDE = {
    "es": "Demo: guía común sobre bloqueo de sitios",
    "pt": "Demo: guia comum sobre bloqueio de sites",
    "en": "Demo: a common guide on site blocking",
}
MEASURE = {
    "es": "Demo: medir juntas los puntos de intercambio",
    "pt": "Demo: medir juntas os pontos de troca de tráfego",
    "en": "Demo: measure the exchange points together",
}
WORKSHOP = {
    "es": "Demo: taller para quienes administran justicia",
    "pt": "Demo: oficina para quem administra a justiça",
    "en": "Demo: a workshop for those who administer justice",
}
PANEL = {
    "es": "Demo: tablero compartido de mediciones",
    "pt": "Demo: painel compartilhado de medições",
    "en": "Demo: a shared panel of measurements",
}
ROUND = {
    "es": "Demo: cada organización presentó sus prioridades",
    "pt": "Demo: cada organização apresentou suas prioridades",
    "en": "Demo: each organisation presented its priorities",
}


class Room:
    """A meeting being written: keeps what every act repeats."""

    def __init__(self, meeting, days, team):
        self.meeting, self.days, self.team = meeting, days, team
        self.actor = team.coordination

    def decide(
        self, titles, theme, now, *, how=HowDecided.CONSENSUS, came_from="", visibility=PUBLIC, subject="projects"
    ):
        return record_decision(
            self.meeting,
            content=DecisionContent(
                titles=titles,
                texts={},
                language="es",
                how=how,
                objections="",
                theme=Theme.objects.get(slug=theme),
                spaces=[],
                visibility=visibility,
                item=self.meeting.agenda.filter(subject=subject).first(),
            ),
            actor=self.actor,
            now=now,
            came_from=came_from,
            is_demo=True,
        )

    def undertake(self, decision, title, slug, due_on, now, *, visibility=PUBLIC):
        return record_action(
            self.meeting,
            action=NewAction(
                decision=decision,
                title=title,
                language="es",
                organization=self.team.organizations[slug],
                person=None,
                due_on=due_on,
                visibility=visibility,
            ),
            actor=self.actor,
            now=now,
        )

    def report(self, action, slug, state, words, now):
        update_action(action, state=state, words=words, evidence="", actor=self.team.delegates[slug], now=now)


def _meeting(days, team, titles, kind, when, now, visibility=PUBLIC, mode=Mode.HYBRID):
    meeting = create_meeting(
        MeetingPlan(
            titles=titles,
            language="es",
            kind=kind,
            schedule=when,
            place="Montevideo" if mode != Mode.REMOTE else "",
            mode=mode,
            link=LINK,
            visibility=visibility,
        ),
        actor=team.coordination,
        now=now,
        is_demo=True,
    )
    convene_meeting(meeting, actor=team.coordination, now=now)
    return Room(meeting, days, team)


def _annual_when(days, first):
    last = first + datetime.timedelta(days=1)
    return Schedule(first, last, days.at(first, 9), days.at(last, 17), settings.CASA_ZONE)


def _agenda(room, now, points=AGENDA):
    for title, kind, minutes, subject in points:
        add_item(
            room.meeting,
            content=ItemContent(
                titles={"es": title},
                language="es",
                kind=kind,
                minutes=minutes,
                day=room.meeting.starts_on,
                begins_at=None,
                presenter=None,
                note="",
                visibility=PUBLIC,
                subject=subject,
            ),
            actor=room.actor,
            now=now,
        )


def load_past(days, team, codes):
    """The annual meeting, published; and a later coordination meeting, held, whose outcome waits to be published.

    Adds to `codes` the decision from which the common project comes.
    """
    first = days.annual(days.year)
    titles = {
        "es": f"Demo: reunión anual {days.year}",
        "pt": f"Demo: reunião anual {days.year}",
        "en": f"Demo: annual meeting {days.year}",
    }
    room = _meeting(days, team, titles, MeetingKind.ANNUAL, _annual_when(days, first), days.last_year(12, 1))
    _agenda(room, days.last_year(12, 5))
    held = days.at(first + datetime.timedelta(days=1), 16)
    _attendance(room, held)
    codes["measure"] = _decisions(room, codes, held)
    mark_held(room.meeting, actor=room.actor, now=held)
    for language, body in OUTCOME.items():
        reviewer = "" if language == "es" else "Demo Revisión"
        write_outcome(room.meeting, language=language, body=body, actor=room.actor, now=held, reviewer=reviewer)
    published(room, held)
    _waiting(days, team)


def _attendance(room, now):
    how = [Presence.IN_PERSON] * 4 + [Presence.REMOTE] * 2 + [Presence.APOLOGIES]
    members = [room.team.organizations[slug] for slug in room.team.delegates]
    was = {organization: OrganizationAttendance(presence) for organization, presence in zip(members, how, strict=True)}
    record_attendance(room.meeting, attendance=was, actor=room.actor, now=now)


def _decisions(room, codes, now):
    days = room.days
    forum = room.decide(FORUM, "internet-governance", now, came_from=codes["lacnic"])
    guide = room.decide(GUIDE, "site-blocking", now)
    workshop = room.decide(WORKSHOP, "justice-training", now, came_from=codes["lactld"])
    measure = room.decide(MEASURE, "interconnection", now, came_from=codes["lac-ix"])
    panel = room.decide(PANEL, "security-resilience", now, how=HowDecided.VOTE)
    room.decide(ROUND, "internet-governance", now, how=HowDecided.NOTED, subject="plans")
    later = now + datetime.timedelta(days=12)
    sessions = room.undertake(
        forum, "Demo: reunir las propuestas de sesión", "lacnic", days.this_year(5, 30).date(), now
    )
    room.undertake(forum, "Demo: resumen de lo que salió del foro", "isoc", days.ahead(16), now)
    text = room.undertake(guide, "Demo: redactar la guía", "icann", days.this_year(6, 30).date(), now)
    room.undertake(workshop, "Demo: confirmar sede y fechas", "lactld", days.ahead(-5), now, visibility=COMMUNITY)
    programme = room.undertake(workshop, "Demo: programa del taller", "lacnog", days.ahead(25), now)
    metrics = room.undertake(panel, "Demo: elegir los indicadores", "redclara", days.this_year(4, 30).date(), now)
    room.report(sessions, "lacnic", ActionState.DONE, "Demo: se enviaron tres propuestas.", days.this_year(5, 28))
    room.report(text, "icann", ActionState.DONE, "Demo: la guía está escrita y revisada.", days.this_year(6, 25))
    room.report(programme, "lacnog", ActionState.IN_PROGRESS, "Demo: hay un borrador.", days.this_year(10, 1))
    reason = "Demo: el trabajo sigue en otro espacio que ya lo hace."
    room.report(metrics, "redclara", ActionState.DROPPED, reason, days.this_year(5, 4))
    for decision, state, words in (
        (forum, DecisionState.UNDERWAY, ""),
        (guide, DecisionState.FULFILLED, ""),
        (workshop, DecisionState.UNDERWAY, ""),
        (measure, DecisionState.UNDERWAY, ""),
        (panel, DecisionState.NOT_CONTINUED, reason),
    ):
        set_decision_state(decision, state=state, reason=words, actor=room.actor, now=max(later, days.this_year(6, 30)))
    return measure.code


def _waiting(days, team):
    """Held twenty days ago; the coordination team has its outcome to write and publish."""
    day = days.ahead(-20)
    when = Schedule(day, day, days.at(day, 15), days.at(day, 16, 30), settings.CASA_ZONE)
    titles = {
        "es": "Demo: reunión de coordinación",
        "pt": "Demo: reunião de coordenação",
        "en": "Demo: coordination meeting",
    }
    convened = days.at(day, 9) - datetime.timedelta(days=10)
    room = _meeting(days, team, titles, MeetingKind.COORDINATION, when, convened, COMMUNITY, Mode.REMOTE)
    now = days.at(day, 16)
    _agenda(room, convened, AGENDA[3:])
    room.decide({"es": "Demo: repartir quién acompaña cada sesión"}, "internet-governance", now, visibility=COMMUNITY)
    mark_held(room.meeting, actor=room.actor, now=now)
    circulated(room, days)
    open_for_signing(room, days)


def load_ahead(days, team):
    """The next annual meeting, public; and a coordination meeting in about two weeks, among the organisations."""
    first = days.next_annual
    titles = {
        "es": f"Demo: reunión anual {first.year}",
        "pt": f"Demo: reunião anual {first.year}",
        "en": f"Demo: annual meeting {first.year}",
    }
    room = _meeting(days, team, titles, MeetingKind.ANNUAL, _annual_when(days, first), days.ago(7))
    _agenda(room, days.ago(6))
    _proposed(room, days)
    _papers(room, days)
    day = days.ahead(14, weekday=2)
    when = Schedule(day, day, days.at(day, 15), days.at(day, 16, 30), settings.CASA_ZONE)
    titles = {
        "es": "Demo: reunión de coordinación de seguimiento",
        "pt": "Demo: reunião de coordenação de acompanhamento",
        "en": "Demo: follow-up coordination meeting",
    }
    _meeting(days, team, titles, MeetingKind.COORDINATION, when, days.ago(3), COMMUNITY, Mode.REMOTE)
    _open_poll(days, team)


def _proposed(room, days):
    """Interpretation into Portuguese and English; each organisation may propose half an hour, and one has."""
    arrange_meeting(
        room.meeting, room="", interpretation=["pt", "en"], proposal_minutes=30, actor=room.actor, now=days.ago(5)
    )
    propose_item(
        room.meeting,
        proposal=NewProposal(
            title="Demo: estado de las mediciones",
            language="es",
            kind=ItemKind.PRESENTATION,
            minutes=20,
            why="Demo: hay datos nuevos.",
        ),
        organization=room.team.organizations["lacnog"],
        actor=room.team.delegates["lacnog"],
        now=days.ago(3),
    )


def _papers(room, days):
    """Two to read beforehand: one for everybody, one that only who gave it and the coordination team read yet."""
    item = room.meeting.agenda.get(subject="projects")
    for slug, title, until in (
        ("lac-ix", "Demo: método de medición", None),
        ("isoc", "Demo: primera versión de la guía", days.at(days.ahead(20))),
    ):
        upload = ContentFile(b"Demo: este documento es inventado.\n", "demo.txt")
        add_paper(
            item,
            paper=NewPaper(title=title, upload=upload, kind=kind_of(upload), visibility=PUBLIC, embargo_until=until),
            organization=room.team.organizations[slug],
            actor=room.team.delegates[slug],
            now=days.ago(5),
        )


def _open_poll(days, team):
    """A mid-year meeting whose dates are being asked about: two organisations have answered."""
    titles = {"es": "Demo: reunión de medio año", "pt": "Demo: reunião de meio de ano", "en": "Demo: mid-year meeting"}
    meeting = create_meeting(
        MeetingPlan(
            titles=titles,
            language="es",
            kind=MeetingKind.COORDINATION,
            schedule=Schedule(),
            place="",
            mode=Mode.REMOTE,
            link=LINK,
            visibility=COMMUNITY,
        ),
        actor=team.coordination,
        now=days.ago(2),
        is_demo=True,
    )
    options = []
    for ahead in (30, 37, 44):
        day = days.ahead(ahead, weekday=1)
        options.append(Schedule(day, day, days.at(day, 15), days.at(day, 17), settings.CASA_ZONE))
    poll = open_poll(
        meeting,
        options=options,
        closes_at=clock.end_of(days.ahead(6), settings.CASA_ZONE),
        quorum=4,
        note="Demo: dos horas, a distancia.",
        actor=team.coordination,
        now=days.ago(2),
    )
    for slug, words in (("lacnic", ("yes", "maybe", "no")), ("lac-ix", ("yes", "yes", "no"))):
        respondent = poll.respondents.get(address=team.delegates[slug].email)
        fits = {one.pk: word for one, word in zip(poll.options.all(), words, strict=True)}
        answer_poll(respondent, availability=fits, now=days.ago(1))
