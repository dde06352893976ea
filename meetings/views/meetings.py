"""Acts of the coordination team on a meeting as a whole."""

from django.conf import settings
from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView

from core import clock
from core.generic import ActView, ServiceFormMixin, VisibleMixin, differences
from core.records.models import Record
from meetings import services
from meetings.forms import CancelForm, MeetingForm, MeetingWordsForm, MoveForm, VisibilityForm
from meetings.models import Meeting
from organizations.models import Organization
from organizations.standing.addressees import who_speaks_for


class MeetingPage(VisibleMixin):
    """A page about one meeting among those the reader may see."""

    model = Meeting
    extra_context = {"section": "meetings"}

    def get_context_data(self, **kwargs):
        return super().get_context_data(meeting=self.object, **kwargs)

    def get_success_url(self):
        return self.object.get_absolute_url()


class MeetingFormPage(ServiceFormMixin, MeetingPage, FormView):
    """A form about one meeting; `heading` and `lede` stand over it."""

    template_name = "meetings/form.html"
    heading = lede = ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(heading=self.heading, lede=self.lede, **kwargs)


class BuildsUponTheirs:
    """After a conflict what stands now is before the writer's eyes: sending again builds upon it."""

    def form_invalid(self, form):
        if getattr(form, "conflict", None) is not None:
            form.data = form.data.copy()
            form.data["base_version"] = form.conflict.record_version
        return super().form_invalid(form)


class ShowsBoth:
    """Where somebody else changed the same meanwhile, what stands now is told beside what was written, and sending again
    is an answer to that. Its form has `seen`; `take(theirs)` puts what stands in the place of what was loaded."""

    def take(self, theirs):
        self.object = theirs

    def form_invalid(self, form):
        theirs = getattr(form, "conflict", None)
        if theirs is None:
            return super().form_invalid(form)
        self.take(theirs)
        unsent = {name: value for name, value in self.get_form_kwargs().items() if name not in ("data", "files")}
        stands = self.get_form_class()(**unsent)
        form.data = form.data.copy()
        form.data["seen"] = stands["seen"].value()
        told = differences(form, stands)
        return self.render_to_response(self.get_context_data(form=form, differences=told), status=422)


class MeetingAct(ActView):
    """One act on a meeting by a POST."""

    model = Meeting


def item_asked_for(view):
    """The point of this meeting's agenda whose notes a sentence comes from (`?item=`), or None."""
    said = view.request.GET.get("item", "")
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 12 else 0
    return view.object.agenda.filter(pk=number).first()


class MeetingCreate(ServiceFormMixin, FormView):
    """Plan a meeting."""

    permission_required = "meetings.create_meeting"
    form_class = MeetingForm
    template_name = "meetings/form.html"
    done = gettext_lazy("The meeting has been planned. Nobody has been invited yet.")
    extra_context = {
        "section": "meetings",
        "heading": gettext_lazy("Plan a meeting"),
        "lede": gettext_lazy("Only the title is needed now. You invite the organisations in a second step."),
    }

    def act(self, form):
        data = form.cleaned_data
        meeting = services.create_meeting(
            titles=form.said("title"), language=data["source_language"], kind=data["kind"], when=form.when,
            visibility=data["visibility"], actor=self.request.user, now=self.now, **form.where,
        )  # fmt: skip
        return meeting.get_absolute_url()


