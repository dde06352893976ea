"""Translations written beside the code, in `locale/pending/*.yaml`, taken into the catalogues.

Each file is a list of `{id, es, pt}`; `plural` and pairs where it has a plural, `ctx` where it has a context.
So several people can write at once without touching the same catalogue.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from babel.messages.catalog import Catalog, Message

from core.translations import catalogues

COLUMNS = {"es": "es", "pt_BR": "pt"}


#: One entry of a pending file: id, es, pt, and plural or ctx where it has them.
Entry = dict[str, Any]


class Taken(NamedTuple):
    """A translation that was taken in, and from which file."""

    forms: str | tuple[str, ...]
    file: str


@dataclass
class Merge:
    """What came of taking in the pending files."""

    filled: int = 0
    clashes: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    #: Files of which every sentence was taken in; they have done their work.
    done: list[Path] = field(default_factory=list)


def squeezed(text: str) -> str:
    """A sentence as templates may spell it otherwise: white space, and % doubled."""
    return " ".join(text.replace("%%", "%").split())


def entries(path: Path) -> list[Entry]:
    """The entries of a file. Raises ValueError with what is wrong with it."""
    try:
        # Everything is text here: with YAML's own types the sentence "No" would be a boolean.
        listed = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) or []
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ValueError(f"{path.name}: not readable as YAML: {error}") from error
    if not isinstance(listed, list) or not all(isinstance(entry, dict) and "id" in entry for entry in listed):
        raise ValueError(f"{path.name}: a list of entries with an id is expected")
    return listed


def find(catalog: Catalog, entry: Entry) -> Message | None:
    """The message an entry translates, or None."""
    context = entry.get("ctx")
    exact = catalog.get(str(entry["id"]), context)
    if exact is not None:
        return exact
    wanted = squeezed(str(entry["id"]))
    for message in catalogues.messages_of(catalog):
        known_context, singular = catalogues.key_of(message)
        if known_context == context and squeezed(singular) == wanted:
            return message
    return None


def translation(entry: Entry, column: str, message: Message) -> str | tuple[str, ...]:
    """The entry's forms as the message needs them. Raises ValueError where their number is wrong."""
    words = entry.get(column)
    if not words:
        raise ValueError(f"no {column}")
    if isinstance(words, str):
        words = [words, words] if message.pluralizable else [words]
    words = [str(form) for form in words]
    if len(words) != (2 if message.pluralizable else 1):
        raise ValueError(f"{column} needs {'two forms' if message.pluralizable else 'one form'}")
    # Templates double the percent sign before they look a sentence up; writers rarely do.
    singular = catalogues.key_of(message)[1]
    if "%%" in singular and "%%" not in str(entry["id"]):
        words = [form.replace("%", "%%") for form in words]
    return tuple(words) if message.pluralizable else words[0]


def merge(folder: Path, locale: Path = catalogues.LOCALE) -> Merge:
    """Fill the catalogues from the pending files.

    Of two different translations of one sentence the last wins and both are reported; sentences that no code has are
    reported and left out.
    """
    result = Merge()
    catalogs = {language: catalogues.read(language, locale) for language in COLUMNS}
    taken: dict[tuple[str, str | None, str], Taken] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            listed = entries(path)
        except ValueError as error:
            result.wrong.append(str(error))
            continue
        problems = [take(entry, path.name, catalogs, taken, result) for entry in listed]
        if all(problems):
            result.done.append(path)
    for language, catalog in catalogs.items():
        catalogues.write(catalog, language, locale)
    return result


def to_fill(found: Catalog, folder: Path, locale: Path = catalogues.LOCALE) -> str:
    """The sentences found that neither the catalogues nor a pending file translate, as an empty pending file."""
    catalogs = [catalogues.read(language, locale) for language in COLUMNS]
    waiting = {
        (entry.get("ctx"), squeezed(entry["id"])) for path in sorted(folder.glob("*.yaml")) for entry in entries(path)
    }
    lines = []
    for message in catalogues.messages_of(found):
        context, singular = catalogues.key_of(message)
        if (context, squeezed(singular)) in waiting or all(translated(catalog, message) for catalog in catalogs):
            continue
        entry: Entry = {"id": singular, "ctx": context, "plural": message.id[1] if message.pluralizable else None}
        entry |= {column: ["", ""] if message.pluralizable else "" for column in COLUMNS.values()}
        lines.append(f"# {', '.join(sorted(place for place, _ in message.locations))}")
        filled = {name: value for name, value in entry.items() if value is not None}
        lines.append(yaml.safe_dump([filled], allow_unicode=True, sort_keys=False, width=1000).rstrip())
    return "\n".join(lines)


def translated(catalog: Catalog, message: Message) -> bool:
    """Whether a catalogue has a translation of a message."""
    known = catalog.get(message.id, message.context)
    if known is None or "fuzzy" in known.flags:
        return False
    return all(known.string) if isinstance(known.string, (list, tuple)) else bool(known.string)


def take(
    entry: Entry,
    name: str,
    catalogs: dict[str, Catalog],
    taken: dict[tuple[str, str | None, str], Taken],
    result: Merge,
) -> bool:
    """Take one entry of the file `name` in; returns whether every language has its message."""
    place = f"{name}: {entry['id']!r}"
    for language, column in COLUMNS.items():
        message = find(catalogs[language], entry)
        if message is None:
            result.unused.append(place)
            return False
        try:
            forms = translation(entry, column, message)
        except ValueError as error:
            result.wrong.append(f"{place}: {error}")
            return False
        key = (language, *catalogues.key_of(message))
        before = taken.get(key)
        if before and before.forms != forms:
            result.clashes.append(
                f"{language} {entry['id']!r}: {before.file} says {before.forms!r}, {name} says {forms!r}"
            )
        taken[key] = Taken(forms, name)
        message.string = forms
        result.filled += 1
    return True
