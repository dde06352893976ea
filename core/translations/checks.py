"""What is missing or wrong in the catalogues, each fault one line that says where to look."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from core.translations import catalogues
from core.translations.extract import extract

PLACEHOLDER = re.compile(r"%\([^)]+\)[a-zA-Z]|%[sd]|\{[a-zA-Z_0-9.]*(?:[!:][^{}]*)?\}")
TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*")

# Words that look right and are not (shared glossary, "False friends"): language, the word, in what English
# sentence it is wrong (None: always), and the right one.
FALSE_FRIENDS = [
    ("pt_BR", r"fisca(l|is)", r"prosecutor", "promotor(a)"),
    ("pt_BR", r"minutas?", None, "ata"),
    ("pt_BR", r"forças políticas", None, "forças policiais"),
    ("pt_BR", r"políticas", r"^(?!.*polic(?:y|ies)).*(?:\bpolice\b|law enforcement)", "policiais"),
    ("pt_BR", r"secretaria", r"coordination team", "equipe de coordenação"),
    ("es", r"minutas?", None, "acta"),
    ("es", r"acuerdos?", r"\bdecisions?\b", "decisión"),
    ("es", r"asociad[oa]s?", r"\bmembers?\b", "miembro"),
    ("es", r"secretaría", r"coordination team", "equipo de coordinación"),
]


def check(root: Path, locale: Path = catalogues.LOCALE) -> list[str]:
    """Every fault of every catalogue as a line; an empty list is what is wanted."""
    found = extract(root)
    return [fault for language in catalogues.PLURALS for fault in faults_of(language, found, locale)]


def faults_of(language: str, found: Catalog, locale: Path) -> Iterator[str]:
    """Every fault of one catalogue, compared with the sentences of the code."""
    if not catalogues.po_path(language, locale).is_file():
        yield f"{language}: no catalogue; run: manage.py translations extract"
        return
    catalog = catalogues.read(language, locale)
    sources = {catalogues.key_of(message): message for message in catalogues.messages_of(found)}
    known = {catalogues.key_of(message): message for message in catalogues.messages_of(catalog)}
    for key, source in sources.items():
        message = known.get(key)
        where = f"{language}: {key[1]!r}" + (f" ({key[0]})" if key[0] else "")
        if message is None or message.pluralizable != source.pluralizable:
            yield f"{where} is not in the catalogue ({source.locations[0][0]}); run: manage.py translations extract"
        else:
            yield from (f"{where} {fault}" for fault in faults_in(language, message))
    unused = [message for key, message in known.items() if key not in sources]
    for message in [*unused, *catalog.obsolete.values()]:
        singular = catalogues.key_of(message)[1]
        yield f"{language}: {singular!r} is no longer in the code; run: manage.py translations extract"


def faults_in(language: str, message: Message) -> Iterator[str]:
    """What is wrong with one translation."""
    ids = _forms(message.id)
    strings = _forms(message.string)
    if len(strings) != len(ids) or not all(form and form.strip() for form in strings):
        yield "has no translation"
        return
    if "fuzzy" in message.flags:
        yield "is marked fuzzy"
    for source, string in zip(ids, strings, strict=True):
        if not same_placeholders(source, string, ids):
            yield f"has other placeholders in {string!r}"
        if Counter(TAG.findall(source)) != Counter(TAG.findall(string)):
            yield f"has other tags in {string!r}"
    if message.context == "glossary":
        return  # these sentences are about the very words
    text, english = " ".join(strings), " ".join(ids)
    for where, word, only_in, right in FALSE_FRIENDS:
        if where != language or not re.search(rf"(?<!\w){word}(?!\w)", text, re.IGNORECASE):
            continue
        if only_in is None or re.search(only_in, english, re.IGNORECASE):
            yield f"says {word!r}, a false friend; the glossary has {right!r}"


def _forms(value: str | Sequence[str] | None) -> list[str]:
    """The forms of a message or of its translation: one, or one for each number."""
    return [value or ""] if value is None or isinstance(value, str) else list(value)


def placeholders(text: str) -> set[str]:
    """The placeholders of a sentence."""
    return set(PLACEHOLDER.findall(text.replace("%%", "")))


def same_placeholders(source: str, string: str, ids: list[str]) -> bool:
    """Whether a translation has the placeholders of its source.

    The form for one may say "one" in words, or give the number where the English does not.
    """
    if len(ids) == 2 and source == ids[0]:
        return placeholders(string) <= placeholders(ids[0]) | placeholders(ids[1])
    return placeholders(string) == placeholders(source)
