"""My work: the first page of whoever signs in."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casa import work
from core import clock


@require_safe
@login_required
def my_work(request):
    """What I owe, what waits, what closes soon; and the coordination team's desk for who is of it."""
    now = clock.now()
    return render(request, "casa/my_work.html", {"section": "my_work", "work": work.read(request.user, now)})
