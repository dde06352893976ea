"""An organisation's own plan: find it, begin, write, submit, withdraw, amend."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from django.views.generic.detail import DetailView

from core.errors import Conflict, Incomplete, NotNow
from core.generic import ActView, PermissionRequiredMixin, ServiceFormMixin, StaffForm, VisibleMixin
from organizations.models import Organization
from priorities.forms.plans import EnterForm, ReasonForm, SubmitForm
from priorities.models import PlanningCycle, PriorityPlan
from priorities.queries.cycles import time_left, why_closed
from priorities.queries.editor import plan_editor
from priorities.queries.plans import own_plans
from priorities.services.amendments import amend_plan, discard_amendment
from priorities.services.plans import begin_plan, enter_plan, offer_plan, present_none, submit_plan, withdraw_plan
from priorities.views.reading import cycle_or_404


class PlanMine(PermissionRequiredMixin, TemplateView):
    """The way to one's organisation's plan of the open cycle; whoever belongs to several chooses."""

    permission_required = "priorities.find_own_plan"
    template_name = "priorities/plan_mine.html"

    def get(self, request, *args, **kwargs):
        self.cycle = PlanningCycle.objects.visible_to(request.user, self.now).current(self.now)
        self.entries = own_plans(self.cycle, request.user, self.now) if self.cycle else []
        if len(self.entries) == 1:
            _organization, plan, writes = self.entries[0]
            if plan is not None and (writes or plan.is_filed):
                return redirect(address_of(plan, writes, self.cycle.accepts(self.now)))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            cycle=self.cycle,
            entries=self.entries,
            accepts=bool(self.cycle and self.cycle.accepts(self.now)),
            latest=PlanningCycle.objects.visible_to(self.request.user, self.now).newest_first().first(),
            left=time_left(self.cycle, self.now) if self.cycle else "",
            now=self.now,
            section="priorities",
            **kwargs,
        )


def address_of(plan, writes, accepts):
    """The page of a plan for somebody: the one to write it, or the one to read what was submitted."""
    writing = writes and plan.is_being_written and (accepts or not plan.is_filed)
    return reverse("priorities:plan_edit" if writing else "priorities:plan_detail", args=[plan.code])


class PlanMixin(VisibleMixin):
    """A plan of which this person knows that it exists; what they may not do with it is refused with who may."""

    model = PriorityPlan
    context_object_name = "plan"

    def get_queryset(self):
        known = PriorityPlan.objects.known_to(self.request.user, self.now)
        return known.select_related("organization", "cycle")


class PlanBegin(ActView):
    """Begin the organisation's plan of a year."""

    permission_required = "priorities.begin_plan"

    def load_object(self):
        cycles = PlanningCycle.objects.visible_to(self.request.user, self.now)
        self.cycle = cycle_or_404(cycles, self.kwargs["year"])
        self.object = Organization.objects.filter(slug=self.kwargs["slug"]).first()
        if self.object is None:
            raise Http404

    def get_permission_object(self):
        return self.object

    def act(self):
        plan = begin_plan(self.cycle, organization=self.object, actor=self.request.user, now=self.now)
        return reverse("priorities:plan_edit", args=[plan.code])

    def get_success_url(self):
        return reverse("priorities:plan_mine")


class EditorMixin(PlanMixin):
    """The page "Our priorities": all drafts, one of them open at most."""

    permission_required = "priorities.write_plan"
    template_name = "priorities/plan_edit.html"
    open_draft = None
    is_adding = False

    def get_context_data(self, **kwargs):
        editor = plan_editor(
            self.object,
            self.request.user,
            self.now,
            open_draft=self.open_draft,
            is_adding=self.is_adding,
            is_checking="check" in self.request.GET,
        )
        context = {"editor": editor, "plan": self.object, "cycle": self.object.cycle, "section": "priorities"}
        return super().get_context_data(**context | kwargs)


class PlanEdit(EditorMixin, DetailView):
    def get(self, request, *args, **kwargs):
        if not self.object.is_being_written:
            return redirect(self.object.get_absolute_url())
        return super().get(request, *args, **kwargs)


