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

from accounts.queries import calendar_owner
from casa import sitemap as pages
from casa.feeds import entries, news
from casa.i18n import HREFLANG
from core import clock
from core.icalendar import build
from core.icalendar.http import answer as calendar_answer
from organizations.models import Organization
from organizations.standing import standing_of
from spaces.models import Space

#: The calendar of everything that is one's own; the others are called by their organisation's address.
PERSONAL = "mine"


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
    return _calendar(request, *entries.everything(clock.now()), _("Internet technical community"))


@require_safe
def space_calendar(request, slug):
    """Editions and deadlines of one space."""
    space = Space.objects.visible_to(AnonymousUser(), clock.now()).filter(slug=slug).first()
    if space is None:
        raise Http404
    return _calendar(request, *entries.everything(clock.now(), space), str(space))


@require_safe
def my_calendar(request, token):
    """Somebody's own calendar, or that of an organisation of theirs, by its signed address: what they may see today.

    Withdrawn, mistyped and lost addresses look alike; so does an organisation in which they hold no role any more.
    """
    now = clock.now()
    owner, wanted = calendar_owner(token, now) or (None, "")
    if owner is None:
        raise Http404
    organization, name = None, _("My calendar")
    if wanted != PERSONAL:
        organizations = Organization.objects.filter(pk__in=standing_of(owner, now).organizations)
        organization = organizations.filter(slug=wanted).first()
        if organization is None:
            raise Http404
        name = organization.acronym
    return _calendar(request, *entries.personal(owner, now, organization), name, public=False)


def _calendar(request, found, changed_at, name, public=True):
    body = build.feed(found, name, HREFLANG[get_language()])
    return calendar_answer(request, body, changed_at, public=public)


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
