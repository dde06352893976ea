"""A link that a page offers."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class Link:
    """An address and its words; `look` names the variants of a button (docs/look.md)."""

    address: str
    words: str | Promise
    look: str = ""


def link(route: str, *args: object, words: str | Promise, look: str = "") -> Link:
    """The Link to a page of elections."""
    return Link(reverse(f"elections:{route}", args=args), words, look)
