"""Acts on texts and actions."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from commons.models import ActionItem, ActionUpdate, Text, TextVersion
from commons.states import ACTION_MOVES, ActionState
from core import journal
from core.errors import Conflict, Incomplete
from core.records import services as records
from core.records.models import LinkKind
from core.states import move


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
        author=str(getattr(author, "journal_key", "") or ""), written_at=now,
    )  # fmt: skip


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
):
    """Note an action that an organisation undertook; `origin` is the code it comes from. Returns the ActionItem."""
    action = ActionItem(
        source_language=language, organization=organization, person=person, due_on=due_on,
        visibility=visibility, is_demo=is_demo, sources=list(sources),
    )  # fmt: skip
    setattr(action, f"title_{language}", title)
    records.create("ACT", year, action)
    key = str(getattr(actor, "journal_key", "") or "")
    if origin:
        records.link(origin, action.code, now, LinkKind.RESULT_OF, by=key)
    journal.record(actor, "action_recorded", action.code, now, organization=organization.acronym, origin=origin)
    return action


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
        author=str(getattr(actor, "journal_key", "") or ""),
    )
    records.touch(action.code)
    journal.record(actor, "action_updated", action.code, now, state=state)
    return update


def version_numbers(text):
    """{language: number of the newest version}, to be written into forms as what their writer saw."""
    found = text.versions.values("language").annotate(newest=Max("number"))
    return {row["language"]: row["newest"] for row in found}
