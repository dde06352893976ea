"""The cards of a plan that is being written."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View

from commons.models import Theme
from core import clock
from core.autosave import AutosaveMixin
from core.errors import CasaError, NotNow, PermissionDenied
from core.generic import ServiceFormMixin
from core.text import content_language
from priorities import services
from priorities.forms import DraftForm, initial_of
from priorities.models import Priority
from priorities.states import Health
from priorities.views.plans import PlanMixin, WritingMixin
from spaces.models import Space


def room_of(plan, now, kept=None):
    """What a card of a plan may choose from: themes on offer today and the one that is kept, spaces, earlier years."""
    themes = list(Theme.objects.offered_on(clock.today(now, plan.cycle.zone)))
    if kept is not None and kept not in themes:
        themes.append(kept)
    earlier = Priority.objects.earlier_of(plan.organization, plan.cycle.year)
    return {"themes": themes, "spaces": list(Space.objects.in_order()), "earlier": list(earlier)}


#: Of the last word on an earlier priority.
MOST_WORDS = 400


class CardForm(AutosaveMixin, ServiceFormMixin, WritingMixin, FormView):
    """One card open among the others."""

    form_class = DraftForm
    saved_message = _("Saved as a draft.")

    def told(self):
        address = reverse("priorities:draft_edit", args=[self.object.code, self.saved.pk])
        return {"version": self.saved.version, "address": address}

    def get(self, request, *args, **kwargs):
        if not self.object.is_being_written:
            return redirect(self.object.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        kept = getattr(self.open_card, "theme", None)
        return super().get_form_kwargs() | room_of(self.object, self.now, kept)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = context["form"]
        return context | {"more_open": any(form[name].errors for name in form.MORE)}

    def get_success_url(self):
        if "another" in self.request.POST:
            return reverse("priorities:draft_add", args=[self.object.code]) + "#card-new"
        address = reverse("priorities:plan_edit", args=[self.object.code])
        return f"{address}#card-{self.saved.pk}"


class DraftAdd(CardForm):
    """A new card; nothing is stored before it is saved for the first time."""

    def get_initial(self):
        return {"language": content_language()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"new_card": True}

    def act(self, form):
        self.saved = services.add_draft(self.object, actor=self.request.user, now=self.now, **form.values())


class DraftEdit(CardForm):
    """A card that is there; where somebody else wrote meanwhile, both texts are shown and nothing is lost."""

    def load_object(self):
        super().load_object()
        self.open_card = draft_of(self)

    def get(self, request, *args, **kwargs):
        if self.open_card is None:
            return back_without_card(self)
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if self.open_card is not None:
            return super().post(request, *args, **kwargs)
        form = self.get_form()
        form.add_error(None, _("This card was removed or submitted while you were writing. Your text is below: you can save it as "
"a new card."))  # fmt: skip
        return self.render_to_response(self.get_context_data(form=form, new_card=True), status=409)

    def get_initial(self):
        return initial_of(self.open_card) if self.open_card else {}

    def act(self, form):
        self.saved = services.write_draft(
            self.open_card, version=form.cleaned_data["version"], actor=self.request.user, now=self.now,
            **form.values(),
        )  # fmt: skip

    def form_invalid(self, form):
        theirs = getattr(form, "conflict", None)
        if theirs is None:
            return super().form_invalid(form)
        self.open_card = theirs
        form.data = form.data.copy()
        form.data["version"] = theirs.version
        context = self.get_context_data(form=form, differences=differences(form, theirs))
        return self.render_to_response(context, status=409)


def differences(form, theirs):
    """[(label, what stands now)] of the texts in which a refused card differs from the stored one."""
    now = initial_of(theirs)
    return [
        (form.fields[name].label, now[name])
        for name in DraftForm.WORDS
        if (form.cleaned_data.get(name) or "").strip() != now[name].strip()
    ]


def draft_of(view):
    """The card of the address, of this plan and among those this reader writes; None where there is none."""
    found = view.object.drafts.visible_to(view.request.user, view.now).select_related("theme", "continues")
    return found.filter(pk=view.kwargs["pk"]).first()


def back_without_card(view):
    messages.warning(view.request, _("This card is no longer there: it was removed, or the plan was submitted."))
    return redirect(reverse("priorities:plan_edit", args=[view.object.code]))


class CardAct(PlanMixin, View):
    """A POST about one card, then back to all of them."""

    permission_required = "priorities.write_plan"
    http_method_names = ["post"]
    done = ""

    def load_object(self):
        super().load_object()
        self.thing = self.find()

    def find(self):
        return draft_of(self)

    def post(self, request, *args, **kwargs):
        if self.thing is None:
            return back_without_card(self)
        anchor = ""
        try:
            anchor = self.act() or ""
        except PermissionDenied:
            raise
        except CasaError as error:
            messages.error(request, error.message)
        else:
            if self.done:
                messages.success(request, self.done)
        return redirect(reverse("priorities:plan_edit", args=[self.object.code]) + anchor)


class DraftMove(CardAct):
    """One place up (`up=1`) or down."""

    def act(self):
        up = self.request.POST.get("up") == "1"
        services.move_draft(self.thing, up=up, actor=self.request.user, now=self.now)
        return f"#card-{self.thing.pk}"


class DraftRemove(CardAct):
    done = _("The card has been removed.")

    def act(self):
        services.remove_draft(self.thing, actor=self.request.user, now=self.now)


class DraftContinue(CardAct):
    """A card that continues an earlier year's priority of the same organisation."""

    done = _("Added to this year's cards. Change what is different.")

    def find(self):
        plan = self.object
        earlier = Priority.objects.earlier_of(plan.organization, plan.cycle.year)
        return earlier.filter(code=self.kwargs["priority"]).first()

    def act(self):
        draft = services.continue_priority(self.object, self.thing, actor=self.request.user, now=self.now)
        return f"{draft.pk}/#card-{draft.pk}" if self.request.POST.get("change") else f"#card-{draft.pk}"


class DraftEnd(DraftContinue):
    """An earlier year's priority is done, or does not continue and why: its last word, told from the cards."""

    done = _("Recorded.")
    ends = (Health.DONE, Health.DROPPED)

    def act(self):
        health, words = self.request.POST.get("health"), self.request.POST.get("words", "").strip()
        if health not in self.ends or len(words) > MOST_WORDS:
            raise NotNow(_("Choose one of the two, and say why in at most %(n)s characters.") % {"n": MOST_WORDS})
        if health == Health.DROPPED and not words:
            raise NotNow(
                _("Say in a few words why it does not continue: everybody who sees the priority will see the reason.")
            )
        services.tell_priority(
            self.thing, health=health, words=words, evidence="", actor=self.request.user, now=self.now
        )
        return "#earlier"
