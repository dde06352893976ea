"""Reading: cycles, the priorities of a year, a plan, a priority with its thread."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from commons.models import Theme
from core import permissions, query_params
from core.generic import RecordView, RowsView, VisibleMixin
from core.records import threads
from core.tables import csv_answer
from organizations.models import Organization
from organizations.standing import standing_of
from priorities.forms.cycles import FilterForm
from priorities.models import PlanningCycle, Priority, PriorityPlan
from priorities.queries.matrix import Axis, MatrixFilter, matrix_of
from priorities.queries.progress import updates_on_priority
from priorities.states import FIRST_YEAR, LAST_YEAR
from spaces.models import Space

#: What each axis of the matrix is called as a filter, and as the columns.
FILTER_LABELS = {Axis.THEME: _("Theme"), Axis.SPACE: _("Space"), Axis.COUNTRY: _("Country")}
AXIS_LABELS = {Axis.THEME: _("Themes"), Axis.SPACE: _("Spaces"), Axis.COUNTRY: _("Countries")}


def cycle_or_404(queryset, year):
    """The cycle of a year among those of a queryset; absurd years are no address."""
    cycle = queryset.filter(year=year).first() if FIRST_YEAR <= year <= LAST_YEAR else None
    if cycle is None:
        raise Http404
    return cycle


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

    def load_object(self):
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
        chosen = self.form.cleaned_data
        if chosen["q"]:
            rows = rows.containing(chosen["q"])
        columns = {"organization": "plan__organization__slug", "theme": "theme__slug", "space": "spaces__slug"}
        return rows.filter(**{column: chosen[name] for name, column in columns.items() if chosen[name]})

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


class CycleMatrix(VisibleMixin, TemplateView):
    """Who works on what in a year; `?by=` theme (as it is), space or country; `?theme=`, `?space=`, `?country=` and
    `?partners=1` count only those. The same as CSV under its own address."""

    template_name = "priorities/cycle_matrix.html"

    def load_object(self):
        self.cycles = list(PlanningCycle.objects.visible_to(self.request.user, self.now).newest_first())
        self.cycle = next((cycle for cycle in self.cycles if cycle.year == self.kwargs["year"]), None)
        if self.cycle is None:
            raise Http404

    def get_permission_object(self):
        return self.cycle

    def get_context_data(self, **kwargs):
        by, only = self.axis, self.filter
        matrix = self.matrix(by, only)
        filters = [
            (axis, label, getattr(only, axis), matrix.choices[axis])
            for axis, label in FILTER_LABELS.items()
            if matrix.choices[axis]
        ]
        return super().get_context_data(
            cycle=self.cycle,
            cycles=self.cycles,
            matrix=matrix,
            sides=[(axis, label, axis == matrix.by) for axis, label in AXIS_LABELS.items()],
            problem=by.problem,
            section="priorities",
            filters=filters,
            only=only,
            filtered=only != MatrixFilter(),
            address=self.request.GET.urlencode(),
            is_community=standing_of(self.request.user, self.now).is_community,
            **kwargs,
        )

    @property
    def axis(self):
        """The QueryParam of what the columns are; nonsense and nothing show themes."""
        return query_params.one_of(self.request.GET, "by", Axis)

    @property
    def filter(self):
        """What is counted alone; nonsense finds nothing."""
        params = self.request.GET
        chosen = {axis.value: params.get(axis.value, "")[:60] for axis in Axis}
        return MatrixFilter(**chosen, partners=params.get("partners") == "1")

    def matrix(self, axis, only):
        return matrix_of(self.cycle, Axis(axis.value or Axis.THEME), user=self.request.user, now=self.now, only=only)


class CycleMatrixTable(CycleMatrix):
    """The same for a spreadsheet: an organisation a line, a count a column."""

    def get(self, request, *args, **kwargs):
        matrix = self.matrix(self.axis, self.filter)
        columns = ["organization", *(column.key for column in matrix.columns), "total"]
        rows = [[line.organization.acronym, *line.counts, line.total] for line in matrix.lines]
        return csv_answer(f"casa-matrix-{self.cycle.year}-{matrix.by}.csv", columns, rows)


class PlanDetail(RecordView):
    """What an organisation submitted for a year; those who write a plan that is not submitted are sent to its drafts."""

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
            "answers": plan.answers.exclude(submitted="").select_related("question")
            if is_community and not plan.none_this_year
            else (),
            "revision": plan.revisions.order_by("-number").first() if is_community else None,
            "accepts": plan.cycle.accepts(self.now),
            "can_write": permissions.has_perm(user, "priorities.write_plan", plan),
            "can_submit": permissions.has_perm(user, "priorities.submit_plan", plan),
            "now": self.now,
        }


class PriorityDetail(RecordView):
    """A priority: what, why, the action, what it came from and what came of it."""

    model = Priority
    context_object_name = "priority"
    template_name = "priorities/priority_detail.html"
    extra_context = {"section": "priorities"}

    def get_queryset(self):
        rows = super().get_queryset().select_related("plan__organization", "plan__cycle", "theme", "continues")
        return rows.prefetch_related("spaces")

    def get_context_data(self, **kwargs):
        code, user = self.object.code, self.request.user
        return super().get_context_data(**kwargs) | {
            "plan": self.object.plan,
            "came_from": threads.where_from(code, user, self.now),
            "thread": threads.what_came_of([code], user, self.now),
            "is_community": standing_of(user, self.now).is_community,
            "updates": updates_on_priority(self.object, user, self.now),
            "can_report": self.object.plan.is_filed
            and permissions.has_perm(user, "priorities.write_plan", self.object.plan),
        }
