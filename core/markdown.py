"""Markdown to safe HTML: raw HTML is never parsed, and the result is cleaned all the same."""

import nh3
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "a", "blockquote", "code", "pre", "hr", "h3", "h4", "h5"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}

_parser = MarkdownIt("commonmark", {"html": False, "linkify": False})


def _lower_heading(tokens):
    """A text stands inside a page whose title is h1 and sections h2: its own heads begin at h3."""
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 2, 5)}"
    return tokens


def render(source):
    """HTML of a Markdown text; links open nothing new and carry rel=nofollow."""
    tokens = _lower_heading(_parser.parse(source or ""))
    html = _parser.renderer.render(tokens, _parser.options, {})
    clean = nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, link_rel="nofollow noopener", url_schemes={"http", "https", "mailto"}
    )
    return mark_safe(clean)
