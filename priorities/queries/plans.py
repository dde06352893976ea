"""Whose plans somebody reads first, what a plan still needs before it can be submitted, and what a submission contains."""

import datetime
import hashlib
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from accounts.models import User
from organizations.models import Organization
from organizations.standing import standing_of
from priorities.models import PlanningCycle, PriorityDraft, PriorityPlan
from priorities.queries.questions import submitted_answers, unanswered_questions


class OwnPlan(NamedTuple):
    """A member organisation to which somebody belongs, its plan if there is one, and whether they write for it."""

    organization: Organization
    plan: PriorityPlan | None
    writes: bool


def own_plans(cycle: PlanningCycle, user: User | AnonymousUser, now: datetime.datetime) -> list[OwnPlan]:
    """The plans of a cycle of all member organisations to which somebody belongs, in order. Two queries."""
    standing = standing_of(user, now)
    plans = {plan.organization_id: plan for plan in cycle.plans.all()}
    return [
        OwnPlan(organization, plans.get(organization.pk), organization.pk in standing.writes_for)
        for organization in Organization.objects.filter(pk__in=standing.member_of).in_order()
    ]


def missing_from(plan: PriorityPlan, drafts: Sequence[PriorityDraft]) -> dict[str, list[str]]:
    """{label: sentences} of all that keeps a plan from being submitted; empty when it is ready."""
    if not drafts:
        return {_("Plan"): [_("Add at least one priority, or say that you present none this year.")]}
    missing = {}
    for number, draft in enumerate(drafts, 1):
        if labels := draft.missing_labels:
            heading = f"{number}. {draft.title}" if draft.title else _("Priority %(number)s") % {"number": number}
            missing[heading] = [_("missing: %(fields)s") % {"fields": ", ".join(str(label) for label in labels)}]
    for question in unanswered_questions(plan):
        missing[question.text] = [_("This question must be answered.")]
    return missing


def submitted_content(plan: PriorityPlan) -> dict[str, Any]:
    """All that was submitted, as plain data: codes and slugs in place of database ids."""
    priorities = plan.priorities.filed().with_context().select_related("continues").prefetch_related("spaces")
    answers = [] if plan.none_this_year else submitted_answers(plan)
    return {
        "plan": plan.code,
        "organization": plan.organization.acronym,
        "year": plan.cycle.year,
        "none_this_year": plan.none_this_year,
        "none_reason": plan.none_reason,
        **({"entered_from": plan.entered_from} if plan.entered_from else {}),
        **({"answers": answers} if answers else {}),
        "priorities": [
            {
                "code": row.code,
                "language": row.source_language,
                "title": row.source_text("title"),
                "why": row.source_text("why"),
                "action": row.source_text("action"),
                "theme": row.theme.slug,
                "visibility": row.visibility,
                "result": row.result,
                "indicator": row.indicator,
                "month_from": row.month_from,
                "month_until": row.month_until,
                "countries": sorted(row.countries),
                "spaces": sorted(space.slug for space in row.spaces.all()),
                "wants_partners": row.wants_partners,
                "continues": row.continues.code if row.continues else "",
            }
            for row in priorities
        ],
    }


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 (hex) of the canonical JSON: keys sorted, no spaces, UTF-8."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
