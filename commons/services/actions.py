"""Acts on actions: what organisations undertook to do."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import revoke_links, use_link
from commons.models import ActionItem, ActionUpdate
from commons.queries import answers_for
from commons.states import ACTION_LINK, ACTION_MOVES, ActionState
from core import journal
from core.errors import Incomplete, NotNow
from core.locks import lock
from core.records import services as records
from core.records.models import Link, LinkKind
from core.states import move
from core.visibility import Visibility
from organizations.models import Organization, Person


@dataclass(frozen=True)
class ActionPlan:
    """Something an organisation undertakes: `title` in `language`, the day by which, and who may see it."""

    title: str
    language: str
    organization: Organization
    year: int
    due_on: datetime.date | None = None
    person: Person | None = None
    visibility: str = Visibility.COMMUNITY
    is_demo: bool = False
    sources: Sequence[dict[str, Any]] = ()


@transaction.atomic
def record_action(
    plan: ActionPlan,
    *,
    origin: str = "",
    held_back: bool = False,
    actor: User | None,
    now: datetime.datetime,
) -> ActionItem:
    """Record an action; `origin` is the code it comes from, `held_back` whether that is still to be published.

    Links it to its origin. Journals `action_recorded`.
    """
    action = ActionItem(
        source_language=plan.language,
        organization=plan.organization,
        person=plan.person,
        due_on=plan.due_on,
        visibility=plan.visibility,
        is_demo=plan.is_demo,
        sources=list(plan.sources),
        held_back=held_back,
    )
    setattr(action, f"title_{plan.language}", plan.title)
    records.create("ACT", plan.year, action)
    if origin:
        records.link(origin, action.code, now, LinkKind.RESULT_OF, by=journal.key(actor))
    journal.record(actor, "action_recorded", action.code, now, organization=plan.organization.acronym, origin=origin)
    return action


@transaction.atomic
def hold_back_actions(origins: Collection[str], *, held_back: bool) -> None:
    """Hide the actions that come from these codes from visitors, or let their own visibility decide again."""
    codes = Link.objects.filter(origin__in=origins, kind=LinkKind.RESULT_OF).values("outcome")
    changed = ActionItem.objects.filter(code__in=codes).exclude(held_back=held_back)
    for code in list(changed.values_list("code", flat=True)):
        ActionItem.objects.filter(code=code).update(held_back=held_back)
        records.touch(code)


@transaction.atomic
def update_action(
    action: ActionItem, *, state: str, words: str, evidence: str, actor: User | None, now: datetime.datetime
) -> ActionUpdate:
    """Report on an action: an ActionUpdate is appended and the action's state follows.

    Journals `action_updated`. Raises NotNow where the state does not follow, Incomplete where what is not continued has
    no reason.
    """
    action = lock(action)
    if state == ActionState.DROPPED and not words.strip():
        raise Incomplete({"words": _("Say why it is not continued.")})
    move(action, ActionState(state), ACTION_MOVES)
    action.save(update_fields=["state"])
    update = ActionUpdate.objects.create(
        action=action,
        at=now,
        state=action.state,
        words=words,
        evidence=evidence,
        author=journal.key(actor),
    )
    records.touch(action.code)
    journal.record(actor, "action_updated", action.code, now, state=state)
    return update


@transaction.atomic
def report_by_link(
    action: ActionItem, token: str, *, state: str, words: str, evidence: str, now: datetime.datetime
) -> ActionUpdate:
    """Report on an action through a personal link, which works once; others to the same address are revoked.

    Raises NotNow where the link cannot be used, or the person it was sent to no longer answers for the action.
    """
    link = use_link(token, ACTION_LINK, now)
    user = User.objects.filter(email__iexact=link.address, is_active=True).first()
    if link.code != action.code or user is None or not answers_for(action, user, now):
        raise NotNow(_("This link has been used or withdrawn, or has expired. Ask for a new one."))
    update = update_action(action, state=state, words=words, evidence=evidence, actor=user, now=now)
    revoke_links(ACTION_LINK, action.code, link.address, now)
    return update


@transaction.atomic
def hand_over_actions(
    organization: Organization, codes: Collection[str], *, giver: Person, receiver: Person
) -> list[ActionItem]:
    """Name another person on an organisation's unfinished actions. Returns those that changed."""
    # Several rows are locked, in the order of their codes, so that two who hand over the same do not wait for each other.
    rows = ActionItem.objects.select_for_update().filter(organization=organization, code__in=codes, person=giver)
    moved = list(rows.unfinished().order_by("code"))
    for row in moved:
        row.person = receiver
        row.save(update_fields=["person"])
        records.touch(row.code)
    return moved
