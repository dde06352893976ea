"""My work: what I owe, what waits for others, what closes soon."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render


@login_required
def my_work(request):
    return render(request, "casa/my_work.html", {"section": "my_work"})
