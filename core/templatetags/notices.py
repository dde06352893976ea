"""What is shown beside a text: which language is official, where a fact comes from, what came of it."""

from typing import Any

from django import template
from django.template import Context
from django.utils.translation import get_language

from core import text
from core.records.threads import Node

register = template.Library()


@register.inclusion_tag("_lang_note.html", takes_context=True)
def language_notice(context: Context, row: Any, names: str) -> dict[str, Any]:
    """Which language is official where a shown text is in another; `names` are the fields shown, with spaces between.

    Nothing is said where everything shown is the official text, or a reviewed translation of it.
    """
    wanted = text.content_language(get_language())
    official = row.source_language
    shown = [name for name in names.split() if row.source_text(name)]
    if wanted == official or not shown:
        return {"silent": True}
    statuses = {name: row.translation_status(name, wanted) for name in shown}
    kinds = set(statuses.values())
    return {
        "official": official,
        "missing": text.TextStatus.MISSING in kinds,
        "translated": kinds != {text.TextStatus.MISSING},
        "stale": text.TextStatus.STALE in kinds,
        "unreviewed": text.TextStatus.UNREVIEWED in kinds,
        "address": _address(context, official),
    }


def _address(context: Context, language: str) -> str:
    """The same page in the official language, where the interface speaks it."""
    wanted = text.HTML_LANG[language]
    links = context.get("language_links") or ()
    return next((link["url"] for link in links if link["code"] == wanted), "")


@register.filter
def without_scheme(address: str) -> str:
    """An address as people write it."""
    return address.split("://", 1)[-1].rstrip("/")


@register.filter
def below(node: Node | None) -> list[Node]:
    """Everything below a node of a thread, each record once, oldest first."""
    found: dict[str, Node] = {}
    for child in node.walk() if node else ():
        found.setdefault(child.code, child)
    return sorted(found.values(), key=lambda child: (child.row.date is None, str(child.row.date or ""), child.code))
