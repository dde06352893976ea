"""False friends: words that say something else in the next language. A translation is shown with a warning beside it;
nothing is changed or refused, since each of them is right somewhere."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

#: Content language, the word as a pattern, what to look at.
_TABLE = (
    ("es", r"minutas?", pgettext_lazy("glossary", "The record of a meeting is an acta; a minuta is a draft.")),
    (
        "es",
        r"acuerdos?",
        pgettext_lazy("glossary", "An acuerdo is an agreement; what a meeting decides is a decisión."),
    ),
    (
        "es",
        r"asociad[oa]s?",
        pgettext_lazy("glossary", "Asociado is LACNIC's word for its paying members; our organisations are miembros."),
    ),
    ("es", r"eventual(?:es|mente)?", pgettext_lazy("glossary", "Eventual means possible, not final.")),
    (
        "es",
        r"secretar[ií]a",
        pgettext_lazy("glossary", "The secretaría is LACIGF's; ours is the equipo de coordinación."),
    ),
    (
        "es",
        r"promotor(?:es|as?)?",
        pgettext_lazy("glossary", "A prosecutor is a fiscal; a promotor promotes something."),
    ),
    ("es", r"campañas?", pgettext_lazy("glossary", "Our part in an edition is nuestra participación, not a campaña.")),
    ("pt", r"minutas?", pgettext_lazy("glossary", "The record of a meeting is an ata; a minuta is a draft.")),
    ("pt", r"acordos?", pgettext_lazy("glossary", "An acordo is an agreement; what a meeting decides is a decisão.")),
    ("pt", r"fisca(?:l|is)", pgettext_lazy("glossary", "A prosecutor is a promotor; a fiscal inspects.")),
    (
        "pt",
        r"políticas",
        pgettext_lazy("glossary", "Políticas are policies; the police are polícias, law enforcement forças policiais."),
    ),
    ("pt", r"eventual(?:mente)?|eventuais", pgettext_lazy("glossary", "Eventual means possible, not final.")),
    ("pt", r"secretaria", pgettext_lazy("glossary", "The secretaria is LACIGF's; ours is the equipe de coordenação.")),
    (
        "pt",
        r"associad[oa]s?",
        pgettext_lazy("glossary", "Asociado is LACNIC's word for its paying members; our organisations are membros."),
    ),
    (
        "en",
        r"policy forum",
        pgettext_lazy("glossary", "LACNIC's Policy Forum makes rules for number resources, not public policy."),
    ),
    (
        "en",
        r"program(?:me)? committee",
        pgettext_lazy("glossary", "The program committee is a former body of LACIGF; today it is the CMPI."),
    ),
    ("en", r"eventual(?:ly)?", pgettext_lazy("glossary", "Eventual in Spanish and Portuguese means possible.")),
    (
        "en",
        r"fiscals?",
        pgettext_lazy("glossary", "A fiscal is a prosecutor in Spanish and an inspector in Portuguese."),
    ),
    ("en", r"assistance", pgettext_lazy("glossary", "Asistencia a una reunión is attendance.")),
    ("fr", r"minutes", pgettext_lazy("glossary", "The record of a meeting is a procès-verbal or compte rendu.")),
    ("fr", r"éventuel(?:le)?s?|éventuellement", pgettext_lazy("glossary", "Éventuel means possible, not final.")),
)
_WORDS = [(code, re.compile(rf"\b(?:{words})\b", re.IGNORECASE), why) for code, words, why in _TABLE]


@dataclass(frozen=True)
class Warning:
    """A word as it is written in a text, how often, and what to look at."""

    word: str
    times: int
    why: str | Promise


def warnings(text: str, language: str) -> list[Warning]:
    """The warnings about a text in a content language, in order of the table, one for each entry."""
    found = []
    for code, pattern, why in _WORDS:
        if code == language and (words := pattern.findall(text or "")):
            found.append(Warning(words[0], len(words), why))
    return found
