"""What the elements of django-allauth's pages need: their attributes, and the variant of a button."""

from collections.abc import Collection, Mapping
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

register = template.Library()

#: Attributes that stand alone where they are true.
BOOLEANS = frozenset({"checked", "disabled", "readonly", "required"})
QUIET = frozenset({"cancel", "link", "outline", "secondary"})


@register.simple_tag
def attributes(given: Mapping[str, Any], names: str) -> SafeString:
    """The attributes of these names that the page gives, written out: `{% attributes attrs "id name required" %}`."""
    values = {name: given.get(name) for name in names.split()}
    return flatatt({name: name in BOOLEANS or str(value) for name, value in values.items() if value})


@register.filter
def button_look(tags: Collection[str] | None) -> str:
    """The class names of a button, by the tags the page gives it."""
    given = set(tags or ())
    kind = "danger" if "danger" in given else "quiet" if given & QUIET else ""
    return " ".join(["btn", *(f"btn--{look}" for look in (kind, "small" if "minor" in given else "") if look)])
