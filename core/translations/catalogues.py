"""The catalogues on disk: one `.po` a language, sorted and without dates, so that a change shows as itself.

`python -m core.translations.catalogues` compiles what is stale; it needs no settings.
"""

import os
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

LOCALE = Path(__file__).resolve().parents[2] / "locale"

# Locale folder → plural rule. Two forms each; Django keeps its own catalogues' rules apart from ours.
PLURALS = {
    "es": "nplurals=2; plural=(n != 1);",
    "pt_BR": "nplurals=2; plural=(n > 1);",
    "en": "nplurals=2; plural=(n != 1);",
}
SOURCE = "en"

HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def po_path(language: str, locale: Path = LOCALE) -> Path:
    return locale / language / "LC_MESSAGES" / "django.po"


def messages_of(catalog: Catalog) -> list[Message]:
    """Its messages without the header, sorted."""
    return sorted(message for message in catalog if message.id)


def key_of(message: Message) -> tuple[str | None, str]:
    """What tells one message from another: context and singular."""
    singular = message.id[0] if isinstance(message.id, (list, tuple)) else message.id
    return message.context, singular


def read(language: str, locale: Path = LOCALE) -> Catalog:
    """The catalogue of a language, empty when there is none yet."""
    path = po_path(language, locale)
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def as_text(catalog: Catalog, language: str) -> str:
    """The catalogue as it is written: the same messages always give the same bytes."""
    body = BytesIO()
    write_po(body, catalog, omit_header=True, sort_output=True, ignore_obsolete=True, width=0, include_lineno=False)
    header = HEADER.format(language=language, plurals=PLURALS[language])
    return header + body.getvalue().decode("utf-8").strip("\n") + "\n"


def write(catalog: Catalog, language: str, locale: Path = LOCALE) -> None:
    """Write the catalogue of a language."""
    path = po_path(language, locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, as_text(catalog, language).encode("utf-8"))


def replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: several processes may compile at once."""
    handle, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(draft, 0o644)
    os.replace(draft, path)


def compile_stale(locale: Path = LOCALE) -> list[str]:
    """Write the `.mo` of every catalogue that has none or an older one; returns the languages written."""
    written = []
    for language in PLURALS:
        po = po_path(language, locale)
        mo = po.with_suffix(".mo")
        if not po.is_file() or (mo.is_file() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns):
            continue
        content = BytesIO()
        write_mo(content, read(language, locale), use_fuzzy=False)
        replace(mo, content.getvalue())
        written.append(language)
    return written


if __name__ == "__main__":
    compile_stale()
    sys.exit(0)
