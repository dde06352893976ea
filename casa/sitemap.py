"""The map of what a visitor may read, for search engines; each page names its other languages."""

from xml.sax.saxutils import escape

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from casa import year
from casa.i18n import HREFLANG, in_language
from committees.models import Committee
from core.records.registry import kinds
from organizations.models import Organization
from spaces.models import Space

PAGES = (
    "home",
    "year_list",
    "about",
    "follow",
    "meetings:meeting_list",
    "spaces:space_list",
    "organizations:organization_list",
    "committees:representation",
)
BY_SLUG = (
    (Organization, "organizations:organization_detail"),
    (Space, "spaces:space_detail"),
    (Committee, "committees:committee_detail"),
)


def addresses(now):
    """Paths in the language of the moment, each once. One query a kind."""
    visitor = AnonymousUser()
    found = [reverse(name) for name in PAGES]
    found += [reverse("year", args=[number]) for number in sorted(year.years(visitor, now), reverse=True)]
    for model, name in BY_SLUG:
        slugs = model.objects.visible_to(visitor, now).order_by("slug").values_list("slug", flat=True)
        found += [reverse(name, args=[slug]) for slug in slugs]
    for kind in kinds().values():
        codes = kind.model().objects.visible_to(visitor, now).order_by("code").values_list("code", flat=True)
        found += [kind.address(code) for code in codes]
    return list(dict.fromkeys(found))


def xml(now):
    """The sitemap as bytes, by the protocol of sitemaps.org with hreflang alternates."""
    languages = [code for code, _name in settings.LANGUAGES]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for path in addresses(now):
        versions = {code: escape(settings.CASA_ORIGIN + in_language(path, code)) for code in languages}
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{HREFLANG[code]}" href="{href}"/>'
            for code, href in versions.items()
        )
        lines += [f"<url><loc>{href}</loc>{others}</url>" for href in versions.values()]
    return "\n".join([*lines, "</urlset>", ""]).encode()
