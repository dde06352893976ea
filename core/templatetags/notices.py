"""What stands beside a text: which language is official, where a fact comes from, what came of it."""

from django import template
from django.utils.translation import get_language

from core import text

register = template.Library()


@register.inclusion_tag("_lang_note.html", takes_context=True)
def language_notice(context, row, names):
    """Says which language is official where a shown text is another; `names` are the fields shown, with spaces.

    Nothing where everything shown is the official text, or a reviewed translation of it on which nothing hangs.
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


def _address(context, language):
    """The same page in the official language, where the interface speaks it."""
    wanted = text.HTML_LANG[language]
    return next((link["url"] for link in context.get("language_links", ()) if link["code"] == wanted), "")


@register.filter
def without_scheme(address):
    """An address as people write it."""
    return address.split("://", 1)[-1].rstrip("/")


@register.filter
def below(node):
    """Everything that hangs below a node of a thread, each record once, oldest first."""
    found = {}
    for one in node.walk() if node else ():
        found.setdefault(one.code, one)
    return sorted(found.values(), key=lambda one: (one.row.date is None, str(one.row.date or ""), one.code))
