"""Doors: who may open what. Each app's `rules.py` is a table of them.

A door is a rule of django-rules plus the sentence that a refused person reads.
"""

import rules

from core.errors import Refused

_who = {}


def door(name, predicate, who):
    """Add a rule `app.verb_model` with a sentence naming who may (translatable)."""
    rules.add_perm(name, predicate)
    _who[name] = who


def who_may(name):
    """The sentence naming who may; empty for an unknown rule."""
    return _who.get(name, "")


def may(user, name, thing=None):
    """Whether `user` may; the same question for views and templates."""
    return user.has_perm(name, thing)


def ask(user, name, thing=None):
    """Raise Refused, naming who may, unless `user` may."""
    if not may(user, name, thing):
        raise Refused(who_may=who_may(name))


def doors():
    """{rule name: sentence} of the whole house."""
    return dict(_who)
