"""Identifiers are the field's words and Django's (docs/vocabulary.md). Those that were retired do not come back."""

import io
import re
import tokenize

from tests.project.sources import PACKAGES, files, name_of

RETIRED = {
    "door",
    "doors",
    "floor",
    "floors",
    "house",
    "houses",
    "urn",
    "urns",
    "thing",
    "things",
    "wish",
    "wishes",
    "said",
    "told",
    "tell",
    "kept",
    "theirs",
    "stands",
}
RETIRED_TOGETHER = ("go_out", "goes_out", "what_holds", "who_stay")
PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def parts_of(identifier):
    """The words an identifier is made of: `what_holdsIt` is what, holds, it."""
    return [part.lower() for part in PART.findall(identifier)]


def retired_in(text):
    """The retired words in a module's identifiers. What a test is called is a sentence, and free."""
    found, previous = set(), ""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.NAME:
            if not (previous == "def" and token.string.startswith("test_")):
                parts = parts_of(token.string)
                found |= RETIRED & set(parts)
                found |= {words for words in RETIRED_TOGETHER if f"_{words}_" in f"_{'_'.join(parts)}_"}
            previous = token.string
    return found


def test_retired_words_do_not_come_back():
    found = [
        f"{name_of(path)}: {word}"
        for path in files(".py", folders=[*PACKAGES, "tests", "benchmarks"])
        for word in retired_in(path.read_text(encoding="utf-8"))
        if path.name != "test_words.py"
    ]
    assert found == []


def test_an_identifier_is_read_word_by_word():
    assert parts_of("HTTPServer_toldYou2") == ["http", "server", "told", "you", "2"]
    assert retired_in("def test_what_was_said(): keeper = TheFloor.go_out()") == {"floor", "go_out"}
