"""Hostile Markdown stays words."""

import pytest

from core.markdown import render


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "![x](https://elsewhere.example/track.png)",
        "<style>*{display:none}</style>",
        '<a href="https://x.example" onclick="x()">x</a>',
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
    ],
)
def test_nothing_runs_and_nothing_is_fetched(source):
    html = render(source)
    for tag in ("<script", "<img", "<style", "<iframe"):
        assert tag not in html.lower()
    assert 'href="javascript' not in html and 'href="data' not in html and "<a onclick" not in html


def test_headings_begin_below_the_page_s_own():
    assert render("# Uno\n\n## Dos") == "<h3>Uno</h3>\n<h4>Dos</h4>\n"


def test_links_carry_no_weight():
    assert render("[x](https://example.org)") == '<p><a href="https://example.org" rel="nofollow noopener">x</a></p>\n'
