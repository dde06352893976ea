"""Acts on the drafts and answers of a plan that is being written.

They write no journal: a draft is its owner's, and its mere history would reveal something of it.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from commons.models import Theme
from core import clock
from core.errors import Conflict, Incomplete, NotNow
from core.locks import lock
from priorities.models import PlanAnswer, Priority, PriorityDraft, PriorityPlan
from priorities.services.plans import check_version, lock_for_writing, save_changed
from spaces.models import Space

MOST_DRAFTS = 200


class DraftValues(TypedDict, total=False):
    """What a draft can contain; what is left out is left as it is."""

    language: str
    title: str
    why: str
    action: str
    theme: Theme | None
    visibility: str
    result: str
    indicator: str
    month_from: int | None
    month_until: int | None
    countries: list[str]
    wants_partners: bool
    continues: Priority | None
    spaces: list[Space]


def _check(plan: PriorityPlan, values: Mapping[str, Any]) -> None:
    """Raise Incomplete for what a form has already refused beside the field, once more where it matters."""
    first, last = values.get("month_from"), values.get("month_until")
    if first and last and first > last:
        raise Incomplete({"month_until": _("It ends before it begins.")})
    earlier = values.get("continues")
    if earlier and (earlier.plan.organization_id != plan.organization_id or earlier.plan.cycle.year >= plan.cycle.year):
        raise Incomplete({"continues": _("Choose a priority of your own organisation from an earlier year.")})


def _fill(draft: PriorityDraft, values: Mapping[str, Any], now: datetime.datetime) -> None:
    for name, value in values.items():
        if name != "spaces":
            setattr(draft, name, value)
    draft.edited_at = now
    draft.save()
    if "spaces" in values:
        draft.spaces.set(values["spaces"])


@transaction.atomic
def add_draft(
    plan: PriorityPlan, *, actor: User, now: datetime.datetime, **values: Unpack[DraftValues]
) -> PriorityDraft:
    """Add a draft at the end of a plan, with whatever is already known.

    Raises NotNow, Incomplete, and PermissionDenied for whoever may not write in it.
    """
    plan = lock_for_writing(plan, actor, now)
    _check(plan, values)
    ranks = plan.drafts.aggregate(last=Max("rank"))
    if plan.drafts.count() >= MOST_DRAFTS:
        raise NotNow(_("A plan can have at most %(n)s priorities.") % {"n": MOST_DRAFTS})
    draft = PriorityDraft(plan=plan, rank=(ranks["last"] or 0) + 1)
    _fill(draft, values, now)
    save_changed(plan, now)
    return draft


@transaction.atomic
def write_draft(
    draft: PriorityDraft, *, version: int | None, actor: User, now: datetime.datetime, **values: Unpack[DraftValues]
) -> PriorityDraft:
    """Write a draft, however little is filled. `version` is the draft's number that the writer had before their eyes.

    Raises Conflict, carrying the draft as it is now, where somebody else wrote meanwhile; NotNow; Incomplete.
    """
    plan = lock_for_writing(draft.plan, actor, now)
    try:
        draft = lock(draft)
    except PriorityDraft.DoesNotExist as error:
        raise NotNow(_("This card was removed in the meantime.")) from error
    if version != draft.version:
        raise Conflict(draft)
    _check(plan, values)
    draft.version += 1
    _fill(draft, values, now)
    save_changed(plan, now)
    return draft


@transaction.atomic
def move_draft(draft: PriorityDraft, *, up: bool, actor: User, now: datetime.datetime) -> None:
    """Move a draft one place up or down; at either end nothing changes. Raises NotNow."""
    plan = lock_for_writing(draft.plan, actor, now)
    order = list(plan.drafts.in_order())
    if draft not in order:
        raise NotNow(_("This card was removed in the meantime."))
    place = order.index(draft)
    target = place - 1 if up else place + 1
    if 0 <= target < len(order):
        order[place], order[target] = order[target], order[place]
    for rank, row in enumerate(order, 1):
        row.rank = rank
    PriorityDraft.objects.bulk_update(order, ["rank"])
    save_changed(plan, now)


@transaction.atomic
def remove_draft(draft: PriorityDraft, *, actor: User, now: datetime.datetime) -> None:
    """Take a draft out of its plan. What was submitted before remains until the next submission. Raises NotNow."""
    plan = lock_for_writing(draft.plan, actor, now)
    if not plan.drafts.filter(pk=draft.pk).delete()[0]:
        raise NotNow(_("This card was removed in the meantime."))
    save_changed(plan, now)


@transaction.atomic
def continue_priority(plan: PriorityPlan, *, priority: Priority, actor: User, now: datetime.datetime) -> PriorityDraft:
    """Add a draft that continues an earlier year's priority of the same organisation, in its words.

    A theme that was retired since is left out.
    Returns the same draft where the priority is already continued. Raises NotNow, Incomplete.
    """
    plan = lock_for_writing(plan, actor, now)
    earlier = Priority.objects.filed().select_related("plan__cycle", "theme").get(pk=priority.pk)
    _check(plan, {"continues": earlier})
    if existing := plan.drafts.filter(continues=earlier).first():
        return existing
    offered = Theme.objects.offered_on(clock.today(now, plan.cycle.zone))
    return add_draft(
        plan,
        actor=actor,
        now=now,
        language=earlier.source_language,
        title=earlier.source_text("title"),
        why=earlier.source_text("why"),
        action=earlier.source_text("action"),
        theme=offered.filter(pk=earlier.theme_id).first(),
        visibility=earlier.visibility,
        result=earlier.result,
        indicator=earlier.indicator,
        month_from=earlier.month_from,
        month_until=earlier.month_until,
        countries=earlier.countries,
        wants_partners=earlier.wants_partners,
        continues=earlier,
        spaces=list(earlier.spaces.all()),
    )


@transaction.atomic
def write_answers(
    plan: PriorityPlan, *, answers: Mapping[int, str], version: int, actor: User, now: datetime.datetime
) -> PriorityPlan:
    """Write answers to the year's further questions, {question number: text}, however little is filled.

    `version` is the plan's number that the writer had before their eyes.
    Raises Conflict, carrying the plan as it is now, where somebody wrote in it meanwhile; NotNow.
    """
    plan = lock_for_writing(plan, actor, now)
    check_version(plan, version)
    for question in plan.cycle.questions.filter(number__in=answers):
        PlanAnswer.objects.update_or_create(
            plan=plan, question=question, defaults={"written": answers[question.number].strip()}
        )
    save_changed(plan, now)
    return plan


@transaction.atomic
def import_drafts(
    plan: PriorityPlan, *, drafts: Sequence[DraftValues], version: int, actor: User, now: datetime.datetime
) -> int:
    """Add many drafts at the end of a plan, all or none. `version` is the plan's number that the writer had before
    their eyes.

    Returns how many. Raises Conflict, NotNow, Incomplete.
    """
    plan = lock_for_writing(plan, actor, now)
    check_version(plan, version)
    for values in drafts:
        add_draft(plan, actor=actor, now=now, **values)
    return len(drafts)
