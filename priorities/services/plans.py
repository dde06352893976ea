"""Acts on a plan: begin it, enter it for an organisation, submit, withdraw. Amending is in amendments.py."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core import clock, journal
from core.errors import Conflict, Incomplete, NotNow, PermissionDenied
from core.locks import lock
from core.records import services as records
from core.records.models import LinkKind
from core.states import move
from organizations.models import Organization
from organizations.standing import standing_of
from organizations.states import OrganizationKind
from priorities import emails
from priorities.models import PlanningCycle, PlanRevision, Priority, PriorityDraft, PriorityPlan
from priorities.queries.plans import digest_of, missing_from, submitted_content
from priorities.services.cycles import check_accepts
from priorities.services.questions import submit_answers
from priorities.states import PLAN_MOVES, PlanState

#: Columns that a draft and a priority have alike.
DETAILS = (
    "visibility",
    "result",
    "indicator",
    "month_from",
    "month_until",
    "countries",
    "wants_partners",
    "theme_id",
    "continues_id",
)


def lock_plan(plan: PriorityPlan, now: datetime.datetime) -> PriorityPlan:
    """The plan, locked after its cycle (always in this order, as publishing does).

    Raises NotNow unless the cycle accepts plans.
    """
    cycle = lock(plan.cycle)
    plan = lock(plan)
    plan.cycle = cycle
    check_accepts(cycle, now)
    return plan


def lock_for_writing(plan: PriorityPlan, actor: User, now: datetime.datetime) -> PriorityPlan:
    """The plan, locked as `lock_plan` does, taken over where the actor is of its organisation.

    Raises NotNow unless its drafts may change, PermissionDenied for whoever may not write in it.
    """
    plan = lock_plan(plan, now)
    if not plan.is_being_written:
        raise NotNow(_("This plan has been submitted. Withdraw it or prepare a change first."))
    take_over(plan, actor, now)
    return plan


def take_over(plan: PriorityPlan, actor: User, now: datetime.datetime) -> None:
    """Make a plan that the coordination team entered its organisation's own, with the first act of its own people.

    Raises PermissionDenied for anybody else but the coordination team. The caller's transaction holds the plan.
    """
    if not plan.is_entered:
        return
    standing = standing_of(actor, now)
    if plan.organization_id in standing.writes_for:
        plan.taken_over_at = now
        plan.save(update_fields=["taken_over_at"])
    elif not standing.is_coordination:
        raise PermissionDenied(
            _("Only the people who write for the organisation and the coordination team can write here.")
        )


def check_version(plan: PriorityPlan, version: int) -> None:
    """Raise Conflict, carrying the plan, unless `version` is its number now."""
    if version != plan.version:
        raise Conflict(
            plan, _("Somebody in your organisation changed the plan in the meantime. Check it, then send it again.")
        )


def save_changed(plan: PriorityPlan, now: datetime.datetime, *fields: str) -> None:
    """Save these fields of a plan with a new version and hour of change. The caller's transaction holds the plan."""
    plan.version += 1
    plan.edited_at = now
    plan.save(update_fields=["version", "edited_at", *fields])


def check_member(organization: Organization, cycle: PlanningCycle, now: datetime.datetime) -> None:
    """Raise NotNow unless it is a member today: one that left keeps its people and its drafts, and submits no more."""
    if organization.kind != OrganizationKind.MEMBER or not organization.is_in_on(clock.today(now, cycle.zone)):
        raise NotNow(_("Only member organisations present priorities."))


@transaction.atomic
def begin_plan(
    cycle: PlanningCycle, *, organization: Organization, actor: User, now: datetime.datetime
) -> PriorityPlan:
    """Create an organisation's plan for a cycle; where there is one already, return that.

    Raises NotNow unless the cycle accepts plans and the organisation is a member.
    """
    cycle = lock(cycle)
    plan = PriorityPlan.objects.filter(cycle=cycle, organization=organization).first()
    if plan is not None:
        return plan
    check_accepts(cycle, now)
    check_member(organization, cycle, now)
    plan = records.create("PLA", cycle.year, PriorityPlan(cycle=cycle, organization=organization, edited_at=now))
    journal.record(actor, "plan_begun", plan.code, now, organization=organization.acronym)
    return plan


