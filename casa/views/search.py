"""The search page: its question lives in the address, so that it can be kept and sent."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from casa import search as reading
from core import clock, query_params

LONGEST = 200


@require_safe
def search(request):
    choices = reading.kind_choices()
    kind = query_params.one_of(request.GET, "kind", [letters for letters, _word in choices])
    question = request.GET.get("q", "").strip()[:LONGEST]
    found = reading.find(question, request.user, clock.now(), kind.value)
    context = {"question": question, "kind": kind, "kinds": choices, "found": found, "section": "search"}
    return render(request, "casa/search.html", context)
