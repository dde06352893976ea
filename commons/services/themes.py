"""Acts on themes. A theme is offered from a day on and, once retired, until a day; what was written under it stays."""

import datetime
from collections.abc import Mapping
from itertools import chain, count

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from commons.models import Theme
from core import journal
from core.errors import Incomplete, NotNow
from core.locks import lock

#: Names by language; Spanish, the official one, is always there.
Names = Mapping[str, str]


@transaction.atomic
def add_theme(names: Names, *, offered_from: datetime.date, actor: User | None, now: datetime.datetime) -> Theme:
    """Offer a new theme from a day on. Journals `theme_added`. Raises Incomplete where the name is taken."""
    if Theme.objects.filter(name_es__iexact=names["es"]).exists():
        raise Incomplete({"name_es": _("There is already a theme with this name.")})
    position = (Theme.objects.aggregate(last=Max("position"))["last"] or 0) + 1
    theme = Theme(slug=_free_slug(names["es"]), position=position, offered_from=offered_from)
    _set_names(theme, names)
    theme.save()
    journal.record(actor, "theme_added", theme.slug[:40], now)
    return theme


@transaction.atomic
def rename_theme(theme: Theme, *, names: Names, actor: User | None, now: datetime.datetime) -> Theme:
    """Give a theme other names; its address stays. Journals `theme_renamed`. Raises Incomplete where one is taken."""
    theme = lock(theme)
    if Theme.objects.filter(name_es__iexact=names["es"]).exclude(pk=theme.pk).exists():
        raise Incomplete({"name_es": _("There is already a theme with this name.")})
    _set_names(theme, names)
    theme.save()
    journal.record(actor, "theme_renamed", theme.slug[:40], now)
    return theme


@transaction.atomic
def retire_theme(theme: Theme, *, last_day: datetime.date, actor: User | None, now: datetime.datetime) -> Theme:
    """Offer a theme no longer after a day; it stays on what was written before.

    Journals `theme_retired`. Raises NotNow where it is retired.
    """
    theme = lock(theme)
    if theme.retired_on is not None:
        raise NotNow(_("This theme is already retired."))
    theme.retired_on = last_day
    theme.save(update_fields=["retired_on"])
    journal.record(actor, "theme_retired", theme.slug[:40], now)
    return theme


@transaction.atomic
def offer_theme(theme: Theme, *, actor: User | None, now: datetime.datetime) -> Theme:
    """Offer a retired theme again. Journals `theme_offered`. Raises NotNow where it is offered."""
    theme = lock(theme)
    if theme.retired_on is None:
        raise NotNow(_("This theme is already offered."))
    theme.retired_on = None
    theme.save(update_fields=["retired_on"])
    journal.record(actor, "theme_offered", theme.slug[:40], now)
    return theme


def _free_slug(name: str) -> str:
    """An address for a theme that no other has."""
    base = slugify(name)[:50].strip("-") or "theme"
    taken = set(Theme.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in chain([base], (f"{base}-{n}" for n in count(2))) if slug not in taken)


def _set_names(theme: Theme, names: Names) -> None:
    """Write the names into a theme; translations count as reviewed by their writer."""
    for code, name in names.items():
        setattr(theme, f"name_{code}", name)
    for code, name in names.items():
        if name and code != theme.source_language:
            theme.mark_translation("name", code, reviewed=True)
