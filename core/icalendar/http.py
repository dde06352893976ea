"""Calendars over HTTP: a program that asks again while nothing is new gets a 304."""

import datetime
import hashlib

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag

CONTENT_TYPE = "text/calendar; charset=utf-8"


def answer(
    request: HttpRequest,
    body: bytes,
    modified: datetime.datetime | None = None,
    filename: str = "",
    public: bool = True,
) -> HttpResponseBase | None:
    """The bytes of a calendar with ETag and Last-Modified (`modified`: the newest `revised_at`, or None), or a 304.

    With a `filename` the browser saves it. Not `public`: no shared cache may store it.
    """
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    response = HttpResponse(body, content_type=CONTENT_TYPE)
    response["ETag"] = etag
    if modified is not None:
        response["Last-Modified"] = http_date(modified.timestamp())
    if filename:
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
    if public:
        patch_cache_control(response, public=True, max_age=900)
    else:
        patch_cache_control(response, private=True, no_cache=True)
    since = int(modified.timestamp()) if modified is not None else None
    return get_conditional_response(request, etag=etag, last_modified=since, response=response)
