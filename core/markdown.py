"""Markdown to safe HTML: raw HTML is never parsed, and the result is cleaned all the same."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "a", "blockquote", "code", "pre", "hr", "h3", "h4", "h5"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}

_parser = MarkdownIt("commonmark", {"html": False, "linkify": False})


def _lower_heading(tokens: list[Token]) -> list[Token]:
    """The tokens with headings from h3: a text is inside a page whose title is h1 and whose sections are h2."""
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 2, 5)}"
    return tokens


def render(source: str | None) -> SafeString:
    """HTML of a Markdown text; links open nothing new and carry rel=nofollow."""
    tokens = _lower_heading(_parser.parse(source or ""))
    html = _parser.renderer.render(tokens, _parser.options, {})
    clean = nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, link_rel="nofollow noopener", url_schemes={"http", "https", "mailto"}
    )
    return mark_safe(clean)
