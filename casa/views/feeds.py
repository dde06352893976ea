"""Calendars, news, the site's map: GET only, the same for everybody, 304 for who comes back and finds nothing new."""

import hashlib

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casa import sitemap as pages
from casa.feeds import entries, news
from casa.i18n import HREFLANG
from core import clock, icalendar
from core.icalendar.http import answer as calendar_answer
from spaces.models import Space


def answer(request, body, content_type, modified=None):
    """Bytes with ETag and Last-Modified, or a 304."""
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    response = HttpResponse(body, content_type=content_type)
    response["ETag"] = etag
    if modified is not None:
        response["Last-Modified"] = http_date(modified.timestamp())
    patch_cache_control(response, public=True, max_age=900)
    since = int(modified.timestamp()) if modified is not None else None
    return get_conditional_response(request, etag=etag, last_modified=since, response=response)


@require_safe
def calendar(request):
    """Public meetings, editions and deadlines."""
    found = entries.everything(clock.now())
    body = icalendar.feed(found, _("Internet technical community"), HREFLANG[get_language()])
    return calendar_answer(request, body, entries.newest(found))


@require_safe
def space_calendar(request, slug):
    """Editions and deadlines of one space."""
    space = Space.objects.visible_to(AnonymousUser(), clock.now()).filter(slug=slug).first()
    if space is None:
        raise Http404
    found = entries.everything(clock.now(), space)
    body = icalendar.feed(found, str(space), HREFLANG[get_language()])
    return calendar_answer(request, body, entries.newest(found))


@require_safe
def feed(request):
    """The news as Atom."""
    found = news.newest(clock.now())
    body = news.atom(found, HREFLANG[get_language()], request.path)
    return answer(request, body, "application/atom+xml; charset=utf-8", found[0].at if found else None)


@require_safe
def sitemap(request):
    """Every public page in every language, each naming the others."""
    body = pages.xml(clock.now())
    return answer(request, body, "application/xml; charset=utf-8")


@require_safe
def robots(request):
    """What is public may be indexed; a demonstration, which mixes made-up people with real organisations, may not."""
    response = render(
        request, "robots.txt", {"demo": settings.CASA_DEMO, "origin": settings.CASA_ORIGIN}, content_type="text/plain"
    )
    patch_cache_control(response, public=True, max_age=86_400)
    return response


@require_safe
def favicon(request):
    """Browsers ask for this address whatever the page says."""
    return redirect(static("img/favicon.svg"), permanent=False)
