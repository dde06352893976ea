"""What a year's cycle accepts now, how long it still does, and how far each organisation has come."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.dates import instant_words
from organizations.models import Organization
from priorities.models import PlanningCycle
from priorities.states import CycleState, Filing, PlanState


def why_closed(cycle: PlanningCycle, now: datetime.datetime) -> str:
    """The sentence that says why no plan can be written now; empty while the cycle accepts plans."""
    if cycle.accepts(now):
        return ""
    if cycle.state == CycleState.DRAFT or (cycle.state == CycleState.OPEN and now < cycle.opens_at):
        opening = instant_words(cycle.opens_at, cycle.zone)
        return _("It has not opened yet: plans can be written from %(when)s.") % {"when": opening}
    if cycle.state == CycleState.OPEN:
        closing = instant_words(cycle.last_minute, cycle.zone)
        return _(
            "It closed on %(when)s. What was submitted remains valid; the coordination team can extend the deadline."
        ) % {"when": closing}
    return _("This year's plans are closed. What was submitted remains valid.")


def time_left(cycle: PlanningCycle, now: datetime.datetime) -> str:
    """`12 days left`, in words; hours on the last day; empty when the closing has passed."""
    if cycle.closes_at <= now:
        return ""
    days, hours = (cycle.closes_at - now).days, int((cycle.closes_at - now).total_seconds() // 3600)
    if days:
        return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}
    if hours:
        return ngettext("%(n)s hour left", "%(n)s hours left", hours) % {"n": hours}
    return _("less than an hour left")


def invited_organizations(cycle: PlanningCycle, now: datetime.datetime) -> list[Organization]:
    """The organisations expected to present a plan: the members of today, or of the day it closed where that is past."""
    return list(Organization.objects.members_on(clock.today(min(now, cycle.closes_at), cycle.zone)))


def organizations_without_submission(cycle: PlanningCycle, now: datetime.datetime) -> list[Organization]:
    """Those of them that have neither submitted a plan nor said that they present none. Two queries."""
    submitted = set(cycle.plans.filed().values_list("organization_id", flat=True))
    return [organization for organization in invited_organizations(cycle, now) if organization.pk not in submitted]


@dataclass(frozen=True)
class FilingRow:
    """One organisation in a cycle. It carries the plan's state and its times, as the clock shows them in the cycle's
    zone; never a word of it."""

    organization: Organization
    state: Filing
    edited_at: datetime.datetime | None = None
    submitted_at: datetime.datetime | None = None
    #: Of a submitted plan; empty for a draft.
    code: str = ""
    amending: bool = False
    #: The code of a draft that the coordination team entered and the organisation has not taken over.
    entered: str = ""

    @property
    def shape(self) -> Filing:
        """The state whose shape it is shown with: that none is presented is an answer like any other."""
        return Filing.SUBMITTED if self.state == Filing.NONE else self.state

    @property
    def is_late(self) -> bool:
        return self.state in (Filing.NOT_BEGUN, Filing.DRAFT)


def filing_rows(cycle: PlanningCycle, now: datetime.datetime) -> list[FilingRow]:
    """How far every member organisation has come with its plan. Two queries."""
    # Never the answers or the reasons: the coordination team is not to read a draft.
    columns = (
        "cycle_id",
        "organization_id",
        "state",
        "none_this_year",
        "edited_at",
        "submitted_at",
        "code",
        "amend_reason",
        "entered_from",
        "taken_over_at",
    )
    plans = {plan.organization_id: plan for plan in cycle.plans.only(*columns)}
    zone = clock.zone(cycle.zone)

    def local(moment: datetime.datetime | None) -> datetime.datetime | None:
        return moment and moment.astimezone(zone).replace(tzinfo=None)

    rows = []
    for organization in invited_organizations(cycle, now):
        plan = plans.get(organization.pk)
        if plan is None:
            rows.append(FilingRow(organization, Filing.NOT_BEGUN))
            continue
        submitted = Filing.NONE if plan.none_this_year else Filing.SUBMITTED
        row = FilingRow(
            organization,
            state=submitted if plan.state != PlanState.DRAFT else Filing.DRAFT,
            edited_at=local(plan.edited_at),
            submitted_at=local(plan.submitted_at),
            code=plan.code if plan.state != PlanState.DRAFT else "",
            amending=bool(plan.amend_reason),
            entered=plan.code if plan.is_entered else "",
        )
        rows.append(row)
    return rows
