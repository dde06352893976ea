"""What every page knows: its address in the other languages, and whether this portal shows demonstration data."""

from django.conf import settings
from django.utils.translation import get_language

from casa.i18n import HREFLANG, in_language, split_language

NATIVE_NAMES = {"es": "Español", "pt-br": "Português", "en": "English"}


def page(request):
    """Context processor; no query, no session."""
    path = request.path
    links = [
        {
            "code": HREFLANG[code],
            "name": NATIVE_NAMES[code],
            "url": in_language(path, code),
            "current": code == get_language(),
        }
        for code, _name in settings.LANGUAGES
    ]
    # Without a language the address answers in the reader's own.
    default = ("x-default", f"{settings.CASA_ORIGIN}/{split_language(path)[1]}")
    return {
        "origin": settings.CASA_ORIGIN,
        "language_links": links,
        "alternates": [*((link["code"], settings.CASA_ORIGIN + link["url"]) for link in links), default],
        "canonical": settings.CASA_ORIGIN + path,
        "demo": settings.CASA_DEMO,
    }
