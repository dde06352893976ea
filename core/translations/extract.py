"""Every sentence of ours that people read, found in Python code and in templates."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as extract_from
from django.utils.translation.template import templatize

from core.translations import catalogues

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Words of old migrations are history; tests and tools speak to developers.
NOT_OURS = {"tests", "migrations", "var", "docs", "benchmarks", "node_modules", "locale", "static", "supervisor"}
TEMPLATES = {".html", ".txt", ".xml", ".md", ".svg"}


class Unreadable(Exception):
    """A file in which no sentence can be looked for; the message names it and says why."""


def source_files(root: Path) -> Iterator[Path]:
    """Python files and templates of the project, sorted."""
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root).parts
        if any(part in NOT_OURS or part.startswith(".") for part in inside[:-1]):
            continue
        if path.suffix == ".py" or (path.suffix in TEMPLATES and "templates" in inside):
            yield path


def as_python(path: Path) -> str:
    """The file as code in which the gettext functions are called."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    # Indentation of a template means nothing, but would to the reader of the code it becomes.
    return "\n".join(line.strip() for line in templatize(text, origin=path.name).splitlines())


def sentences(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """`(message, context)` for each sentence in a file; the message is a pair where it has a plural."""
    code = BytesIO(as_python(path).encode("utf-8"))
    for _, message, _, context in extract_from("python", code, keywords=KEYWORDS, options={"encoding": "utf-8"}):
        yield message, context


def extract(root: Path) -> Catalog:
    """A catalogue without translations of every sentence under `root`; places by file, without line."""
    found = Catalog()
    for path in source_files(root):
        place = path.relative_to(root).as_posix()
        try:
            for message, context in sentences(path):
                if message:
                    found.add(message, locations=[(place, 0)], context=context)
        except (SyntaxError, UnicodeDecodeError) as error:
            raise Unreadable(f"{place}: {error}") from error
    return found


def update(root: Path, locale: Path = catalogues.LOCALE) -> int:
    """Bring every catalogue to the sentences of the code.

    Translations stay; sentences no longer used go; English is the sentence itself.
    Returns the number of sentences.
    """
    found = extract(root)
    for language in catalogues.PLURALS:
        catalogues.write(renewed(found, language, locale), language, locale)
    return len(catalogues.messages_of(found))


def renewed(found: Catalog, language: str, locale: Path) -> Catalog:
    """The sentences found, with the translations that the language already has."""
    current = catalogues.read(language, locale)
    fresh = Catalog(locale=language)
    for message in catalogues.messages_of(found):
        string = message.id if language == catalogues.SOURCE else translation_in(current, message)
        fresh.add(message.id, string=string, locations=message.locations, context=message.context)
    return fresh


def translation_in(catalog: Catalog, message: Message) -> str | tuple[str, ...]:
    """The translation of a message in a catalogue, as one string or a pair; empty when it has none that fits."""
    known = catalog.get(message.id, message.context)
    empty = ("", "") if message.pluralizable else ""
    if known is None or not known.string or "fuzzy" in known.flags:
        return empty
    if message.pluralizable:
        return tuple(known.string) if isinstance(known.string, (list, tuple)) else empty
    return known.string[0] if isinstance(known.string, (list, tuple)) else known.string
