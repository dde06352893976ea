"""Acts of the coordination team on a cycle. Dates decide what is accepted; only these acts move its state."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import journal
from core.errors import Incomplete, NotNow
from core.locks import lock
from core.records import services as records
from core.states import move
from priorities import emails
from priorities.models import CycleExtension, PlanningCycle, Priority
from priorities.queries.cycles import invited_organizations, why_closed
from priorities.queries.recipients import progress_recipients, reminder_recipients
from priorities.services.questions import copy_questions
from priorities.states import CYCLE_MOVES, PUBLISHED_STATES, CycleState, PlanState


def check_accepts(cycle: PlanningCycle, now: datetime.datetime) -> None:
    """Raise NotNow, saying why, unless the cycle accepts plans at `now`. Its closing is exclusive."""
    if sentence := why_closed(cycle, now):
        raise NotNow(sentence)


def _check_dates(opens_at: datetime.datetime, closes_at: datetime.datetime) -> None:
    if closes_at <= opens_at:
        raise Incomplete({"closes": _("The closing time must be later than the opening time.")})


@transaction.atomic
def create_cycle(
    *,
    year: int,
    opens_at: datetime.datetime,
    closes_at: datetime.datetime,
    zone: str,
    actor: User,
    now: datetime.datetime,
    is_demo: bool = False,
) -> PlanningCycle:
    """Prepare a year's cycle, which nobody but the coordination team sees until it is opened. `closes_at` is exclusive.

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
    copy_questions(cycle)
    journal.record(actor, "cycle_created", cycle.journal_code, now, closes_at=closes_at.isoformat())
    return cycle


@transaction.atomic
def edit_cycle(
    cycle: PlanningCycle,
    *,
    opens_at: datetime.datetime,
    closes_at: datetime.datetime,
    zone: str,
    actor: User,
    now: datetime.datetime,
) -> PlanningCycle:
    """Change the dates of a cycle in preparation. Once it is open, the closing moves by extension only.

    Raises NotNow once it is open, Incomplete where the dates are the wrong way round.
    """
    cycle = lock(cycle)
    if cycle.state != CycleState.DRAFT:
        raise NotNow(_("The cycle is open: its deadline can only be extended."))
    _check_dates(opens_at, closes_at)
    cycle.opens_at, cycle.closes_at, cycle.zone = opens_at, closes_at, zone
    cycle.save(update_fields=["opens_at", "closes_at", "zone"])
    journal.record(actor, "cycle_edited", cycle.journal_code, now, closes_at=closes_at.isoformat())
    return cycle


@transaction.atomic
def open_cycle(cycle: PlanningCycle, *, actor: User, now: datetime.datetime) -> PlanningCycle:
    """Let the organisations write their plans from the opening date on.

    Writes to those who speak for a member organisation.
    Raises NotNow where the deadline has passed.
    """
    cycle = lock(cycle)
    move(cycle, CycleState.OPEN, CYCLE_MOVES)
    if cycle.closes_at <= now:
        raise NotNow(_("Its deadline has already passed. Change the dates first."))
    cycle.save(update_fields=["state"])
    emails.send_cycle_opened(cycle, invited_organizations(cycle, now), now)
    journal.record(actor, "cycle_opened", cycle.journal_code, now)
    return cycle


@transaction.atomic
def extend_cycle(
    cycle: PlanningCycle, *, closes_at: datetime.datetime, reason: str, actor: User, now: datetime.datetime
) -> CycleExtension:
    """Move the closing to a later instant, with a reason; a consolidating cycle opens again.

    Writes to those who speak for a member organisation.
    Raises NotNow unless it is open or consolidating, Incomplete for a missing reason or an earlier closing.
    """
    cycle = lock(cycle)
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
    emails.send_cycle_extended(cycle, extension, invited_organizations(cycle, now), now)
    journal.record(
        actor,
        "cycle_extended",
        cycle.journal_code,
        now,
        old=extension.old_closes_at.isoformat(),
        new=closes_at.isoformat(),
    )
    return extension