@transaction.atomic
def enter_plan(
    cycle: PlanningCycle, *, organization: Organization, entered_from: str, actor: User, now: datetime.datetime
) -> PriorityPlan:
    """Begin a plan for an organisation that sent it otherwise: a marked draft until its delegate confirms.

    Raises NotNow where the organisation has begun itself, Incomplete without a source.
    """
    if not entered_from.strip():
        raise Incomplete({"entered_from": _("Give the source and its date.")})
    plan = lock_plan(begin_plan(cycle, organization=organization, actor=actor, now=now), now)
    if plan.is_entered:
        return plan
    if plan.state != PlanState.DRAFT or plan.drafts.exists() or plan.revisions.exists():
        raise NotNow(_("This organisation has already begun to write its own plan."))
    plan.entered_from = entered_from.strip()
    save_changed(plan, now, "entered_from")
    journal.record(actor, "plan_entered", plan.code, now, organization=organization.acronym)
    return plan


@transaction.atomic
def offer_plan(plan: PriorityPlan, *, actor: User, now: datetime.datetime) -> int:
    """Write to the organisation's delegates that its plan is entered and waits for them.

    Returns how many mails are new. Raises NotNow where it was taken over or is empty.
    """
    plan = lock_plan(plan, now)
    if not plan.is_entered:
        raise NotNow(_("The organisation has already taken it over."))
    if not plan.drafts.exists():
        raise NotNow(_("Nothing has been entered yet."))
    written = emails.send_plan_entered(plan, now)
    journal.record(actor, "plan_offered", plan.code, now)
    return written


@transaction.atomic
def submit_plan(plan: PriorityPlan, *, actor: User, now: datetime.datetime, version: int | None = None) -> PlanRevision:
    """Submit what is written: the drafts become the organisation's priorities, and an immutable revision is stored.

    `version` is the plan's number that the submitter had before their eyes.
    Writes to those who speak for the organisation.
    Raises NotNow when late or already submitted, Conflict when somebody changed it meanwhile, Incomplete naming all
    that is missing.
    """
    plan = lock_plan(plan, now)
    take_over(plan, actor, now)
    check_member(plan.organization, plan.cycle, now)
    if not plan.is_being_written:
        raise NotNow(_("This plan has already been submitted."))
    if version is not None:
        check_version(plan, version)
    drafts = list(plan.drafts.with_context())
    if missing := missing_from(plan, drafts):
        count = len(missing)
        sentence = ngettext("One thing is still missing.", "%(n)s things are still missing.", count) % {"n": count}
        raise Incomplete(missing, sentence)
    submitted = [_submit_draft(plan, draft, rank, actor, now) for rank, draft in enumerate(drafts, 1)]
    plan.priorities.exclude(pk__in=submitted).filter(left_out_at=None).update(left_out_at=now)
    plan.drafts.all().delete()
    submit_answers(plan)
    plan.none_this_year, plan.none_reason = False, ""
    return _finish_submission(plan, actor, now)


def _submit_draft(plan: PriorityPlan, draft: PriorityDraft, rank: int, actor: User, now: datetime.datetime) -> int:
    """Write a draft into the priority it changes, or a new one; returns its id."""
    priority = draft.of or Priority(plan=plan, is_demo=plan.cycle.is_demo)
    before = priority.continues
    for name in DETAILS:
        setattr(priority, name, getattr(draft, name))
    for name in ("title", "why", "action"):
        if priority.source_language != draft.language:
            setattr(priority, f"{name}_{priority.source_language}", "")
        setattr(priority, f"{name}_{draft.language}", getattr(draft, name).strip())
    priority.source_language, priority.rank, priority.left_out_at = draft.language, rank, None
    if priority.pk:
        priority.save()
        records.touch(priority.code)
    else:
        records.create("PRI", plan.cycle.year, priority)
    priority.spaces.set(draft.spaces.all())
    if before and before.pk != priority.continues_id:
        records.unlink(before.code, priority.code)
    if draft.continues:
        records.link(draft.continues.code, priority.code, now, LinkKind.CONTINUES, by=journal.key(actor))
    return priority.pk


