"""Calendars over HTTP: who comes back and finds nothing new gets a 304."""

import hashlib

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag

CONTENT_TYPE = "text/calendar; charset=utf-8"


def answer(request, body, modified=None, filename="", public=True):
    """The bytes of a calendar with ETag and Last-Modified (`modified`: the newest `revised_at`, or None), or a 304.

    With a `filename` the browser saves it. Not `public`: no shared cache may keep it.
    """
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    response = HttpResponse(body, content_type=CONTENT_TYPE)
    response["ETag"] = etag
    if modified is not None:
        response["Last-Modified"] = http_date(modified.timestamp())
    if filename:
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
    patch_cache_control(
        response, **({"public": True, "max_age": 900} if public else {"private": True, "no_cache": True})
    )
    since = int(modified.timestamp()) if modified is not None else None
    return get_conditional_response(request, etag=etag, last_modified=since, response=response)