def _move_cycle(
    cycle: PlanningCycle, target: CycleState, verb: str, actor: User, now: datetime.datetime
) -> PlanningCycle:
    cycle = lock(cycle)
    move(cycle, target, CYCLE_MOVES)
    cycle.save(update_fields=["state"])
    journal.record(actor, verb, cycle.journal_code, now)
    return cycle


@transaction.atomic
def consolidate_cycle(cycle: PlanningCycle, *, actor: User, now: datetime.datetime) -> PlanningCycle:
    """Stop accepting plans while they are read together. It can be opened again."""
    return _move_cycle(cycle, CycleState.CONSOLIDATING, "cycle_consolidating", actor, now)


@transaction.atomic
def reopen_cycle(cycle: PlanningCycle, *, actor: User, now: datetime.datetime) -> PlanningCycle:
    """Accept plans again, as far as the dates allow."""
    return _move_cycle(cycle, CycleState.OPEN, "cycle_reopened", actor, now)


@transaction.atomic
def publish_cycle(cycle: PlanningCycle, *, actor: User, now: datetime.datetime) -> PlanningCycle:
    """Close every submitted plan and let everybody read what its owner made public.

    Drafts stay with their owners, unread.
    An amendment that was not submitted lapses: what was submitted remains valid.
    """
    cycle = lock(cycle)
    move(cycle, CycleState.PUBLISHED, CYCLE_MOVES)
    cycle.published_at = now
    cycle.save(update_fields=["state", "published_at"])
    # All plans at once, after their cycle: nobody submits or withdraws one while the year is published.
    plans = cycle.plans.select_for_update().filter(state=PlanState.SUBMITTED)
    codes = list(plans.values_list("code", flat=True))
    cycle.plans.filter(state=PlanState.SUBMITTED).update(state=PlanState.CLOSED, amend_reason="")
    for code in [*codes, *Priority.objects.filed().filter(plan__cycle=cycle).values_list("code", flat=True)]:
        records.touch(code)
    journal.record(actor, "cycle_published", cycle.journal_code, now, plans=codes)
    return cycle


@transaction.atomic
def assess_cycle(cycle: PlanningCycle, *, actor: User, now: datetime.datetime) -> PlanningCycle:
    """Begin to look back on the year."""
    return _move_cycle(cycle, CycleState.ASSESSING, "cycle_assessing", actor, now)


@transaction.atomic
def close_cycle(cycle: PlanningCycle, *, actor: User, now: datetime.datetime) -> PlanningCycle:
    """End the year; its record stays public."""
    return _move_cycle(cycle, CycleState.CLOSED, "cycle_closed", actor, now)


@transaction.atomic
def remind_organizations(cycle: PlanningCycle, *, actor: User, now: datetime.datetime) -> int:
    """Write to those who have not submitted: delegates, else the lead, else the coordination team.

    Once a day and address, however often it is called.
    Returns how many mails are new. Raises NotNow while the cycle accepts no plans.
    """
    cycle = lock(cycle)
    if not cycle.accepts(now):
        raise NotNow(_("The cycle is not accepting plans now, so there is nothing to send a reminder about."))
    late = reminder_recipients(cycle, now)
    written = emails.send_reminders(cycle, late, now)
    names = [organization.acronym for organization, _recipients in late]
    journal.record(actor, "organizations_reminded", cycle.journal_code, now, organizations=names, written=written)
    return written


@transaction.atomic
def request_progress(cycle: PlanningCycle, *, actor: User, now: datetime.datetime) -> int:
    """Ask every organisation that submitted how its work goes, each of its people by a link of their own.

    Once a day and address, however often it is called.
    Returns how many mails are new. Raises NotNow unless the year is published and not closed.
    """
    cycle = lock(cycle)
    if cycle.state not in PUBLISHED_STATES or cycle.state == CycleState.CLOSED:
        raise NotNow(
            _("You can ask for progress once the year's priorities are published and until the year is closed.")
        )
    written = emails.send_progress_requests(cycle, progress_recipients(cycle, now), now)
    journal.record(actor, "progress_asked", cycle.journal_code, now, written=written)
    return written
