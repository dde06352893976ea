"""What the organisations of a person owe: this year's priorities, and actions."""

from django.urls import reverse
from django.utils.translation import gettext as _

from casa.desk.duty import Duty
from commons.models import ActionItem
from core import clock
from core.text import shown
from priorities.models import PlanningCycle, PriorityPlan
from priorities.states import PlanState


def read(organizations, standing, now, today):
    """([Duty] owed, [Duty] filed and waiting for the cycle to be published)."""
    owed, waiting = _plans(organizations, standing, now)
    return [*owed, *_actions(organizations, standing, today)], waiting


def _plans(organizations, standing, now):
    writers = [one for one in organizations if one.pk in standing.writes_for and one.pk in standing.member_of]
    cycle = PlanningCycle.objects.current(now) if writers else None
    if cycle is None or not cycle.accepts(now):
        return [], []
    plans = {plan.organization_id: plan for plan in PriorityPlan.objects.filter(cycle=cycle, organization__in=writers)}
    owed, waiting = [], []
    for organization in writers:
        duty = _plan(cycle, organization, plans.get(organization.pk))
        (waiting if duty.state == "submitted" else owed).append(duty)
    return owed, waiting


def _plan(cycle, organization, plan):
    own_plan = reverse("priorities:plan_mine")
    facts = {
        "title": _("Priorities of %(organization)s for %(year)s")
        % {"organization": organization.acronym, "year": cycle.year},
        "due": clock.today(cycle.last_minute, cycle.zone),
        "due_at": cycle.last_minute,
        "zone": cycle.zone,
        "organization": organization,
    }
    if plan is None:
        return Duty(href=cycle.get_absolute_url(), verb=_("Start"), verb_href=own_plan, **facts)
    page = plan.get_absolute_url()
    if plan.state == PlanState.DRAFT:
        edit = reverse("priorities:plan_edit", args=[plan.code])
        words = {"state": "draft", "state_label": plan.get_state_display()}
        return Duty(href=page, verb=_("Continue"), verb_href=edit, code=plan.code, **words, **facts)
    words = {"state": "submitted", "state_label": plan.get_state_display()}
    return Duty(href=page, verb=_("Read"), verb_href=page, code=plan.code, **words, **facts)


def _actions(organizations, standing, today):
    rows = ActionItem.objects.filter(organization__in=organizations).unfinished().with_people().overdue_first()
    for action in rows:
        may_report = action.organization_id in standing.writes_for
        page = action.get_absolute_url()
        yield Duty(
            title=shown(action, "title"),
            href=page,
            code=action.code,
            due=action.due_on,
            verb=_("Report") if may_report else _("Read"),
            verb_href=reverse("commons:action_report", args=[action.code]) if may_report else page,
            organization=action.organization,
            state=action.state,
            state_label=action.get_state_display(),
            is_overdue=action.is_overdue_on(today),
        )
