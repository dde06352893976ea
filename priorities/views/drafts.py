"""The drafts of a plan that is being written."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View

from core.autosave import AutosaveMixin
from core.errors import CasaError, NotNow, PermissionDenied
from core.generic import ServiceFormMixin
from core.text import content_language
from priorities.forms.drafts import ContinueForm, DraftForm, EndForm, MoveForm, initial_of
from priorities.models import Priority
from priorities.queries.drafts import draft_choices
from priorities.services.drafts import add_draft, continue_priority, move_draft, remove_draft, write_draft
from priorities.services.progress import report_on_priority
from priorities.states import Health
from priorities.views.plans import EditorMixin, PlanMixin


class DraftFormView(AutosaveMixin, ServiceFormMixin, EditorMixin, FormView):
    """One draft open among the others."""

    form_class = DraftForm
    saved_message = _("Saved as a draft.")
    writes_another = False

    def saved_state(self):
        address = reverse("priorities:draft_edit", args=[self.object.code, self.saved.pk])
        return {"version": self.saved.version, "address": address}

    def get(self, request, *args, **kwargs):
        if not self.object.is_being_written:
            return redirect(self.object.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        choices = draft_choices(self.object, self.now, current_theme=getattr(self.open_draft, "theme", None))
        return super().get_form_kwargs() | {"choices": choices}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = context["form"]
        return context | {"more_open": any(form[name].errors for name in form.MORE)}

    def form_valid(self, form):
        self.writes_another = form.cleaned_data["another"]
        return super().form_valid(form)

    def get_success_url(self):
        if self.writes_another:
            return reverse("priorities:draft_add", args=[self.object.code]) + "#card-new"
        address = reverse("priorities:plan_edit", args=[self.object.code])
        return f"{address}#card-{self.saved.pk}"


class DraftAdd(DraftFormView):
    """A new draft; nothing is stored before it is saved for the first time."""

    is_adding = True

    def get_initial(self):
        return {"language": content_language()}

    def act(self, form):
        self.saved = add_draft(self.object, actor=self.request.user, now=self.now, **form.values())


class DraftEdit(DraftFormView):
    """A draft that exists; where somebody else wrote meanwhile, both texts are shown and nothing is lost."""

    def load_object(self):
        super().load_object()
        self.open_draft = draft_of(self)

    def get(self, request, *args, **kwargs):
        if self.open_draft is None:
            return back_without_draft(self)
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if self.open_draft is not None:
            return super().post(request, *args, **kwargs)
        form = self.get_form()
        sentence = _(
            "This card was removed or submitted while you were writing. Your text is below: you can save it as a new "
            "card."
        )
        form.add_error(None, sentence)
        self.is_adding = True
        return self.render_to_response(self.get_context_data(form=form), status=409)

    def get_initial(self):
        return initial_of(self.open_draft) if self.open_draft else {}

    def act(self, form):
        version = form.cleaned_data["version"]
        self.saved = write_draft(
            self.open_draft, version=version, actor=self.request.user, now=self.now, **form.values()
        )

    def form_invalid(self, form):
        current = getattr(form, "conflict", None)
        if current is None:
            return super().form_invalid(form)
        self.open_draft = current
        form.data = form.data.copy()
        form.data["version"] = current.version
        context = self.get_context_data(form=form, differences=differences(form, current))
        return self.render_to_response(context, status=409)


def differences(form, current):
    """[(label, stored text)] of the texts in which a refused draft differs from the stored one."""
    stored = initial_of(current)
    return [
        (form.fields[name].label, stored[name])
        for name in DraftForm.TEXTS
        if (form.cleaned_data.get(name) or "").strip() != stored[name].strip()
    ]


def draft_of(view):
    """The draft of the address, of this plan and among those this reader writes; None where there is none."""
    drafts = view.object.drafts.visible_to(view.request.user, view.now).select_related("theme", "continues")
    return drafts.filter(pk=view.kwargs["pk"]).first()


def back_without_draft(view):
    messages.warning(view.request, _("This card is no longer there: it was removed, or the plan was submitted."))
    return redirect(reverse("priorities:plan_edit", args=[view.object.code]))


class EditorAct(PlanMixin, View):
    """A POST about one row of the plan's page, then back to the page.

    Give `find()`, which returns the row or None, `done` (the sentence on success) and `act()`, which returns what
    follows the page's address.
    """

    permission_required = "priorities.write_plan"
    http_method_names = ["post"]
    done = ""

    def load_object(self):
        super().load_object()
        self.row = self.find()

    def find(self):
        return draft_of(self)

    def post(self, request, *args, **kwargs):
        if self.row is None:
            return back_without_draft(self)
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


class DraftMove(EditorAct):
    """One place up or down."""

    def act(self):
        up = MoveForm(self.request.POST).parsed()["up"]
        move_draft(self.row, up=up, actor=self.request.user, now=self.now)
        return f"#card-{self.row.pk}"


class DraftRemove(EditorAct):
    done = _("The card has been removed.")

    def act(self):
        remove_draft(self.row, actor=self.request.user, now=self.now)


class DraftContinue(EditorAct):
    """A draft that continues an earlier year's priority of the same organisation."""

    done = _("Added to this year's cards. Change what is different.")

    def find(self):
        earlier = Priority.objects.earlier_of(self.object.organization, self.object.cycle.year)
        return earlier.filter(code=self.kwargs["priority"]).first()

    def act(self):
        changes = ContinueForm(self.request.POST).parsed()["change"]
        draft = continue_priority(self.object, priority=self.row, actor=self.request.user, now=self.now)
        return f"{draft.pk}/#card-{draft.pk}" if changes else f"#card-{draft.pk}"


class DraftEnd(DraftContinue):
    """An earlier year's priority is done, or does not continue and why: its last report, made while planning."""

    done = _("Recorded.")

    def act(self):
        form = EndForm(self.request.POST)
        if not form.is_valid():
            sentence = _("Choose one of the two, and say why in at most %(n)s characters.")
            raise NotNow(sentence % {"n": EndForm.MOST_LETTERS})
        health, words = form.cleaned_data["health"], form.cleaned_data["words"]
        if health == Health.DROPPED and not words:
            raise NotNow(
                _("Say in a few words why it does not continue: everybody who sees the priority will see the reason.")
            )
        report_on_priority(self.row, health=health, words=words, evidence="", actor=self.request.user, now=self.now)
        return "#earlier"
