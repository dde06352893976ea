"""The year's report as Markdown and as PDF: the same words as the page, nothing hidden, nothing smuggled in."""

import contextlib
import os
import re
import zlib

import pytest
from django.core.cache import cache
from markdown_it import MarkdownIt

from casa.year import documents
from tests import factories as make
from tests.casa.test_report import published_year  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db
MARKDOWN, PDF = "/{}/years/2026/report.md", "/{}/years/2026/report.pdf"


@pytest.fixture
def pdf():
    if not documents.can_pdf():
        assert not os.environ.get("CASA_CI"), "CI installs what a PDF needs"
        pytest.skip("a PDF needs Pango on the system")
    cache.clear()


WANTED = (b"/StructTreeRoot", b"/Lang (es)")


def opened(content):
    """A PDF with its compressed streams beside it, as far as they can be read."""
    found = [content]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.S):
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompress(stream))
    return b"\n".join(found)


@pytest.mark.parametrize(("language", "heading"), [("es", "Informe"), ("pt", "Relatório"), ("en", "Report")])
def test_the_markdown_holds_what_the_page_holds(published_year, client, language, heading):  # noqa: F811
    answer = client.get(MARKDOWN.format(language))
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert text.startswith(f"# {heading}") and "\n\n\n" not in text
    for words in (
        "**capacitar**",
        "Demo prioridad pública",
        "Demo decisión pública",
        "Demo proyecto pública",
        "Demo balance pública",
        "Elección Demo",
        "DEMO-A",
    ):
        assert words in text, words
    assert "callada" not in text
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert html.count("<h1>") == 1 and "<table>" in html and "<h2>" in html
    assert not re.search(r'href="/', html), "addresses are whole"


HOSTILE = "Demo | [clic](https://evil.example) <script>alert(1)</script> # `x`"


def test_a_title_stays_words_in_markdown(published_year, client):  # noqa: F811
    meeting, _plan, ours, other = published_year
    make.decision(meeting, HOSTILE)
    make.project(ours, other, title_es=HOSTILE)
    text = client.get(MARKDOWN.format("es")).content.decode()
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert "evil.example" in html and 'href="https://evil.example"' not in html and "<script" not in html
    commitments, matrix = (re.findall(r"<tr>.*?</tr>", table, re.S) for table in html.split("</table>")[:2])
    assert {row.count("<td") for row in commitments[1:]} == {4}, "no cell is split"
    assert {row.count("<td") for row in matrix[1:]} == {3} and "1 en marcha" in matrix[1]


def test_the_pdf_is_tagged_and_in_its_readers_language_and_made_once(published_year, client, pdf, monkeypatch):  # noqa: F811
    answer = client.get(PDF.format("es"))
    assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert {b"/StructTreeRoot", b"/Lang (es)"} <= {word for word in WANTED if word in opened(answer.content)}
    monkeypatch.setattr(documents, "_made", lambda html: pytest.fail("made twice"))
    assert client.get(PDF.format("es")).content == answer.content


def test_making_a_pdf_fetches_nothing(pdf, tmp_path, caplog):
    """Neither a file nor an address: the picture is really asked for, and is not there."""
    picture = tmp_path / "dot.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>DOT</title></svg>')
    page = f'<html lang="es"><title>x</title><img alt="nada" src="{picture.as_uri()}"><p>Hola'
    with caplog.at_level("ERROR", "weasyprint"):
        assert documents._made(page).startswith(b"%PDF-")
    assert "Failed to load image" in caplog.text and "disallowed protocol" in caplog.text


def test_without_the_extra_there_is_no_link_and_no_page(published_year, client, monkeypatch):  # noqa: F811
    monkeypatch.setattr(documents, "can_pdf", lambda: False)
    assert "report.pdf" not in client.get("/es/years/2026/report/").content.decode()
    assert client.get(PDF.format("es")).status_code == 404
    assert client.get(MARKDOWN.format("es")).status_code == 200
    assert (
        client.get("/es/years/1987/report.md").status_code == client.get("/es/years/1987/report.pdf").status_code == 404
    )
