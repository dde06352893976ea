"""What was said at the held meeting: circulated among the organisations, with two comments, one of them answered."""

import datetime

from meetings.services.minutes import add_comment, answer_comment, circulate_minutes, set_handling, write_part

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
        write_part(meeting, item=item, body=words, base_number=0, actor=room.actor, now=written)
    set_handling(meeting, item=second, handling="chatham", readers=(), actor=room.actor, now=written)
    until = days.at(days.today + datetime.timedelta(days=10), 0)
    circulate_minutes(meeting, comments_until=until, actor=room.actor, now=circulated_at)
    part = meeting.minutes.parts.get(item=first)
    comments = []
    for slug, words in (("lacnog", "Demo: faltó anotar el taller."), ("redclara", "Demo: ¿cuál de las dos tareas?")):
        organization = team.organizations[slug]
        comments.append(
            add_comment(part, organization=organization, text=words, actor=team.delegates[slug], now=days.ago(3))
        )
    answer_comment(comments[0], taken_up=True, answer="", actor=room.actor, now=days.ago(2))
