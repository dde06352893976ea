"""Reading: cycles, the priorities of a year, a plan, a priority with its thread."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commons.models import Theme
from core import doors
from core.generic import RecordView, RowsView
from core.records import threads
from organizations.models import Organization
from organizations.standing import standing_of
from priorities.forms import FIRST_YEAR, LAST_YEAR, FilterForm
from priorities.models import PlanningCycle, Priority, PriorityPlan
from spaces.models import Space


def cycle_or_404(queryset, year):
    """The cycle of a year among those of a queryset; absurd years are no address."""
    cycle = queryset.filter(year=year).first() if FIRST_YEAR <= year <= LAST_YEAR else None
    if cycle is None:
        raise Http404
    return cycle


def time_left(cycle, now):
    """`12 days left`, in words; hours on the last day; empty when the closing has passed."""
    hours, days = int((cycle.closes_at - now).total_seconds() // 3600), (cycle.closes_at - now).days
    if cycle.closes_at <= now:
        return ""
    if days:
        return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}
    if hours:
        return ngettext("%(n)s hour left", "%(n)s hours left", hours) % {"n": hours}
    return _("less than an hour left")


class CycleList(RowsView):
    """The years: for visitors those that are published, for the community also the open one."""

    model = PlanningCycle
    template_name = "priorities/cycle_list.html"
    context_object_name = "cycles"
    extra_context = {"section": "priorities"}

    def get_queryset(self):
        return super().get_queryset().newest_first()

    def get_context_data(self, **kwargs):
        return super().get_context_data(is_member=bool(standing_of(self.request.user, self.now).member_of), **kwargs)


class CycleDetail(RowsView):
    """What the organisations set out to do in a year, with filters in the address."""

    model = Priority
    template_name = "priorities/cycle_detail.html"
    extra_context = {"section": "priorities"}

    def setup_thing(self):
        cycles = PlanningCycle.objects.visible_to(self.request.user, self.now)
        self.cycle = cycle_or_404(cycles, self.kwargs["year"])

    def get_queryset(self):
        seen = super().get_queryset().filed().for_year(self.cycle.year)
        self.form = FilterForm(
            self.request.GET or None,
            organizations=Organization.objects.filter(plans__priorities__in=seen).distinct().in_order(),
            themes=Theme.objects.filter(priorities__in=seen).distinct().order_by("position", "slug"),
            spaces=Space.objects.filter(priorities__in=seen).distinct().in_order(),
        )
        rows = seen.with_context()
        if not self.form.is_bound:
            return rows
        if not self.form.is_valid():
            return rows.none()
        wanted = self.form.cleaned_data
        if wanted["q"]:
            rows = rows.containing(wanted["q"])
        for name, column in (("organization", "plan__organization__slug"), ("theme", "theme__slug")):
            if wanted[name]:
                rows = rows.filter(**{column: wanted[name]})
        if wanted["space"]:
            rows = rows.filter(spaces__slug=wanted["space"])
        return rows

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        plans = PriorityPlan.objects.visible_to(self.request.user, self.now).filed()
        none = plans.filter(cycle=self.cycle, none_this_year=True).select_related("organization")
        standing = standing_of(self.request.user, self.now)
        address = self.request.GET.copy()
        address.pop("page", None)
        return context | {
            "cycle": self.cycle,
            "form": self.form,
            "filtered": bool(self.form.errors or any(getattr(self.form, "cleaned_data", {}).values())),
            "none_this_year": none.order_by("organization__position"),
            "accepts": self.cycle.accepts(self.now),
            "is_community": standing.is_community,
            "is_member": bool(standing.member_of),
            "address": address.urlencode(),
            "now": self.now,
        }


class PlanDetail(RecordView):
    """What an organisation submitted for a year. Those who write it, and have not submitted, are taken to the draft."""

    model = PriorityPlan
    context_object_name = "plan"
    template_name = "priorities/plan_detail.html"
    extra_context = {"section": "priorities"}

    def get_queryset(self):
        return super().get_queryset().select_related("organization", "cycle")

    def get(self, request, *args, **kwargs):
        if not self.object.is_filed:
            return redirect(reverse("priorities:plan_edit", args=[self.object.code]))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        plan, user = self.object, self.request.user
        rows = Priority.objects.visible_to(user, self.now).filed().filter(plan=plan).with_context()
        is_community = standing_of(user, self.now).is_community
        return super().get_context_data(**kwargs) | {
            "cycle": plan.cycle,
            "rows": rows,
            "is_community": is_community,
            "revision": plan.revisions.order_by("-number").first() if is_community else None,
            "accepts": plan.cycle.accepts(self.now),
            "can_write": doors.may(user, "priorities.write_plan", plan),
            "can_submit": doors.may(user, "priorities.submit_plan", plan),
            "now": self.now,
        }


class PriorityDetail(RecordView):
    """A priority: what, why, the action, what it came from and what came of it."""

    model = Priority
    context_object_name = "priority"
    template_name = "priorities/priority_detail.html"
    extra_context = {"section": "priorities"}

    def get_queryset(self):
        found = super().get_queryset().select_related("plan__organization", "plan__cycle", "theme", "continues")
        return found.prefetch_related("spaces")

    def get_context_data(self, **kwargs):
        code, user = self.object.code, self.request.user
        return super().get_context_data(**kwargs) | {
            "plan": self.object.plan,
            "came_from": threads.where_from(code, user, self.now),
            "thread": threads.what_came_of([code], user, self.now),
            "is_community": standing_of(user, self.now).is_community,
        }
