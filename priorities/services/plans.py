"""Acts on a plan: begin, submit, say there is none, withdraw, amend."""

import hashlib
import json

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock, journal
from core.dates import instant_words
from core.errors import Conflict, Incomplete, NotNow, PermissionDenied
from core.records import services as records
from core.records.models import LinkKind
from core.states import check_move, move
from organizations.standing import standing_of
from priorities import emails
from priorities.models import PlanningCycle, PlanRevision, Priority, PriorityDraft, PriorityPlan
from priorities.services.questions import begin_again, content_of_answers, file_answers, missing_answers
from priorities.states import PLAN_MOVES, CycleState, PlanState

#: Columns that a draft and a priority have alike.
DETAILS = (
    "visibility", "result", "indicator", "month_from", "month_until", "countries", "wants_partners", "theme_id",
    "continues_id",
)  # fmt: skip


def check_accepts(cycle, now):
    """Raise NotNow, saying why, unless the cycle accepts plans at `now`. Its closing is exclusive."""
    if cycle.accepts(now):
        return
    if cycle.state == CycleState.DRAFT or (cycle.state == CycleState.OPEN and now < cycle.opens_at):
        raise NotNow(_("It has not opened yet: plans can be written from %(when)s.") % {
            "when": instant_words(cycle.opens_at, cycle.zone)})  # fmt: skip
    if cycle.state == CycleState.OPEN:
        raise NotNow(
            _("It closed on %(when)s. What was submitted remains valid; the coordination team can extend the deadline.")
            % {"when": instant_words(cycle.last_minute, cycle.zone)}
        )
    raise NotNow(_("This year's plans are closed. What was submitted remains valid."))


def lock(plan, now):
    """The plan, locked after its cycle (always in this order, as publishing does), if the cycle accepts plans."""
    cycle = PlanningCycle.objects.select_for_update().get(pk=plan.cycle_id)
    plan = PriorityPlan.objects.select_for_update().get(pk=plan.pk)
    plan.cycle = cycle
    check_accepts(cycle, now)
    return plan


def taken_over(plan, actor, now):
    """A plan that the coordination team entered becomes its organisation's with the first act of its own people."""
    if plan.is_entered:
        standing = standing_of(actor, now)
        if plan.organization_id in standing.writes_for:
            plan.taken_over_at = now
            plan.save(update_fields=["taken_over_at"])
        elif not standing.is_coordination:
            raise PermissionDenied(
                _("Only the people who write for the organisation and the coordination team can write here.")
            )
    return plan


def changed(plan, now, *fields):
    """Save a plan whose words or order changed."""
    plan.version += 1
    plan.edited_at = now
    plan.save(update_fields=["version", "edited_at", *fields])


@transaction.atomic
def begin_plan(cycle, organization, *, actor, now):
    """The organisation's plan for a cycle, made on first need; asking twice gives the same one."""
    cycle = PlanningCycle.objects.select_for_update().get(pk=cycle.pk)
    plan = PriorityPlan.objects.filter(cycle=cycle, organization=organization).first()
    if plan is not None:
        return plan
    check_accepts(cycle, now)
    _check_member(organization, cycle, now)
    plan = records.create("PLA", cycle.year, PriorityPlan(cycle=cycle, organization=organization, edited_at=now))
    journal.record(actor, "plan_begun", plan.code, now, organization=organization.acronym)
    return plan


@transaction.atomic
def enter_plan(cycle, organization, *, entered_from, actor, now):
    """Begin a plan for an organisation that sent what it wants otherwise: a marked draft until its delegate confirms.

    Raises NotNow where the organisation has begun itself, Incomplete where it is not said from what.
    """
    if not entered_from.strip():
        raise Incomplete({"entered_from": _("Give the source and its date.")})
    plan = begin_plan(cycle, organization, actor=actor, now=now)
    plan = lock(plan, now)
    if plan.is_entered:
        return plan
    if plan.state != PlanState.DRAFT or plan.drafts.exists() or plan.revisions.exists():
        raise NotNow(_("This organisation has already begun to write its own plan."))
    plan.entered_from = entered_from.strip()
    changed(plan, now, "entered_from")
    journal.record(actor, "plan_entered", plan.code, now, organization=organization.acronym)
    return plan


