"""Pages that join several floors, and the plain answers to what cannot be answered."""

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import JsonResponse
from django.shortcuts import render


def health(request):
    """200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})


def home(request):
    return render(request, "casa/home.html")


def about(request):
    return render(request, "casa/about.html", {"section": "about"})


@login_required
def my_work(request):
    return render(request, "casa/my_work.html", {"section": "my_work"})


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def forbidden(request, exception=None):
    return render(request, "403.html", status=403)


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def server_error(request):
    return render(request, "500.html", status=500)
