"""Lists as CSV: what this reader may see, for a spreadsheet or a program."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casa.tables import TABLES, lines
from core import clock
from core.tables import csv_answer


@require_safe
def data(request):
    """What there is to download, and under which conditions."""
    return render(request, "casa/data.html", {"tables": TABLES.values(), "section": "about"})


@require_safe
def table(request, name):
    """One table; `?year=` cuts it to a year. Nonsense after the question mark gives the whole."""
    wanted = TABLES.get(name)
    if wanted is None:
        raise Http404
    given = request.GET.get("year", "")
    year = int(given) if given.isascii() and given.isdigit() and len(given) == 4 else None
    suffix = f"-{year}" if year and wanted.year else ""
    return csv_answer(f"casa-{name}{suffix}.csv", wanted.columns, lines(wanted, request.user, clock.now(), year))
