"""Acts on the cards and answers of a plan that is being written. They write no journal: a draft is its owner's, and its mere
history would tell others about it."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from commons.models import Theme
from core import clock
from core.errors import Conflict, Incomplete, NotNow
from priorities.models import PlanAnswer, Priority, PriorityDraft
from priorities.services.plans import DETAILS, changed, lock, taken_over

#: What a card may carry; `spaces` beside these.
FIELDS = (
    "language", "title", "why", "action", "theme", "visibility", "result", "indicator", "month_from", "month_until",
    "countries", "wants_partners", "continues",
)  # fmt: skip
MOST_CARDS = 200


def _being_written(plan, actor, now):
    plan = lock(plan, now)
    if not plan.is_being_written:
        raise NotNow(_("This plan has been submitted. Withdraw it or prepare a change first."))
    return taken_over(plan, actor, now)


def _check(plan, values):
    """What a form has already said beside the field, once more where it matters."""
    first, last = values.get("month_from"), values.get("month_until")
    if first and last and first > last:
        raise Incomplete({"month_until": _("It ends before it begins.")})
    earlier = values.get("continues")
    if earlier and (earlier.plan.organization_id != plan.organization_id or earlier.plan.cycle.year >= plan.cycle.year):
        raise Incomplete({"continues": _("Choose a priority of your own organisation from an earlier year.")})


def _fill(draft, values, now):
    for name in FIELDS:
        if name in values:
            setattr(draft, name, values[name])
    draft.edited_at = now
    draft.save()
    if "spaces" in values:
        draft.spaces.set(values["spaces"])


@transaction.atomic
def add_draft(plan, *, actor, now, **values):
    """A new card at the end, with whatever is already known. Returns the PriorityDraft."""
    plan = _being_written(plan, actor, now)
    _check(plan, values)
    ranks = plan.drafts.aggregate(last=Max("rank"))
    if plan.drafts.count() >= MOST_CARDS:
        raise NotNow(_("A plan can have at most %(n)s priorities.") % {"n": MOST_CARDS})
    draft = PriorityDraft(plan=plan, rank=(ranks["last"] or 0) + 1)
    _fill(draft, values, now)
    changed(plan, now)
    return draft


@transaction.atomic
def write_draft(draft, *, version, actor, now, **values):
    """Write a card, however little is filled. `version` is the card's number that the writer had before their eyes;
    raises Conflict, carrying the card as it stands, where somebody else wrote meanwhile."""
    plan = _being_written(draft.plan, actor, now)
    draft = PriorityDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if draft is None:
        raise NotNow(_("This card was removed in the meantime."))
    if version != draft.version:
        raise Conflict(draft)
    _check(plan, values)
    draft.version += 1
    _fill(draft, values, now)
    changed(plan, now)
    return draft


@transaction.atomic
def move_draft(draft, *, up, actor, now):
    """One place up or down; at the end of the row nothing changes."""
    plan = _being_written(draft.plan, actor, now)
    order = list(plan.drafts.in_order())
    here = next((n for n, one in enumerate(order) if one.pk == draft.pk), None)
    if here is None:
        raise NotNow(_("This card was removed in the meantime."))
    there = here - 1 if up else here + 1
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
    for rank, one in enumerate(order, 1):
        one.rank = rank
    PriorityDraft.objects.bulk_update(order, ["rank"])
    changed(plan, now)


@transaction.atomic
def remove_draft(draft, *, actor, now):
    """Take a card out of the plan being written. What was submitted before stands until the next submission."""
    plan = _being_written(draft.plan, actor, now)
    if not plan.drafts.filter(pk=draft.pk).delete()[0]:
        raise NotNow(_("This card was removed in the meantime."))
    changed(plan, now)


@transaction.atomic
def continue_priority(plan, priority, *, actor, now):
    """A card that continues an earlier year's priority of the same organisation, in its words, without a theme where
    that was retired since. Asking twice gives the same card."""
    plan = _being_written(plan, actor, now)
    earlier = Priority.objects.filed().select_related("plan__cycle", "theme").get(pk=priority.pk)
    _check(plan, {"continues": earlier})
    if there := plan.drafts.filter(continues=earlier).first():
        return there
    values = {name: getattr(earlier, name) for name in DETAILS if name != "continues_id"}
    del values["theme_id"]
    today = clock.today(now, plan.cycle.zone)
    values["theme"] = Theme.objects.offered_on(today).filter(pk=earlier.theme_id).first()
    for name in ("title", "why", "action"):
        values[name] = earlier.source_text(name)
    values["language"] = earlier.source_language
    return add_draft(plan, actor=actor, now=now, continues=earlier, spaces=list(earlier.spaces.all()), **values)


@transaction.atomic
def write_answers(plan, answers, *, version, actor, now):
    """Write the answers to the year's further questions: {question number: text}, however little is filled.

    `version` is the plan's number that the writer had before their eyes; raises Conflict, carrying the plan as it
    stands, where somebody wrote in it meanwhile, and NotNow.
    """
    plan = _being_written(plan, actor, now)
    if version != plan.version:
        raise Conflict(
            plan, _("Somebody in your organisation changed the plan in the meantime. Check it, then send it again.")
        )
    for question in plan.cycle.questions.filter(number__in=answers):
        PlanAnswer.objects.update_or_create(
            plan=plan, question=question, defaults={"written": answers[question.number].strip()}
        )
    changed(plan, now)
    return plan


@transaction.atomic
def import_drafts(plan, cards, *, version, actor, now):
    """Add many cards at the end, all or none: `cards` are values as `add_draft` takes them. `version` is the plan's
    number that the writer had before their eyes. Returns how many; raises Conflict, NotNow, Incomplete."""
    plan = _being_written(plan, actor, now)
    if version != plan.version:
        raise Conflict(
            plan, _("Somebody in your organisation changed the plan in the meantime. Check it, then send it again.")
        )
    for values in cards:
        add_draft(plan, actor=actor, now=now, **values)
    return len(cards)
