"""Two communiqués: January's, out the next morning in the name of most, and one that is open for signing now."""

import datetime

from core import pictures
from demo import drawing
from meetings.services.communique import begin_communique, open_signing, publish_communique, sign_communique
from meetings.services.outcome import write_outcome
from meetings.services.photograph import PhotographDetails, set_photograph
from meetings.services.press import add_account

OPEN = {
    "es": "Demo: las organizaciones repartieron quién acompaña cada sesión del foro regional.\n\n"
    "La próxima reunión revisa lo que falta.",
    "pt": "Demo: as organizações dividiram quem acompanha cada sessão do fórum regional, segundo os acordos de janeiro.\n\n"
    "A próxima reunião revisa o que falta.",
}
CAPTION = {
    "es": "Demo: la mesa de enero, dibujada.",
    "pt": "Demo: a mesa de janeiro, desenhada.",
    "en": "Demo: January's table, drawn.",
}
SHOWS = {
    "es": "Demo: dibujo de una mesa larga con siete sillas de colores distintos bajo un arco.",
    "pt": "Demo: desenho de uma mesa comprida com sete cadeiras de cores diferentes sob um arco.",
    "en": "Demo: drawing of a long table with seven chairs of different colours under an arch.",
}


def published(room, held):
    """Asked in the room, signed by four, one of them aloud and one with a reserve; out the next morning; one adheres."""
    meeting, team = room.meeting, room.team
    morning = held + datetime.timedelta(hours=17)
    communique = begin_communique(meeting, language="es", body="", actor=room.actor, now=held)
    set_photograph(
        communique,
        details=PhotographDetails(
            captions=CAPTION,
            alts=SHOWS,
            language="es",
            credit="Demo",
            consent="Demo: es un dibujo y no muestra a nadie.",
        ),
        picture=pictures.read(drawing.of_a_meeting()),
        actor=room.actor,
        now=held,
    )
    communique = open_signing(communique, publishes_at=morning, actor=room.actor, now=held)
    for slug, stand, words in (
        ("lacnic", "agreed", ""),
        ("isoc", "agreed", ""),
        ("lac-ix", "agreed", ""),
        ("icann", "reserve", "Demo: sin compromiso de plazo en el segundo trabajo."),
        ("lacnog", "not_joining", ""),
    ):
        aloud = slug == "lac-ix"
        sign_communique(
            communique,
            organization=team.organizations[slug],
            answer=stand,
            words=words,
            number=1,
            aloud=aloud,
            actor=room.actor if aloud else team.delegates[slug],
            now=held + datetime.timedelta(hours=1),
        )
    publish_communique(communique, actor=None, now=morning)
    later = morning + datetime.timedelta(days=9)
    sign_communique(
        communique,
        organization=team.organizations["redclara"],
        answer="agreed",
        number=1,
        actor=team.delegates["redclara"],
        now=later,
    )
    add_account(
        meeting,
        organization=team.organizations["isoc"],
        title="Demo: cómo vivimos la reunión",
        language="es",
        url="https://example.org/demo",
        actor=team.delegates["isoc"],
        now=later,
    )


def open_for_signing(room, days):
    """Goes out in two days; two have answered, the Portuguese translation waits for somebody to compare it."""
    meeting, team, now = room.meeting, room.team, days.ago(1)
    communique = begin_communique(meeting, language="es", body=OPEN["es"], actor=room.actor, now=now)
    write_outcome(meeting, language="pt", body=OPEN["pt"], actor=room.actor, now=now)
    hour = days.at(days.today + datetime.timedelta(days=2), 10)
    communique = open_signing(communique, publishes_at=hour, actor=room.actor, now=now)
    for slug, stand, words in (("lacnic", "agreed", ""), ("lac-ix", "reserve", "Demo: falta decir quién modera.")):
        sign_communique(
            communique,
            organization=team.organizations[slug],
            answer=stand,
            words=words,
            number=1,
            actor=team.delegates[slug],
            now=days.ago(0),
        )
