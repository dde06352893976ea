"""The minutes of the held meeting: circulated among the organisations, with two comments, one of them answered."""

import datetime

from meetings import services

WORDS = (
    "Demo: se repasó lo que cada organización asumió en enero.\n\n- Dos tareas se dieron por cumplidas.\n"
    "- La guía común sigue en marcha; falta la revisión en portugués.",
    "Demo: se habló con franqueza de los plazos. Se pidió empezar antes el año próximo.",
)


def circulated(room, days):
    """Written on the day, circulated four days ago, open for comments for nine days more."""
    meeting, team, written, circulated_at = room.meeting, room.team, days.ago(18), days.ago(4)
    first, second = meeting.agenda.in_order()
    for item, words in zip((first, second), WORDS, strict=True):
        services.write_part(meeting, item, words, base_number=0, actor=room.actor, now=written)
    services.set_handling(meeting, second, "chatham", (), actor=room.actor, now=written)
    until = days.at(days.today + datetime.timedelta(days=10), 0)
    services.circulate(meeting, until, actor=room.actor, now=circulated_at)
    part = meeting.minutes.parts.get(item=first)
    comments = []
    for slug, words in (("lacnog", "Demo: faltó anotar el taller."), ("redclara", "Demo: ¿cuál de las dos tareas?")):
        organization = team.organizations[slug]
        comments.append(services.comment(part, organization, words, actor=team.delegates[slug], now=days.ago(3)))
    services.answer_comment(comments[0], True, "", actor=room.actor, now=days.ago(2))
