"""The year's report as files: Markdown, and PDF where the optional extra is installed (requirements-pdf.txt).

The PDF is tagged for screen readers (PDF/UA-1). While it is made nothing is fetched, neither from the network nor from
the disk: its one stylesheet is given with it.
"""

import hashlib
import re
from functools import cache as cache_result
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string

BLANKS = re.compile(r"\n{3,}")
REMEMBERED_FOR = 24 * 3600
STYLE = Path(__file__).with_name("document.css")


def as_markdown(report, address, now):
    """CommonMark with tables, in the language that is active; addresses are whole."""
    values = {"report": report, "address": address, "origin": settings.CASA_ORIGIN, "now": now}
    return BLANKS.sub("\n\n", render_to_string("casa/year_report.md", values)).strip() + "\n"


@cache_result
def can_pdf():
    """Whether the optional extra and the system's libraries it needs are there; found out once, on first need."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


def as_pdf(report, address, now):
    """Bytes of a PDF in the language that is active. The same report is made once a day at most: it costs seconds."""
    values = {"report": report, "address": address, "now": now}
    html = render_to_string("casa/year_report_document.html", values)
    key = f"report-pdf:{hashlib.sha256(html.encode()).hexdigest()}"
    made = cache.get(key)
    if made is None:
        made = _made(html)
        cache.set(key, made, REMEMBERED_FOR)
    return made


def _made(html):
    from weasyprint import CSS, HTML  # 60 MB and system libraries: only where somebody asks for a PDF
    from weasyprint.urls import URLFetcher

    nothing = URLFetcher(allowed_protocols=())
    style = CSS(string=STYLE.read_text(encoding="utf-8"), url_fetcher=nothing)
    page = HTML(string=html, base_url=settings.CASA_ORIGIN, url_fetcher=nothing)
    return page.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1")