@transaction.atomic
def offer_plan(plan, *, actor, now):
    """Tell the organisation's delegates that it is entered and waits for them. Returns how many mails are new."""
    plan = lock(plan, now)
    if not plan.is_entered:
        raise NotNow(_("The organisation has already taken it over."))
    if not plan.drafts.exists():
        raise NotNow(_("Nothing has been entered yet."))
    written = emails.plan_entered(plan, now)
    journal.record(actor, "plan_offered", plan.code, now)
    return written


def _check_member(organization, cycle, now):
    """An organisation that left keeps its people and its drafts; it files no more."""
    if organization.kind != "member" or not organization.is_in_on(clock.today(now, cycle.zone)):
        raise NotNow(_("Only member organisations present priorities."))


def missing_in(plan, drafts):
    """{label: sentences} of all that keeps a plan from being submitted; empty when it is ready."""
    if not drafts:
        return {_("Plan"): [_("Add at least one priority, or say that you present none this year.")]}
    missing = {}
    for number, draft in enumerate(drafts, 1):
        if words := draft.missing_words:
            label = f"{number}. {draft.title}" if draft.title else _("Priority %(number)s") % {"number": number}
            missing[label] = [_("missing: %(fields)s") % {"fields": ", ".join(str(word) for word in words)}]
    for question in missing_answers(plan):
        missing[question.text] = [_("This question must be answered.")]
    return missing


@transaction.atomic
def submit_plan(plan, *, actor, now, version=None):
    """Submit what is written: the drafts become the organisation's priorities, and an immutable revision is kept.

    `version` is the plan's number that the submitter had before their eyes. Raises NotNow when late or already
    submitted, Conflict when somebody changed it meanwhile, Incomplete naming all that is missing.
    Returns the PlanRevision.
    """
    plan = taken_over(lock(plan, now), actor, now)
    _check_member(plan.organization, plan.cycle, now)
    if not plan.is_being_written:
        raise NotNow(_("This plan has already been submitted."))
    if version is not None and version != plan.version:
        raise Conflict(
            plan, _("Somebody in your organisation changed the plan in the meantime. Check it, then send it again.")
        )
    drafts = list(plan.drafts.with_context())
    if missing := missing_in(plan, drafts):
        raise Incomplete(missing, ngettext(
            "One thing is still missing.", "%(n)s things are still missing.", len(missing)) % {"n": len(missing)}
        )  # fmt: skip
    kept = [_file(plan, draft, rank, actor, now) for rank, draft in enumerate(drafts, 1)]
    plan.priorities.exclude(pk__in=kept).filter(left_out_at=None).update(left_out_at=now)
    plan.drafts.all().delete()
    file_answers(plan)
    plan.none_this_year, plan.none_reason = False, ""
    return _filed(plan, plan.amend_reason, actor, now)


def _file(plan, draft, rank, actor, now):
    """Turn a draft into the priority it changes, or a new one; returns its id."""
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
def present_none(plan, *, reason, actor, now):
    """Submit that the organisation presents none this year: a full answer. Cards stay as drafts, unread by others."""
    plan = taken_over(lock(plan, now), actor, now)
    _check_member(plan.organization, plan.cycle, now)
    if not reason.strip():
        raise Incomplete({"reason": _("Give the reason in one sentence; the member organisations will see it.")})
    if plan.state == PlanState.SUBMITTED and plan.none_this_year and not plan.is_amending:
        raise NotNow(_("This plan has already been submitted."))
    if not plan.is_being_written:
        _drafts_of(plan, now)
    plan.priorities.filter(left_out_at=None).update(left_out_at=now)
    plan.none_this_year, plan.none_reason = True, reason.strip()
    return _filed(plan, plan.amend_reason, actor, now)


def _filed(plan, reason, actor, now):
    """What every submission ends with: state, revision, journal, mail."""
    move(plan, PlanState.SUBMITTED, PLAN_MOVES)
    plan.submitted_at, plan.amend_reason = now, ""
    changed(plan, now, "state", "submitted_at", "amend_reason", "none_this_year", "none_reason")
    records.touch(plan.code)
    content = content_of(plan)
    number = plan.revisions.count() + 1
    revision = PlanRevision.objects.create(
        plan=plan,
        number=number,
        at=now,
        by=journal.key(actor),
        reason=reason,
        content=content,
        digest=digest_of(content),
    )
    emails.plan_submitted(plan, revision, now)
    journal.record(actor, "plan_submitted", plan.code, now, revision=number, digest=revision.digest,
                   none=plan.none_this_year)  # fmt: skip
    return revision