class PlanSubmit(PlanMixin, ActView):
    """Submit; all that is missing is listed at once, on the page where it can be filled in."""

    permission_required = "priorities.submit_plan"
    done = _("Submitted. The member organisations can now read it; you can still change it until the deadline.")

    def act(self):
        version = SubmitForm(self.request.POST).version_seen
        submit_plan(self.object, actor=self.request.user, now=self.now, version=version)

    def post(self, request, *args, **kwargs):
        plan_edit = reverse("priorities:plan_edit", args=[self.object.code])
        try:
            self.act()
        except Incomplete:
            return redirect(f"{plan_edit}?check=1")
        except Conflict as error:
            messages.error(request, error.message)
            return redirect(plan_edit)
        except NotNow as error:
            messages.error(request, error.message)
        else:
            messages.success(request, self.done)
        return redirect(self.object.get_absolute_url())


class PlanWithdraw(PlanMixin, ActView):
    permission_required = "priorities.submit_plan"
    done = _(
        "Withdrawn. Only the people who write for your organisation can read it now; submit it again "
        "before the deadline."
    )

    def act(self):
        withdraw_plan(self.object, actor=self.request.user, now=self.now)
        return reverse("priorities:plan_edit", args=[self.object.code])


class PlanDiscard(PlanMixin, ActView):
    permission_required = "priorities.write_plan"
    done = _("The change has been discarded. What was submitted before remains valid.")

    def act(self):
        discard_amendment(self.object, actor=self.request.user, now=self.now)


class ReasonView(ServiceFormMixin, PlanMixin, FormView):
    """An act on a plan that needs a sentence."""

    form_class = ReasonForm

    def get_context_data(self, **kwargs):
        plan = self.object
        return super().get_context_data(
            plan=plan, cycle=plan.cycle, closed=why_closed(plan.cycle, self.now), section="priorities", **kwargs
        )


class PlanAmend(ReasonView):
    """Begin a change to what was submitted."""

    permission_required = "priorities.write_plan"
    template_name = "priorities/plan_amend.html"
    done = _("Change what you need. Until you submit again, the others see what was submitted before.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"label": _("What changes, and why")}

    def act(self, form):
        amend_plan(self.object, reason=form.cleaned_data["reason"], actor=self.request.user, now=self.now)
        return reverse("priorities:plan_edit", args=[self.object.code])


class PlanNone(ReasonView):
    """Say that the organisation presents none this year."""

    permission_required = "priorities.submit_plan"
    template_name = "priorities/plan_none.html"
    done = _("Noted: your organisation presents none this year. You can still change this until the deadline.")

    def act(self, form):
        present_none(self.object, reason=form.cleaned_data["reason"], actor=self.request.user, now=self.now)
        return self.object.get_absolute_url()


class PlanEnter(StaffForm):
    """The coordination team begins a plan for an organisation that sent slides, or a letter."""

    permission_required = "priorities.enter_plan"
    form_class = EnterForm
    verb = _("Start entering it")
    done = _("Enter its priorities. They remain a draft until the organisation confirms them.")

    def load_object(self):
        self.cycle = cycle_or_404(PlanningCycle.objects.visible_to(self.request.user, self.now), self.kwargs["year"])
        self.organization = Organization.objects.filter(slug=self.kwargs["slug"]).first()
        if self.organization is None:
            raise Http404

    @property
    def heading(self):
        return gettext("What %(organization)s sent") % {"organization": self.organization.acronym}

    @property
    def back(self):
        return reverse("priorities:cycle_dashboard", args=[self.cycle.year])

    def act(self, form):
        plan = enter_plan(
            self.cycle,
            organization=self.organization,
            entered_from=form.cleaned_data["entered_from"],
            actor=self.request.user,
            now=self.now,
        )
        return reverse("priorities:plan_edit", args=[plan.code])


class PlanOffer(PlanMixin, ActView):
    """Write to the organisation that what it sent is entered."""

    permission_required = "priorities.enter_plan"
    done = _(
        "The organisation is notified by e-mail. Once one of its people edits or submits the plan, only "
        "the organisation can write in it."
    )

    def act(self):
        offer_plan(self.object, actor=self.request.user, now=self.now)

    def get_success_url(self):
        return reverse("priorities:plan_edit", args=[self.object.code])