@transaction.atomic
def present_none(plan: PriorityPlan, *, reason: str, actor: User, now: datetime.datetime) -> PlanRevision:
    """Submit that the organisation presents none this year: a full answer. Its drafts stay, unread by others.

    Writes to those who speak for the organisation.
    Raises NotNow when late or already submitted so, Incomplete without a reason.
    """
    plan = lock_plan(plan, now)
    take_over(plan, actor, now)
    check_member(plan.organization, plan.cycle, now)
    if not reason.strip():
        raise Incomplete({"reason": _("Give the reason in one sentence; the member organisations will see it.")})
    if plan.state == PlanState.SUBMITTED and plan.none_this_year and not plan.is_amending:
        raise NotNow(_("This plan has already been submitted."))
    if not plan.is_being_written:
        add_drafts_of_priorities(plan, now)
    plan.priorities.filter(left_out_at=None).update(left_out_at=now)
    plan.none_this_year, plan.none_reason = True, reason.strip()
    return _finish_submission(plan, actor, now)


def _finish_submission(plan: PriorityPlan, actor: User, now: datetime.datetime) -> PlanRevision:
    """Store what every submission ends with: state, revision, journal, mail."""
    reason = plan.amend_reason
    move(plan, PlanState.SUBMITTED, PLAN_MOVES)
    plan.submitted_at, plan.amend_reason = now, ""
    save_changed(plan, now, "state", "submitted_at", "amend_reason", "none_this_year", "none_reason")
    records.touch(plan.code)
    content = submitted_content(plan)
    revision = PlanRevision.objects.create(
        plan=plan,
        number=plan.revisions.count() + 1,
        at=now,
        by=journal.key(actor),
        reason=reason,
        content=content,
        digest=digest_of(content),
    )
    emails.send_plan_submitted(plan, revision, now)
    journal.record(
        actor,
        "plan_submitted",
        plan.code,
        now,
        revision=revision.number,
        digest=revision.digest,
        none=plan.none_this_year,
    )
    return revision


@transaction.atomic
def withdraw_plan(plan: PriorityPlan, *, actor: User, now: datetime.datetime) -> PriorityPlan:
    """Take a submission back: nobody else reads it until it is submitted again. Its words become drafts.

    Raises NotNow when late or not submitted.
    """
    plan = lock_plan(plan, now)
    if not plan.is_amending:
        if plan.state != PlanState.SUBMITTED:
            raise NotNow(_("This plan has not been submitted."))
        add_drafts_of_priorities(plan, now)
    move(plan, PlanState.DRAFT, PLAN_MOVES)
    plan.submitted_at, plan.amend_reason = None, ""
    plan.none_this_year, plan.none_reason = False, ""
    save_changed(plan, now, "state", "submitted_at", "amend_reason", "none_this_year", "none_reason")
    records.touch(plan.code)
    journal.record(actor, "plan_withdrawn", plan.code, now)
    return plan


def add_drafts_of_priorities(plan: PriorityPlan, now: datetime.datetime) -> None:
    """Add a draft for each submitted priority that has none, after those that are already there. The caller's
    transaction holds the plan."""
    rank = plan.drafts.count()
    with_draft = plan.drafts.exclude(of=None).values("of")
    submitted = plan.priorities.filter(left_out_at=None).exclude(pk__in=with_draft)
    for priority in submitted.prefetch_related("spaces").order_by("rank", "code"):
        rank += 1
        draft = PriorityDraft(
            plan=plan,
            of=priority,
            rank=rank,
            edited_at=now,
            language=priority.source_language,
            **{name: priority.source_text(name) for name in ("title", "why", "action")},
            **{name: getattr(priority, name) for name in DETAILS},
        )
        draft.save()
        draft.spaces.set(priority.spaces.all())
