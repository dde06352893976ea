"""Words of records inside a Markdown document."""

import re

from django import template

register = template.Library()

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
HEADING = re.compile(r"^(#{1,5})(?=\s)", re.M)


@register.filter
def md_text(value):
    """Plain words that stay plain in Markdown, on one line: no link, table or heading can be smuggled in."""
    return SPECIAL.sub(r"\\\1", " ".join(str(value or "").split()))


@register.filter
def md_lowered(value):
    """A Markdown text inside a document whose parts are of the second level: its own headings begin at the third.

    Raw HTML in it stays words, as it does on the page."""
    return HEADING.sub(r"##\1", str(value or "")).replace("<", "&lt;")
