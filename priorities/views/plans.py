"""An organisation's own plan: find it, begin, write, submit, withdraw, amend."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from django.views.generic.detail import DetailView

from core import clock, permissions
from core.errors import Conflict, Incomplete, NotNow
from core.generic import ActView, PermissionRequiredMixin, ServiceFormMixin, StaffForm, VisibleMixin
from organizations.models import Organization
from organizations.standing import standing_of
from priorities import services
from priorities.forms import EnterForm, ReasonForm
from priorities.models import PlanningCycle, Priority, PriorityPlan, ProgressUpdate, ThreatOpportunity
from priorities.services.plans import check_accepts
from priorities.services.questions import answers_of, missing_answers
from priorities.states import Progress
from priorities.views.reading import cycle_or_404, time_left


class PlanMine(PermissionRequiredMixin, TemplateView):
    """The way to my organisation's plan of the open cycle; who belongs to several chooses."""

    permission_required = "priorities.find_own_plan"
    template_name = "priorities/plan_mine.html"

    def get(self, request, *args, **kwargs):
        standing = standing_of(request.user, self.now)
        cycles = PlanningCycle.objects.visible_to(request.user, self.now)
        self.cycle = cycles.current(self.now)
        self.entries = []
        if self.cycle is not None:
            plans = {plan.organization_id: plan for plan in self.cycle.plans.all()}
            for organization in Organization.objects.filter(pk__in=standing.member_of).in_order():
                writes = organization.pk in standing.writes_for
                self.entries.append((organization, plans.get(organization.pk), writes))
        if len(self.entries) == 1:
            _organization, plan, writes = self.entries[0]
            if plan is not None and (writes or plan.is_filed):
                return redirect(address_of(plan, writes, self.cycle.accepts(self.now)))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            cycle=self.cycle, entries=self.entries, accepts=bool(self.cycle and self.cycle.accepts(self.now)),
            latest=PlanningCycle.objects.visible_to(self.request.user, self.now).newest_first().first(),
            left=time_left(self.cycle, self.now) if self.cycle else "", now=self.now, section="priorities", **kwargs,
        )  # fmt: skip


def address_of(plan, writes, accepts):
    """Where one goes with a plan: on writing it, or reading what was submitted."""
    writing = writes and plan.is_being_written and (accepts or not plan.is_filed)
    return reverse("priorities:plan_edit" if writing else "priorities:plan_detail", args=[plan.code])


class PlanMixin(VisibleMixin):
    """A plan of which this person knows that it exists; what they may not do with it is refused with who may."""

    model = PriorityPlan
    context_object_name = "plan"

    def get_queryset(self):
        found = PriorityPlan.objects.known_to(self.request.user, self.now)
        return found.select_related("organization", "cycle")


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
        plan = services.begin_plan(self.cycle, self.object, actor=self.request.user, now=self.now)
        return reverse("priorities:plan_edit", args=[plan.code])

    def get_success_url(self):
        return reverse("priorities:plan_mine")


def why_not(cycle, now):
    """The sentence that says why nothing can be written now; empty when it can."""
    try:
        check_accepts(cycle, now)
    except NotNow as error:
        return error.message
    return ""


def told(priorities):
    """The same, each of those that ended with `last_words`, what its organisation said of it last. One query."""
    ended = {row.code: row for row in priorities if row.state != Progress.UNDERWAY}
    for update in ProgressUpdate.objects.filter(code__in=ended).order_by("at", "pk"):
        ended[update.code].last_words = update.words
    return priorities


