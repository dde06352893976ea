"""Acts on texts and actions."""

from itertools import chain, count

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import revoke_links, use_link
from commons.models import ActionItem, ActionUpdate, SignOff, Text, TextVersion, Theme
from commons.states import ACTION_LINK, ACTION_MOVES, ActionState, SignStand
from core import journal
from core.errors import Conflict, Incomplete, NotNow
from core.records import services as records
from core.records.models import Link, LinkKind
from core.states import move
from organizations.standing import standing_of


@transaction.atomic
def write_version(text, language, body, author, now, base_number=None, reviewer=""):
    """Add a version of a text. `base_number` is the number the writer had before their eyes (0: none).

    Raises Conflict, carrying the newer version, where somebody wrote meanwhile. The same words twice add nothing.
    """
    text = Text.objects.select_for_update().get(pk=text.pk)
    newest = text.versions.filter(language=language).order_by("-number").first()
    number = newest.number if newest else 0
    if base_number is not None and base_number != number:
        raise Conflict(newest)
    source = None
    if language != text.authoritative_language:
        source = text.versions.filter(language=text.authoritative_language).order_by("-number").first()
    if newest and (newest.body, newest.made_from, newest.reviewer) == (body, source, reviewer):
        return newest
    return TextVersion.objects.create(
        text=text, language=language, number=number + 1, body=body, made_from=source, reviewer=reviewer,
        author=journal.key(author), written_at=now,
    )  # fmt: skip


@transaction.atomic
def sign_off(text, number, organization, stand, words="", *, aloud=False, actor, now):
    """Answer, for an organisation, whether the official version `number` of a text goes out in its name.

    It may be said otherwise for as long as the caller accepts it. Raises Conflict, carrying the newest version, where
    the text is another by now, and Incomplete for a reserve without words. Returns the SignOff.
    """
    text = Text.objects.select_for_update().get(pk=text.pk)
    official = text.official()
    if official is None or official.number != number:
        raise Conflict(official, _("The text has changed in the meantime. Read it as it is now, then answer."))
    if stand not in SignStand.values:
        raise Incomplete({"stand": _("Choose an answer.")})
    if stand == SignStand.RESERVE and not words.strip():
        raise Incomplete({"words": _("Write the reservation; it appears next to the signature.")})
    said, _made = SignOff.objects.update_or_create(
        version=official, organization=organization,
        defaults={
            "stand": SignStand(stand), "words": words.strip() if stand == SignStand.RESERVE else "", "aloud": aloud,
            "author": journal.key(actor), "signed_at": now,
        },
    )  # fmt: skip
    return said


@transaction.atomic
def record_action(
    *,
    title,
    language,
    organization,
    year,
    actor,
    now,
    due_on=None,
    person=None,
    visibility,
    origin="",
    is_demo=False,
    sources=(),
    held_back=False,
):
    """Note an action that an organisation undertook; `origin` is the code it comes from, and `held_back` whether
    that is still to be published. Returns the ActionItem."""
    action = ActionItem(
        source_language=language, organization=organization, person=person, due_on=due_on,
        visibility=visibility, is_demo=is_demo, sources=list(sources), held_back=held_back,
    )  # fmt: skip
    setattr(action, f"title_{language}", title)
    records.create("ACT", year, action)
    if origin:
        records.link(origin, action.code, now, LinkKind.RESULT_OF, by=journal.key(actor))
    journal.record(actor, "action_recorded", action.code, now, organization=organization.acronym, origin=origin)
    return action


@transaction.atomic
def hold_back_actions(origins, held_back):
    """Keep the actions that come from these codes from visitors, or let their own wish decide again."""
    codes = Link.objects.filter(origin__in=origins, kind=LinkKind.RESULT_OF).values("outcome")
    changed = ActionItem.objects.filter(code__in=codes).exclude(held_back=held_back)
    for code in list(changed.values_list("code", flat=True)):
        ActionItem.objects.filter(code=code).update(held_back=held_back)
        records.touch(code)


@transaction.atomic
def update_action(action, *, state, words, evidence, actor, now):
    """Report on an action: a row is appended and the action's state follows. Not continuing needs a reason."""
    action = ActionItem.objects.select_for_update().get(pk=action.pk)
    state = ActionState(state)
    if state == ActionState.DROPPED and not words.strip():
        raise Incomplete({"words": _("Say why it is not continued.")})
    move(action, state, ACTION_MOVES)
    action.save(update_fields=["state"])
    update = ActionUpdate.objects.create(
        action=action,
        at=now,
        state=state,
        words=words,
        evidence=evidence,
        author=journal.key(actor),
    )
    records.touch(action.code)
    journal.record(actor, "action_updated", action.code, now, state=state)
    return update


