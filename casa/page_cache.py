"""Public pages cached for a minute for visitors, each with an ETag.

A page is cached under everything it may depend on: its address, the language, the styles it names, the minute (hours
announced to the minute are shown to the minute) and the mark of the journal, in which every act writes. So an act is on
the page of the next reader; what changes without a journal row (a vote cast, a record loaded by hand) at the latest a
minute later. Whoever carries a session or a message is never given a cached page, nor is their page cached.
"""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.templatetags.static import static
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import parse_http_date_safe
from django.utils.translation import get_language

from core import clock, journal

#: Route names. Only pages that many read, that carry no form and that are the same for every visitor.
PAGES = frozenset(
    {
        "home",
        "year",
        "year_list",
        "year_report",
        "thread",
        "about",
        "data",
        "meetings:meeting_list",
        "meetings:meeting_detail",
        "meetings:press",
        "organizations:organization_list",
        "organizations:organization_detail",
        "spaces:space_list",
        "spaces:space_detail",
        "committees:representation",
        "committees:committee_detail",
        "elections:election_list",
        "elections:election_detail",
        "elections:election_notice",
        "priorities:cycle_matrix",
        "priorities:project_detail",
        "meetings:decision_detail",
        "spaces:edition_detail",
        "calendar",
        "feed",
        "space_calendar",
    }
)
CACHED_FOR = 90
LARGEST = 512 * 1024


class PageCacheMiddleware:
    """Middleware; inside all those that write headers, so that a cached page gets them anew."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        key = getattr(request, "page_cache_key", None)
        if key is None or response.status_code != 200 or response.streaming or response.cookies:
            return response
        if request.META.get("CSRF_COOKIE_NEEDS_UPDATE") or len(response.content) > LARGEST:
            return response
        if "ETag" not in response:
            response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
            patch_cache_control(response, no_cache=True)
        cached = response.content, dict(response.headers)
        cache.set(key, cached, CACHED_FOR)
        return _answer(request, *cached)

    def process_view(self, request, view, args, kwargs):
        if not settings.CASA_PAGE_CACHE or not _is_anybody(request) or request.resolver_match.view_name not in PAGES:
            return None
        key = _key(request)
        cached = cache.get(key)
        if cached is None:
            request.page_cache_key = key
            return None
        return _answer(request, *cached)


def _is_anybody(request):
    """Nobody known, who asks for the page as it is: addresses with a question are endless, and would fill the cache."""
    known = {settings.SESSION_COOKIE_NAME, "messages"}
    return request.method in ("GET", "HEAD") and not request.META["QUERY_STRING"] and not known & request.COOKIES.keys()


def _key(request):
    """The key under which a page is cached; one query."""
    minute = clock.now().strftime("%Y-%m-%dT%H:%M")
    parts = [request.get_host(), request.path, get_language(), static("css/site.css"), minute, journal.mark()]
    return "page:" + hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()


def _answer(request, content, headers):
    """The page as it was made, or a 304 for whoever has it."""
    response = HttpResponse(content, headers=headers)
    patch_vary_headers(response, ("Cookie",))
    modified = parse_http_date_safe(headers.get("Last-Modified", ""))
    return get_conditional_response(request, etag=headers["ETag"], last_modified=modified, response=response)
