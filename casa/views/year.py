"""The year: the home page, any year by its number, all years, and the thread of any record."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casa import year as reading
from casa.year import documents, report
from casa.year.commitments import flat
from core import clock
from core.records import registry, threads
from core.records.rows import rows
from core.text import content_language


@require_safe
def home(request):
    """The current year when it has anything, else the latest with anything recorded, with a sentence that says so."""
    now = clock.now()
    found = reading.years(request.user, now)
    number = reading.choose(found, reading.this_year(now))
    return _page(request, number, found, now, is_home=True)


@require_safe
def year_detail(request, year):
    """Any year of which there is something; the current one always."""
    now = clock.now()
    found = reading.years(request.user, now)
    if year not in found and year != reading.this_year(now):
        raise Http404
    return _page(request, year, found, now)


@require_safe
def year_report(request, year):
    """The year in one document to print: communiqué, commitments, who works on what, projects, elections, balance."""
    now = clock.now()
    values = {"report": _report(year, now), "now": now, "can_pdf": documents.can_pdf(), "section": "home"}
    return render(request, "casa/year_report.html", values)


@require_safe
def year_report_markdown(request, year):
    """The same as CommonMark, to be read, kept or worked on elsewhere."""
    now = clock.now()
    text = documents.as_markdown(_report(year, now), _report_address(year), now)
    return HttpResponse(text, content_type="text/markdown; charset=utf-8")


@require_safe
def year_report_pdf(request, year):
    """The same as a PDF; 404 with a sentence where the optional extra is not installed."""
    now = clock.now()
    found = _report(year, now)
    if not documents.can_pdf():
        raise Http404(_("This portal does not create PDFs. Print the page instead."))
    response = HttpResponse(documents.as_pdf(found, _report_address(year), now), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{year}-{content_language()}.pdf"'
    return response


def _report(year, now):
    found = reading.years(AnonymousUser(), now)
    if year not in found:
        raise Http404
    return report.read(year, found, now)


def _report_address(year):
    return settings.CASA_ORIGIN + reverse("year_report", args=[year])


def _page(request, number, found, now, is_home=False):
    year = reading.read(number, found, request.user, now)
    context = {"year": year, "arch": year.arch, "arch_now": year.arch_now, "is_home": is_home, "section": "home"}
    context["has_begun"] = number <= reading.this_year(now)
    return render(request, "casa/year.html", context)


@require_safe
def year_list(request):
    """Every year with something on record, newest first."""
    now = clock.now()
    found = reading.years(request.user, now)
    return render(request, "casa/year_list.html", {"years": sorted(found.items(), reverse=True), "section": "home"})


@require_safe
def thread(request, code):
    """Where a record comes from and what came of it: *Qué resultó de esto*."""
    now = clock.now()
    ahead = next(iter(threads.what_came_of([code], request.user, now)), None)
    if ahead is None:
        raise Http404
    back = threads.where_from(code, request.user, now)
    origins = flat(back) if back else []
    outcomes = flat(ahead)
    sources = threads.sources_of([code, *(node.row.code for node in [*origins, *outcomes])])
    context = {"row": ahead.row, "origins": origins, "outcomes": outcomes, "sources": sources, "section": "home"}
    return render(request, "casa/thread.html", context)


@require_safe
def permalink(request, code):
    """`/c/<code>/`, the address to cite: goes to the record's page in the reader's language."""
    if code not in rows([code], request.user, clock.now()):
        raise Http404
    with translation.override(getattr(request.user, "language", "") or translation.get_language()):
        return redirect(registry.address(code))