@transaction.atomic
def report_by_link(action, token, *, state, words, evidence, now):
    """Report on an action through a personal link, once; whoever it was sent to must still answer for the action."""
    link = use_link(token, ACTION_LINK, now)
    user = User.objects.filter(email__iexact=link.address, is_active=True).first()
    if link.code != action.code or user is None or not answers_for(action, user, now):
        raise NotNow(_("This link has been used or withdrawn, or has expired. Ask for a new one."))
    update = update_action(action, state=state, words=words, evidence=evidence, actor=user, now=now)
    revoke_links(ACTION_LINK, action.code, link.address, now)
    return update


def answers_for(action, user, now):
    """Whether somebody is the action's person, while of its organisation, or may write for that."""
    standing = standing_of(user, now)
    is_person = action.person_id is not None and action.person.user_id == user.pk
    return action.organization_id in (standing.organizations if is_person else standing.writes_for)


def _free_slug(name):
    """An address for a theme that no other has."""
    base = slugify(name)[:50].strip("-") or "theme"
    taken = set(Theme.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in chain([base], (f"{base}-{n}" for n in count(2))) if slug not in taken)


def _name(theme, names):
    """Write the names of a theme, the official one in its own language; whoever writes them answers for all."""
    for code, name in names.items():
        setattr(theme, f"name_{code}", name)
    for code, name in names.items():
        if name and code != theme.source_language:
            theme.mark_translation("name", code, reviewed=True)


@transaction.atomic
def add_theme(*, names, actor, now, today):
    """Offer a new theme from today on. `names` is {language: name}, Spanish at least. Returns the Theme."""
    if Theme.objects.filter(name_es__iexact=names["es"]).exists():
        raise Incomplete({"name_es": _("There is already a theme with this name.")})
    position = (Theme.objects.aggregate(last=Max("position"))["last"] or 0) + 1
    theme = Theme(slug=_free_slug(names["es"]), position=position, offered_from=today)
    _name(theme, names)
    theme.save()
    journal.record(actor, "theme_added", theme.slug[:40], now)
    return theme


@transaction.atomic
def rename_theme(theme, *, names, actor, now):
    """Give a theme other names; its address stays."""
    theme = Theme.objects.select_for_update().get(pk=theme.pk)
    if Theme.objects.filter(name_es__iexact=names["es"]).exclude(pk=theme.pk).exists():
        raise Incomplete({"name_es": _("There is already a theme with this name.")})
    _name(theme, names)
    theme.save()
    journal.record(actor, "theme_renamed", theme.slug[:40], now)
    return theme


@transaction.atomic
def retire_theme(theme, last_day, actor, now):
    """Offer a theme no longer after a day; it stays on what was written before."""
    theme = Theme.objects.select_for_update().get(pk=theme.pk)
    if theme.retired_on is not None:
        raise NotNow(_("This theme is already retired."))
    theme.retired_on = last_day
    theme.save(update_fields=["retired_on"])
    journal.record(actor, "theme_retired", theme.slug[:40], now)
    return theme


@transaction.atomic
def offer_theme(theme, actor, now):
    """Offer a retired theme again."""
    theme = Theme.objects.select_for_update().get(pk=theme.pk)
    if theme.retired_on is None:
        raise NotNow(_("This theme is already offered."))
    theme.retired_on = None
    theme.save(update_fields=["retired_on"])
    journal.record(actor, "theme_offered", theme.slug[:40], now)
    return theme


def version_numbers(text):
    """{language: number of the newest version}, to be written into forms as what their writer saw."""
    found = text.versions.values("language").annotate(newest=Max("number"))
    return {row["language"]: row["newest"] for row in found}


def hand_over_actions(organization, codes, giver, receiver):
    """Name another person on unfinished actions of an organisation, in the caller's transaction. Returns those moved."""
    rows = ActionItem.objects.select_for_update().filter(organization=organization, code__in=codes, person=giver)
    moved = list(rows.unfinished().order_by("code"))
    for row in moved:
        row.person = receiver
        row.save(update_fields=["person"])
        records.touch(row.code)
    return moved