class WritingMixin(PlanMixin):
    """The page "Our priorities": all cards, one of them open at most."""

    permission_required = "priorities.write_plan"
    template_name = "priorities/plan_edit.html"
    open_card = None

    def get_context_data(self, **kwargs):
        plan = self.object
        cards = list(plan.drafts.with_context())
        ready = len([card for card in cards if not card.missing])
        earlier = list(Priority.objects.earlier_of(plan.organization, plan.cycle.year))
        continued = {card.continues_id for card in cards}
        place = clock.zone(self.request.user.zone)
        saved = plan.edited_at.astimezone(place).replace(tzinfo=None)
        year = earlier[0].plan.cycle.year if earlier else None
        context = {
            "plan": plan,
            "cycle": plan.cycle,
            "closed": why_not(plan.cycle, self.now),
            "cards": cards,
            "ready": ready,
            "unready": len(cards) - ready,
            "open_card": self.open_card,
            "earlier_year": year,
            "earlier": told([row for row in earlier if row.plan.cycle.year == year and row.pk not in continued]),
            "can_submit": permissions.has_perm(self.request.user, "priorities.submit_plan", plan),
            "saved": saved,
            "saved_today": saved.date() == self.now.astimezone(place).date(),
            "asked": answers_of(plan),
            "threats": self.threats(),
            "unanswered": missing_answers(plan),
            "check": "check" in self.request.GET,
            "section": "priorities",
            "left": time_left(plan.cycle, self.now),
        }
        return super().get_context_data(**context | kwargs)

    def threats(self):
        """What the organisation filed in its own name this year, as far as this reader may see it."""
        seen = ThreatOpportunity.objects.visible_to(self.request.user, self.now)
        return seen.filter(cycle=self.object.cycle, organization=self.object.organization).order_by("code")


class PlanEdit(WritingMixin, DetailView):
    def get(self, request, *args, **kwargs):
        if not self.object.is_being_written:
            return redirect(self.object.get_absolute_url())
        return super().get(request, *args, **kwargs)


class PlanSubmit(PlanMixin, ActView):
    """Submit; all that is missing is said at once, on the page where it can be filled in."""

    permission_required = "priorities.submit_plan"
    done = _("Submitted. The member organisations can now read it; you can still change it until the deadline.")

    def act(self):
        version = self.request.POST.get("version", "")
        number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
        services.submit_plan(self.object, actor=self.request.user, now=self.now, version=number)

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
        services.withdraw_plan(self.object, actor=self.request.user, now=self.now)
        return reverse("priorities:plan_edit", args=[self.object.code])


class PlanDiscard(PlanMixin, ActView):
    permission_required = "priorities.write_plan"
    done = _("The change has been discarded. What was submitted before remains valid.")

    def act(self):
        services.discard_amendment(self.object, actor=self.request.user, now=self.now)


class ReasonView(ServiceFormMixin, PlanMixin, FormView):
    """An act on a plan that needs a sentence."""

    form_class = ReasonForm

    def get_context_data(self, **kwargs):
        plan = self.object
        return super().get_context_data(
            plan=plan, cycle=plan.cycle, closed=why_not(plan.cycle, self.now), section="priorities", **kwargs
        )


class PlanAmend(ReasonView):
    """Begin a change to what was submitted."""

    permission_required = "priorities.write_plan"
    template_name = "priorities/plan_amend.html"
    done = _("Change what you need. Until you submit again, the others see what was submitted before.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"label": _("What changes, and why")}

    def act(self, form):
        services.amend_plan(self.object, reason=form.cleaned_data["reason"], actor=self.request.user, now=self.now)
        return reverse("priorities:plan_edit", args=[self.object.code])


class PlanNone(ReasonView):
    """Say that the organisation presents none this year."""

    permission_required = "priorities.submit_plan"
    template_name = "priorities/plan_none.html"
    done = _("Noted: your organisation presents none this year. You can still change this until the deadline.")

    def act(self, form):
        services.present_none(self.object, reason=form.cleaned_data["reason"], actor=self.request.user, now=self.now)
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
        plan = services.enter_plan(
            self.cycle, self.organization, actor=self.request.user, now=self.now, **form.cleaned_data
        )
        return reverse("priorities:plan_edit", args=[plan.code])


class PlanOffer(PlanMixin, ActView):
    """Tell the organisation that what it sent is entered."""

    permission_required = "priorities.enter_plan"
    done = _(
        "The organisation is notified by e-mail. Once one of its people edits or submits the plan, only "
        "the organisation can write in it."
    )

    def act(self):
        services.offer_plan(self.object, actor=self.request.user, now=self.now)

    def get_success_url(self):
        return reverse("priorities:plan_edit", args=[self.object.code])