class MeetingEdit(BuildsUponTheirs, MeetingFormPage):
    """Correct title, kind and audience."""

    permission_required = "meetings.edit_meeting"
    form_class = MeetingWordsForm
    heading = gettext_lazy("Correct the meeting")
    done = gettext_lazy("The meeting has been corrected.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"row": self.object}

    def get_initial(self):
        return {"base_version": Record.objects.get(code=self.object.code).version}

    def act(self, form):
        data = form.cleaned_data
        services.edit_meeting(
            self.object, titles=form.said("title"), language=data["source_language"], kind=data["kind"],
            visibility=data["visibility"], base_version=data["base_version"], actor=self.request.user, now=self.now,
        )  # fmt: skip


class MeetingVisibility(MeetingFormPage):
    """Widen or narrow who may see a meeting, in any state."""

    permission_required = "meetings.edit_meeting"
    form_class = VisibilityForm
    heading = gettext_lazy("Who can see this meeting")
    done = gettext_lazy("You changed who can see it.")

    def get_initial(self):
        return {"visibility": self.object.visibility}

    def act(self, form):
        services.set_visibility(self.object, form.cleaned_data["visibility"], self.request.user, self.now)


class MeetingMove(ShowsBoth, MeetingFormPage):
    """Change when and where."""

    permission_required = "meetings.move_meeting"
    form_class = MoveForm
    heading = gettext_lazy("When and where")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"meeting": self.object}

    def get_context_data(self, **kwargs):
        self.lede = (
            _("Those invited get the change by e-mail, and their calendars are updated.")
            if self.object.state == "convened"
            else ""
        )
        return super().get_context_data(**kwargs)

    def act(self, form):
        changed = services.move_meeting(
            self.object, when=form.when, seen=form.cleaned_data["seen"], actor=self.request.user, now=self.now,
            **form.where,
        )  # fmt: skip
        if not changed:
            messages.info(self.request, _("There were no changes; nobody was notified."))
        elif self.object.state == "convened":
            messages.success(self.request, _("The meeting has been moved. Those invited have been notified."))
        else:
            messages.success(self.request, _("When and where have been saved."))


class MeetingConvene(MeetingPage, TemplateView):
    """Look at who will be called, then call them."""

    permission_required = "meetings.convene_meeting"
    template_name = "meetings/convene.html"

    def get_context_data(self, **kwargs):
        today = clock.today(self.now, settings.CASA_ZONE)
        members = list(Organization.objects.members_on(today))
        speaking = who_speaks_for(members, today)
        called = [(organization, speaking[organization.pk]) for organization in members]
        silent = [organization for organization, people in called if not people]
        return super().get_context_data(called=called, silent=silent, **kwargs)

    def post(self, request, *args, **kwargs):
        return MeetingConvening.as_view()(request, *args, **kwargs)


class MeetingConvening(MeetingAct):
    permission_required = "meetings.convene_meeting"
    done = gettext_lazy("The meeting has been convened. The organisations have been invited by e-mail.")

    def act(self):
        services.convene_meeting(self.object, self.request.user, self.now)


class MeetingInvite(MeetingAct):
    """Call those who were not called yet."""

    permission_required = "meetings.convene_meeting"

    def act(self):
        number = services.invite_missing(self.object, self.request.user, self.now)
        words = ngettext("%(n)s more person was invited.", "%(n)s more people were invited.", number) % {"n": number}
        messages.success(
            self.request, words if number else _("Everybody who speaks for a member organisation has been invited.")
        )


class MeetingCancel(MeetingFormPage):
    """Call a meeting off."""

    permission_required = "meetings.cancel_meeting"
    form_class = CancelForm
    heading = gettext_lazy("Cancel the meeting")
    lede = gettext_lazy(
        "It stays on record as cancelled. This cannot be undone: you would have to plan another meeting."
    )
    done = gettext_lazy("The meeting has been cancelled. Those invited have been notified.")

    def act(self, form):
        services.cancel_meeting(self.object, form.cleaned_data["reason"], self.request.user, self.now)


class MeetingBegin(MeetingAct):
    """The organisations are in the room."""

    permission_required = "meetings.hold_meeting"
    done = gettext_lazy("The meeting is now in session.")

    def act(self):
        services.begin_session(self.object, self.request.user, self.now)


class MeetingHold(MeetingAct):
    """The meeting is over."""

    permission_required = "meetings.hold_meeting"
    done = gettext_lazy("The meeting has been marked as held. Its outcome can be published.")

    def act(self):
        services.mark_held(self.object, self.request.user, self.now)
