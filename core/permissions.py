"""Permissions: who may do what. Each app's `rules.py` is a table of them.

A permission is a predicate of django-rules plus the sentence that somebody reads who is refused.
"""

from typing import Any

import rules
from django.utils.functional import Promise
from rules.predicates import Predicate

from core.errors import PermissionDenied

_who: dict[str, str | Promise] = {}


def permission(name: str, predicate: Predicate, who: str | Promise) -> None:
    """Register the permission `app.verb_model`, with a translatable sentence naming who has it."""
    rules.add_perm(name, predicate)
    _who[name] = who


def who_may(name: str) -> str | Promise:
    """The sentence naming who has a permission; empty where it is unknown."""
    return _who.get(name, "")


def has_perm(user: Any, name: str, obj: Any = None) -> bool:
    """Whether a user has a permission on an object; the same question for views and templates."""
    return user.has_perm(name, obj)


def check_perm(user: Any, name: str, obj: Any = None) -> None:
    """Raise PermissionDenied, naming who may, unless the user has the permission."""
    if not has_perm(user, name, obj):
        raise PermissionDenied(who_may=who_may(name))


def all_permissions() -> dict[str, str | Promise]:
    """The sentence of every permission, by its name."""
    return dict(_who)
