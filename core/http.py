"""Plain answers to bad requests: 400, 403, 404 and 409 in the reader's language, never a 500."""

from collections.abc import Callable
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.errors import CasaError, NotNow, PermissionDenied


class ErrorPagesMiddleware:
    """Turns a service's refusal that no view caught into a page, and null bytes in an address into a 400.

    PostgreSQL refuses NUL in text with an exception where SQLite stores it; neither should be reached.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if any("\x00" in value for value in request.COOKIES.values()):
            # A quoted cookie can carry one; a session of that name exists nowhere and would be looked for.
            request.COOKIES, request.session = {}, type(request.session)()
            return render(request, "400.html", status=400)
        if "\x00" in request.path_info or "\x00" in unquote(request.META.get("QUERY_STRING", "")):
            return render(request, "400.html", status=400)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, CasaError):
            return refusal(request, exception)
        return None


def refusal(request: HttpRequest, error: CasaError) -> HttpResponse:
    """The page of a CasaError, with its status."""
    context = {"reason": error.message, "who_may": getattr(error, "who_may", "")}
    template = (
        "403.html" if isinstance(error, PermissionDenied) else "409.html" if isinstance(error, NotNow) else "400.html"
    )
    return render(request, template, context, status=error.status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page that a form gets whose token is missing or old."""
    return render(request, "403_csrf.html", {"reason": _("The form had expired. Nothing was changed.")}, status=403)
