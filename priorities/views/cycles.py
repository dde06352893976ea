"""The coordination team's pages: prepare, open, extend, remind, publish a year's cycle; who has filed."""

import datetime
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView, View

from core import clock
from core.errors import CasaError, NotNow, PermissionDenied
from core.generic import PermissionRequiredMixin, ServiceFormMixin
from organizations.standing.addressees import whom_to_ask
from priorities import services
from priorities.forms import CycleForm, ExtensionForm
from priorities.models import PlanningCycle
from priorities.services.cycles import members_of, not_filed
from priorities.services.progress import who_tells
from priorities.states import CycleState, Filing
from priorities.views.reading import cycle_or_404, time_left


class CycleMixin(PermissionRequiredMixin):
    """A page about one cycle, for the coordination team alone."""

    def load_object(self):
        self.cycle = cycle_or_404(PlanningCycle.objects.visible_to(self.request.user, self.now), self.kwargs["year"])

    def get_permission_object(self):
        return self.cycle

    def get_context_data(self, **kwargs):
        return super().get_context_data(cycle=self.cycle, section="priorities", now=self.now, **kwargs)

    def get_success_url(self):
        return reverse("priorities:cycle_dashboard", args=[self.cycle.year])


class CycleCreate(ServiceFormMixin, FormView):
    permission_required = "priorities.create_cycle"
    form_class = CycleForm
    template_name = "priorities/cycle_form.html"
    extra_context = {"section": "priorities"}
    done = gettext_lazy("The cycle has been prepared. Nobody else sees it until you open it.")

    def get_initial(self):
        """Last year's dates, fifty-two weeks later: the same days of the week."""
        newest = PlanningCycle.objects.newest_first().first()
        if newest is None:
            return {"year": self.now.year + 1}
        zone, later = clock.zone(newest.zone), datetime.timedelta(weeks=52)
        moments = {"opens": newest.opens_at, "closes": newest.last_minute}
        local = {name: at.astimezone(zone).replace(tzinfo=None) + later for name, at in moments.items()}
        return {"year": newest.year + 1, "zone": newest.zone, **local}

    def act(self, form):
        wanted = {name: form.cleaned_data[name] for name in ("year", "opens_at", "closes_at", "zone")}
        cycle = services.create_cycle(**wanted, actor=self.request.user, now=self.now)
        return reverse("priorities:cycle_dashboard", args=[cycle.year])


