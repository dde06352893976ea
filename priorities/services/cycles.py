"""Acts of the coordination team on a cycle. Dates decide what is accepted; only these acts move its state."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import Incomplete, NotNow
from core.records import services as records
from core.states import move
from organizations.models import Organization
from organizations.standing.addressees import whom_to_ask
from priorities import emails
from priorities.models import CycleExtension, PlanningCycle, Priority
from priorities.services.questions import repeat_questions
from priorities.states import CYCLE_MOVES, CycleState, PlanState


def _locked(cycle):
    return PlanningCycle.objects.select_for_update().get(pk=cycle.pk)


def _name(cycle):
    return f"cycle-{cycle.year}"


def _check_dates(opens_at, closes_at):
    if closes_at <= opens_at:
        raise Incomplete({"closes": _("The closing time must be later than the opening time.")})


@transaction.atomic
def create_cycle(*, year, opens_at, closes_at, zone, actor, now, is_demo=False):
    """Prepare a year's cycle; nobody but the coordination team sees it until it is opened. `closes_at` is exclusive.
    It begins with the further questions of the year before.

    Raises Incomplete where the year already has one, or the dates are the wrong way round.
    """
    _check_dates(opens_at, closes_at)
    try:
        with transaction.atomic():
            cycle = PlanningCycle.objects.create(
                year=year, opens_at=opens_at, closes_at=closes_at, zone=zone, is_demo=is_demo
            )
    except IntegrityError as error:
        raise Incomplete({"year": _("There is already a cycle for this year.")}) from error
    repeat_questions(cycle)
    journal.record(actor, "cycle_created", _name(cycle), now, closes_at=closes_at.isoformat())
    return cycle


@transaction.atomic
def edit_cycle(cycle, *, opens_at, closes_at, zone, actor, now):
    """Change the dates of a cycle in preparation. Once it is open, the closing moves by extension only."""
    cycle = _locked(cycle)
    if cycle.state != CycleState.DRAFT:
        raise NotNow(_("The cycle is open: its deadline can only be extended."))
    _check_dates(opens_at, closes_at)
    cycle.opens_at, cycle.closes_at, cycle.zone = opens_at, closes_at, zone
    cycle.save(update_fields=["opens_at", "closes_at", "zone"])
    journal.record(actor, "cycle_edited", _name(cycle), now, closes_at=closes_at.isoformat())
    return cycle


@transaction.atomic
def open_cycle(cycle, *, actor, now):
    """Let the organisations in from its opening date on; those who speak for them are told."""
    cycle = _locked(cycle)
    move(cycle, CycleState.OPEN, CYCLE_MOVES)
    if cycle.closes_at <= now:
        raise NotNow(_("Its deadline has already passed. Change the dates first."))
    cycle.save(update_fields=["state"])
    emails.cycle_opened(cycle, members_of(cycle, now), now)
    journal.record(actor, "cycle_opened", _name(cycle), now)
    return cycle


@transaction.atomic
def extend_cycle(cycle, *, closes_at, reason, actor, now):
    """Move the closing to a later instant, with a reason; a consolidating cycle opens again. Returns the extension."""
    cycle = _locked(cycle)
    if cycle.state not in (CycleState.OPEN, CycleState.CONSOLIDATING):
        raise NotNow(_("Only an open cycle can be extended."))
    if not reason.strip():
        raise Incomplete({"reason": _("Give the reason: the organisations will see it.")})
    if closes_at <= cycle.closes_at:
        raise Incomplete({"closes": _("The new deadline must be later than the current one.")})
    if closes_at <= now:
        raise Incomplete({"closes": _("This moment has already passed.")})
    extension = CycleExtension.objects.create(
        cycle=cycle, old_closes_at=cycle.closes_at, new_closes_at=closes_at, reason=reason.strip(), at=now
    )
    cycle.closes_at = closes_at
    if cycle.state != CycleState.OPEN:
        move(cycle, CycleState.OPEN, CYCLE_MOVES)
    cycle.save(update_fields=["closes_at", "state"])
    emails.cycle_extended(cycle, extension, members_of(cycle, now), now)
    journal.record(
        actor, "cycle_extended", _name(cycle), now,
        old=extension.old_closes_at.isoformat(), new=closes_at.isoformat(),
    )  # fmt: skip
    return extension


def _moved(cycle, target, verb, actor, now):
    cycle = _locked(cycle)
    move(cycle, target, CYCLE_MOVES)
    cycle.save(update_fields=["state"])
    journal.record(actor, verb, _name(cycle), now)
    return cycle


@transaction.atomic
def consolidate_cycle(cycle, *, actor, now):
    """Stop accepting plans while they are read together. It can be opened again."""
    return _moved(cycle, CycleState.CONSOLIDATING, "cycle_consolidating", actor, now)


@transaction.atomic
def reopen_cycle(cycle, *, actor, now):
    """Accept plans again, as far as the dates allow."""
    return _moved(cycle, CycleState.OPEN, "cycle_reopened", actor, now)


@transaction.atomic
def publish_cycle(cycle, *, actor, now):
    """Close every submitted plan and let all read what its owner made public. Drafts stay with their owners, unread;
    an amendment that was not submitted lapses: what was submitted stands."""
    cycle = _locked(cycle)
    move(cycle, CycleState.PUBLISHED, CYCLE_MOVES)
    cycle.published_at = now
    cycle.save(update_fields=["state", "published_at"])
    plans = cycle.plans.select_for_update().filter(state=PlanState.SUBMITTED)
    codes = list(plans.values_list("code", flat=True))
    cycle.plans.filter(state=PlanState.SUBMITTED).update(state=PlanState.CLOSED, amend_reason="")
    for code in [*codes, *Priority.objects.filed().filter(plan__cycle=cycle).values_list("code", flat=True)]:
        records.touch(code)
    journal.record(actor, "cycle_published", _name(cycle), now, plans=codes)
    return cycle


@transaction.atomic
def assess_cycle(cycle, *, actor, now):
    """Begin to look back on the year."""
    return _moved(cycle, CycleState.ASSESSING, "cycle_assessing", actor, now)


@transaction.atomic
def close_cycle(cycle, *, actor, now):
    """The year is over; its record stays public."""
    return _moved(cycle, CycleState.CLOSED, "cycle_closed", actor, now)


def members_of(cycle, now):
    """The member organisations asked to file: those of today, or of the day it closed where that is past."""
    return list(Organization.objects.members_on(clock.today(min(now, cycle.closes_at), cycle.zone)))


def not_filed(cycle, now):
    """Member organisations that have not submitted, nor said that they present none. Two queries."""
    filed = set(cycle.plans.filed().values_list("organization_id", flat=True))
    return [organization for organization in members_of(cycle, now) if organization.pk not in filed]


@transaction.atomic
def remind_organizations(cycle, *, actor, now):
    """Write to those who have not filed: delegates, else the lead, else the coordination team. Once a day and address,
    however often it is asked. Returns how many mails are new."""
    cycle = _locked(cycle)
    if not cycle.accepts(now):
        raise NotNow(_("The cycle is not accepting plans now, so there is nothing to send a reminder about."))
    late = not_filed(cycle, now)
    today = clock.today(now, cycle.zone)
    written = emails.remind(cycle, late, whom_to_ask(late, today), today, now)
    names = [organization.acronym for organization in late]
    journal.record(actor, "organizations_reminded", _name(cycle), now, organizations=names, written=written)
    return written
