"""Templates read like the pages they make. The lists name what is still too long: they only grow shorter."""

import re
from pathlib import Path

from django.conf import settings

TEMPLATES = Path(settings.ROOT) / "templates"
CONDITION = re.compile(r"\{% if ")
LONGEST_LINE, MOST_LINES, MOST_CONDITIONS = 140, 150, 12

LONG_LINES = {
    "elections/booth.html",
    "elections/election_detail.html",
}
TOO_LONG = {
    "elections/booth.html",
    "elections/election_certificate.html",
    "elections/election_console.html",
    "elections/election_detail.html",
}
TOO_MANY_CONDITIONS = {
    "committees/committee_detail.html",
    "elections/booth.html",
    "elections/election_certificate.html",
    "elections/election_console.html",
    "elections/election_detail.html",
    "elections/election_scrutiny.html",
}


def pages() -> dict[str, str]:
    return {path.relative_to(TEMPLATES).as_posix(): path.read_text() for path in sorted(TEMPLATES.rglob("*.html"))}


def test_no_line_is_longer_than_a_screen():
    long = {name for name, text in pages().items() if any(len(line) > LONGEST_LINE for line in text.splitlines())}
    assert long == LONG_LINES


def test_no_template_is_longer_than_one_subject():
    assert {name for name, text in pages().items() if text.count("\n") > MOST_LINES} == TOO_LONG


def test_a_page_of_many_conditions_gets_a_read_object():
    """What to show is decided in Python, where it can be tested; `casa/year` shows how."""
    assert {
        name for name, text in pages().items() if len(CONDITION.findall(text)) > MOST_CONDITIONS
    } == TOO_MANY_CONDITIONS


def test_every_text_to_translate_may_be_set_on_several_lines():
    """Without `trimmed` the formatter's indentation would become part of the sentence."""
    found = re.compile(r"\{% blocktrans(?:late)?\b(?! trimmed)[^%]*%\}")
    assert {name: found.findall(text) for name, text in pages().items() if found.search(text)} == {}


def test_every_component_is_drawn_and_shown():
    """Each tag has its template, and its docstring shows how it is used."""
    from core.templatetags import components

    tags = components.register.tags
    drawn = {path.stem for path in (TEMPLATES / "components").glob("*.html")}
    assert set(tags) == drawn
    assert [
        name
        for name in tags
        if f"{{% {name} " not in (getattr(components, name).__doc__ or "").replace(f"{{% {name} %}}", f"{{% {name} ")
    ] == []
