"""The coordination team's pages: prepare, open, extend, remind, publish a year's cycle; who has submitted."""

import datetime

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
from priorities.forms.cycles import CycleForm, ExtensionForm
from priorities.models import PlanningCycle
from priorities.queries.cycles import filing_rows, organizations_without_submission, time_left
from priorities.queries.recipients import progress_recipients, reminder_recipients
from priorities.services import cycles
from priorities.states import CycleState
from priorities.views.reading import cycle_or_404


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
        values = {name: form.cleaned_data[name] for name in ("year", "opens_at", "closes_at", "zone")}
        cycle = cycles.create_cycle(**values, actor=self.request.user, now=self.now)
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
        values = {name: form.cleaned_data[name] for name in ("opens_at", "closes_at", "zone")}
        cycles.edit_cycle(self.cycle, **values, actor=self.request.user, now=self.now)


class CycleExtend(ServiceFormMixin, CycleMixin, FormView):
    permission_required = "priorities.move_cycle"
    form_class = ExtensionForm
    template_name = "priorities/cycle_extend.html"
    done = gettext_lazy("The deadline has been extended. Those who speak for the organisations are notified by e-mail.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"cycle": self.cycle}

    def act(self, form):
        cycles.extend_cycle(
            self.cycle,
            closes_at=form.cleaned_data["closes_at"],
            reason=form.cleaned_data["reason"],
            actor=self.request.user,
            now=self.now,
        )


class CycleDashboard(CycleMixin, TemplateView):
    """Who has submitted and who has not, and what the coordination team may do next."""

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
    """What publishing will do, with those who have not submitted; then the act."""

    permission_required = "priorities.move_cycle"
    template_name = "priorities/cycle_publish.html"

    def get_context_data(self, **kwargs):
        possible = self.cycle.state in (CycleState.OPEN, CycleState.CONSOLIDATING)
        late = organizations_without_submission(self.cycle, self.now)
        return super().get_context_data(late=late, possible=possible, accepts=self.cycle.accepts(self.now), **kwargs)


class CycleMove(CycleMixin, View):
    """A step of the cycle: a POST, one service, back to the dashboard."""

    permission_required = "priorities.move_cycle"
    http_method_names = ["post"]
    steps = {
        "open": (cycles.open_cycle, gettext_lazy("The cycle is open. The organisations are notified by e-mail.")),
        "consolidate": (cycles.consolidate_cycle, gettext_lazy("No more plans are accepted for now.")),
        "reopen": (cycles.reopen_cycle, gettext_lazy("Plans are accepted again, as far as the dates allow.")),
        "publish": (
            cycles.publish_cycle,
            gettext_lazy("Published: everybody can now read what each organisation made public."),
        ),
        "assess": (cycles.assess_cycle, gettext_lazy("The review of the year has begun.")),
        "close": (cycles.close_cycle, gettext_lazy("The cycle is closed. Its record stays public.")),
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
    """Ask for progress reports: first who would be written to, then the act. The same day twice sends once."""

    permission_required = "priorities.move_cycle"
    template_name = "priorities/cycle_ask.html"

    def get_context_data(self, **kwargs):
        runs = self.cycle.state in (CycleState.PUBLISHED, CycleState.ASSESSING)
        return super().get_context_data(rows=progress_recipients(self.cycle, self.now), runs=runs, **kwargs)

    def post(self, request, *args, **kwargs):
        try:
            written = cycles.request_progress(self.cycle, actor=request.user, now=self.now)
        except NotNow as error:
            messages.error(request, error.message)
        else:
            sent = ngettext("%(n)s e-mail is on its way.", "%(n)s e-mails are on their way.", written)
            messages.success(
                request, sent % {"n": written} if written else _("They have all been asked today already.")
            )
        return redirect(self.get_success_url())


class CycleRemind(CycleMixin, TemplateView):
    """First who would be written to, then the act. The same day twice sends once."""

    permission_required = "priorities.move_cycle"
    template_name = "priorities/cycle_remind.html"

    def get_context_data(self, **kwargs):
        rows = reminder_recipients(self.cycle, self.now)
        return super().get_context_data(rows=rows, accepts=self.cycle.accepts(self.now), **kwargs)

    def post(self, request, *args, **kwargs):
        try:
            written = cycles.remind_organizations(self.cycle, actor=request.user, now=self.now)
        except PermissionDenied:
            raise
        except CasaError as error:
            messages.error(request, error.message)
        else:
            sent = ngettext("%(n)s reminder is on its way.", "%(n)s reminders are on their way.", written)
            messages.success(
                request, sent % {"n": written} if written else _("They have all been sent a reminder today already.")
            )
        return redirect(self.get_success_url())
