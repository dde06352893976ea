"""Acts on a change to a submitted plan: begun with a reason, submitted again (plans.py), or discarded."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import journal
from core.errors import Incomplete, NotNow
from core.states import check_move
from priorities.models import PriorityPlan
from priorities.services.plans import add_drafts_of_priorities, lock_plan, save_changed
from priorities.services.questions import restore_answers
from priorities.states import PLAN_MOVES, PlanState


@transaction.atomic
def amend_plan(plan: PriorityPlan, *, reason: str, actor: User, now: datetime.datetime) -> PriorityPlan:
    """Begin to change a submitted plan, with a reason. The others go on reading what was submitted until it is
    submitted again.

    Raises NotNow when late, not submitted or already being changed; Incomplete without a reason.
    """
    plan = lock_plan(plan, now)
    check_move(PLAN_MOVES, plan.state, PlanState.SUBMITTED)
    if plan.state != PlanState.SUBMITTED:
        raise NotNow(_("This plan has not been submitted."))
    if plan.is_amending:
        raise NotNow(_("A change to this plan is already being prepared."))
    if not reason.strip():
        raise Incomplete(
            {"reason": _("Say in one sentence what changes and why; the member organisations will see it.")}
        )
    add_drafts_of_priorities(plan, now)
    plan.amend_reason = reason.strip()
    save_changed(plan, now, "amend_reason")
    journal.record(actor, "plan_amendment_begun", plan.code, now)
    return plan


@transaction.atomic
def discard_amendment(plan: PriorityPlan, *, actor: User, now: datetime.datetime) -> PriorityPlan:
    """Give up a change that was being prepared: what was submitted remains, the changed drafts are deleted.

    Raises NotNow when late or no change is being prepared.
    """
    plan = lock_plan(plan, now)
    if not plan.is_amending:
        raise NotNow(_("No change to this plan is being prepared."))
    if not plan.none_this_year:  # then the drafts are no copy of what was submitted: they exist nowhere else
        plan.drafts.all().delete()
        restore_answers(plan)
    plan.amend_reason = ""
    save_changed(plan, now, "amend_reason")
    journal.record(actor, "plan_amendment_discarded", plan.code, now)
    return plan