class CycleEdit(ServiceFormMixin, CycleMixin, FormView):
    permission_required = "priorities.move_cycle"
    form_class = CycleForm
    template_name = "priorities/cycle_form.html"
    done = gettext_lazy("The dates have been changed.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"cycle": self.cycle}

    def get_initial(self):
        zone = clock.zone(self.cycle.zone)
        return {
            "opens": self.cycle.opens_at.astimezone(zone).replace(tzinfo=None),
            "closes": self.cycle.last_minute.astimezone(zone).replace(tzinfo=None),
            "zone": self.cycle.zone,
        }

    def act(self, form):
        wanted = {name: form.cleaned_data[name] for name in ("opens_at", "closes_at", "zone")}
        services.edit_cycle(self.cycle, **wanted, actor=self.request.user, now=self.now)


class CycleExtend(ServiceFormMixin, CycleMixin, FormView):
    permission_required = "priorities.move_cycle"
    form_class = ExtensionForm
    template_name = "priorities/cycle_extend.html"
    done = gettext_lazy("The deadline has been extended. Those who speak for the organisations are notified by e-mail.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"cycle": self.cycle}

    def act(self, form):
        services.extend_cycle(
            self.cycle, closes_at=form.cleaned_data["closes_at"], reason=form.cleaned_data["reason"],
            actor=self.request.user, now=self.now,
        )  # fmt: skip


@dataclass(frozen=True)
class FilingRow:
    """One organisation in a cycle. It carries the plan's state and its times, as the clock shows them in the cycle's
    zone; never a word of it."""

    organization: object
    state: Filing
    edited_at: object = None
    submitted_at: object = None
    code: str = ""
    amending: bool = False
    #: The code of a draft that the coordination team entered and the organisation has not taken over.
    entered: str = ""

    @property
    def shape(self):
        """The state whose shape it is shown with: that none is presented is an answer like any other."""
        return Filing.SUBMITTED if self.state == Filing.NONE else self.state

    @property
    def is_late(self):
        return self.state in (Filing.NOT_BEGUN, Filing.DRAFT)


def filing_rows(cycle, now):
    """Every member organisation and how it stands. Two queries."""
    columns = ("organization_id", "state", "none_this_year", "edited_at", "submitted_at", "code", "amend_reason", "entered_from",
               "taken_over_at")  # fmt: skip
    plans = {row["organization_id"]: row for row in cycle.plans.values(*columns)}

    def local(moment):
        return moment and moment.astimezone(clock.zone(cycle.zone)).replace(tzinfo=None)

    rows = []
    for organization in members_of(cycle, now):
        plan = plans.get(organization.pk)
        if plan is None:
            rows.append(FilingRow(organization, Filing.NOT_BEGUN))
            continue
        filed = Filing.NONE if plan["none_this_year"] else Filing.SUBMITTED
        state = Filing.DRAFT if plan["state"] == "draft" else filed
        entered = plan["code"] if state == Filing.DRAFT and plan["entered_from"] and not plan["taken_over_at"] else ""
        rows.append(FilingRow(
            organization, state, local(plan["edited_at"]), local(plan["submitted_at"]),
            plan["code"] if state != Filing.DRAFT else "", bool(plan["amend_reason"]), entered,
        ))  # fmt: skip
    return rows


class CycleDashboard(CycleMixin, TemplateView):
    """Who has filed and who has not, and what the coordination team may do next."""

    permission_required = "priorities.view_dashboard"
    template_name = "priorities/cycle_dashboard.html"

    def get_context_data(self, **kwargs):
        rows = filing_rows(self.cycle, self.now)
        return super().get_context_data(**kwargs) | {
            "rows": rows,
            "late": [row for row in rows if row.is_late],
            "filed": len([row for row in rows if not row.is_late]),
            "accepts": self.cycle.accepts(self.now),
            "left": time_left(self.cycle, self.now),
            "extensions": self.cycle.extensions.all(),
            "questions": self.cycle.questions.all(),
        }


class CyclePublish(CycleMixin, TemplateView):
    """What publishing will do, with those who have not filed; then the act."""

    permission_required = "priorities.move_cycle"
    template_name = "priorities/cycle_publish.html"

    def get_context_data(self, **kwargs):
        may = self.cycle.state in (CycleState.OPEN, CycleState.CONSOLIDATING)
        late = not_filed(self.cycle, self.now)
        return super().get_context_data(late=late, possible=may, accepts=self.cycle.accepts(self.now), **kwargs)


class CycleMove(CycleMixin, View):
    """A step of the cycle: a POST, one service, back to the dashboard."""

    permission_required = "priorities.move_cycle"
    http_method_names = ["post"]
    steps = {
        "open": (services.open_cycle, gettext_lazy("The cycle is open. The organisations are notified by e-mail.")),
        "consolidate": (services.consolidate_cycle, gettext_lazy("No more plans are accepted for now.")),
        "reopen": (services.reopen_cycle, gettext_lazy("Plans are accepted again, as far as the dates allow.")),
        "publish": (
            services.publish_cycle,
            gettext_lazy("Published: everybody can now read what each organisation made public."),
        ),
        "assess": (services.assess_cycle, gettext_lazy("The review of the year has begun.")),
        "close": (services.close_cycle, gettext_lazy("The cycle is closed. Its record stays public.")),
    }

    def load_object(self):
        super().load_object()
        if self.kwargs["step"] not in self.steps:
            raise Http404

    def post(self, request, *args, **kwargs):
        act, done = self.steps[self.kwargs["step"]]
        try:
            act(self.cycle, actor=request.user, now=self.now)
        except PermissionDenied:
            raise
        except CasaError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, done)
        return redirect(self.get_success_url())


class CycleAsk(CycleMixin, TemplateView):
    """How it goes: first who would be asked, then the act. The same day twice asks once."""

    permission_required = "priorities.move_cycle"
    template_name = "priorities/cycle_ask.html"

    def get_context_data(self, **kwargs):
        runs = self.cycle.state in (CycleState.PUBLISHED, CycleState.ASSESSING)
        return super().get_context_data(rows=who_tells(self.cycle, self.now), runs=runs, **kwargs)

    def post(self, request, *args, **kwargs):
        try:
            written = services.ask_progress(self.cycle, actor=request.user, now=self.now)
        except NotNow as error:
            messages.error(request, error.message)
        else:
            words = ngettext("%(n)s e-mail is on its way.", "%(n)s e-mails are on their way.", written)
            messages.success(
                request, words % {"n": written} if written else _("They have all been asked today already.")
            )
        return redirect(self.get_success_url())


class CycleRemind(CycleMixin, TemplateView):
    """First who would be written to, then the act. The same day twice sends once."""

    permission_required = "priorities.move_cycle"
    template_name = "priorities/cycle_remind.html"

    def get_context_data(self, **kwargs):
        late = not_filed(self.cycle, self.now)
        people = whom_to_ask(late, clock.today(self.now, self.cycle.zone))
        rows = [(organization, people[organization.pk]) for organization in late]
        return super().get_context_data(rows=rows, accepts=self.cycle.accepts(self.now), **kwargs)

    def post(self, request, *args, **kwargs):
        try:
            written = services.remind_organizations(self.cycle, actor=request.user, now=self.now)
        except PermissionDenied:
            raise
        except CasaError as error:
            messages.error(request, error.message)
        else:
            words = ngettext("%(n)s reminder is on its way.", "%(n)s reminders are on their way.", written)
            messages.success(
                request, words % {"n": written} if written else _("They have all been sent a reminder today already.")
            )
        return redirect(self.get_success_url())
