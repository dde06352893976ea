"""Addresses by language: /es/, /pt/, /en/.

Portuguese is `pt-br` inside (Django and allauth ship Brazilian words under that code; plain `pt` reads
European) and `/pt/` outside, which is what people type and what outlives a change of variant.
"""

from django.conf import settings
from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect
from django.middleware.locale import LocaleMiddleware
from django.urls import LocalePrefixPattern, URLResolver, is_valid_path
from django.utils import translation
from django.utils.cache import patch_vary_headers

ADDRESS_PREFIX = {"es": "es", "pt-br": "pt", "en": "en"}
HREFLANG = {"es": "es", "pt-br": "pt-BR", "en": "en"}


class LanguagePrefixPattern(LocalePrefixPattern):
    """A language prefix that says `pt/` while the active language is `pt-br`."""

    def __init__(self):
        super().__init__(prefix_default_language=True)

    @property
    def language_prefix(self):
        code = translation.get_language() or settings.LANGUAGE_CODE
        return f"{ADDRESS_PREFIX.get(code, settings.LANGUAGE_CODE)}/"


def language_addresses(*urls):
    """URL patterns below the reader's language; every language has its prefix, Spanish too."""
    return [URLResolver(LanguagePrefixPattern(), list(urls))]


def split_language(path):
    """`/pt/meetings/` gives `("pt", "meetings/")`; a path without a known prefix gives `(None, path)`."""
    first, _, rest = path.lstrip("/").partition("/")
    if first in ADDRESS_PREFIX.values():
        return first, rest
    return None, path.lstrip("/")


def in_language(path, code):
    """The same page's path in another interface language; a path without language stays as it is."""
    prefix, rest = split_language(path)
    return path if prefix is None else f"/{ADDRESS_PREFIX[code]}/{rest}"


class LanguageMiddleware(LocaleMiddleware):
    """Django's, except that the redirect of an address without language uses our prefixes."""

    def process_response(self, request, response):
        language = translation.get_language() or settings.LANGUAGE_CODE
        prefix, rest = split_language(request.path_info)
        if response.status_code == 404 and prefix is None:
            if rest == "pt-br" or rest.startswith("pt-br/"):
                return HttpResponsePermanentRedirect(f"/pt/{rest[6:]}")
            target = f"/{ADDRESS_PREFIX[language]}/{rest}"
            if is_valid_path(target) or is_valid_path(f"{target}/"):
                query = request.META.get("QUERY_STRING")
                redirect = HttpResponseRedirect(f"{target}?{query}" if query else target)
                patch_vary_headers(redirect, ("Accept-Language", "Cookie"))
                return redirect
        if prefix is None:
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", HREFLANG[language])
        return response