def content_of(plan):
    """All that was submitted, as plain data: codes and slugs in place of database ids."""
    filed = plan.priorities.filed().with_context().select_related("continues").prefetch_related("spaces")
    answers = [] if plan.none_this_year else content_of_answers(plan)
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
                "code": row.code, "language": row.source_language, "title": row.source_text("title"),
                "why": row.source_text("why"), "action": row.source_text("action"), "theme": row.theme.slug,
                "visibility": row.visibility, "result": row.result, "indicator": row.indicator,
                "month_from": row.month_from, "month_until": row.month_until, "countries": sorted(row.countries),
                "spaces": sorted(space.slug for space in row.spaces.all()), "wants_partners": row.wants_partners,
                "continues": row.continues.code if row.continues else "",
            }
            for row in filed
        ],
    }  # fmt: skip


def digest_of(content):
    """SHA-256 (hex) of the canonical JSON: keys sorted, no spaces, UTF-8."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def withdraw_plan(plan, *, actor, now):
    """Take a submission back: nobody else reads it until it is submitted again. Its words become drafts."""
    plan = lock(plan, now)
    if not plan.is_amending:
        if plan.state != PlanState.SUBMITTED:
            raise NotNow(_("This plan has not been submitted."))
        _drafts_of(plan, now)
    move(plan, PlanState.DRAFT, PLAN_MOVES)
    plan.submitted_at, plan.amend_reason = None, ""
    plan.none_this_year, plan.none_reason = False, ""
    changed(plan, now, "state", "submitted_at", "amend_reason", "none_this_year", "none_reason")
    records.touch(plan.code)
    journal.record(actor, "plan_withdrawn", plan.code, now)
    return plan


@transaction.atomic
def amend_plan(plan, *, reason, actor, now):
    """Begin to change a submitted plan, with a reason. The others go on reading what was submitted until it is
    submitted again."""
    plan = lock(plan, now)
    check_move(PLAN_MOVES, plan.state, PlanState.SUBMITTED)
    if plan.state != PlanState.SUBMITTED:
        raise NotNow(_("This plan has not been submitted."))
    if plan.is_amending:
        raise NotNow(_("A change to this plan is already being prepared."))
    if not reason.strip():
        raise Incomplete(
            {"reason": _("Say in one sentence what changes and why; the member organisations will see it.")}
        )
    _drafts_of(plan, now)
    plan.amend_reason = reason.strip()
    changed(plan, now, "amend_reason")
    journal.record(actor, "plan_amendment_begun", plan.code, now)
    return plan


@transaction.atomic
def discard_amendment(plan, *, actor, now):
    """Give up a change that was being prepared: what was submitted stands, the changed cards are thrown away."""
    plan = lock(plan, now)
    if not plan.is_amending:
        raise NotNow(_("No change to this plan is being prepared."))
    if not plan.none_this_year:  # then the cards are no copy of what was submitted: they stand nowhere else
        plan.drafts.all().delete()
        begin_again(plan)
    plan.amend_reason = ""
    changed(plan, now, "amend_reason")
    journal.record(actor, "plan_amendment_discarded", plan.code, now)
    return plan


def _drafts_of(plan, now):
    """A draft for each submitted priority, after those that are already there."""
    rank = plan.drafts.count()
    has_one = plan.drafts.exclude(of=None).values("of")
    standing = plan.priorities.filter(left_out_at=None).exclude(pk__in=has_one)
    for priority in standing.prefetch_related("spaces").order_by("rank", "code"):
        rank += 1
        draft = PriorityDraft(
            plan=plan, of=priority, rank=rank, edited_at=now, language=priority.source_language,
            **{name: priority.source_text(name) for name in ("title", "why", "action")},
            **{name: getattr(priority, name) for name in DETAILS},
        )  # fmt: skip
        draft.save()
        draft.spaces.set(priority.spaces.all())
