"""Acts of the coordination team on a meeting as a whole."""

from django.conf import settings
from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView

from core import clock
from core.generic import ActView, ServiceFormMixin, VisibleMixin, differences
from core.records.models import Record
from meetings.forms.acts import CurrentItemForm
from meetings.forms.meetings import CancelForm, MeetingEditForm, MeetingForm, MoveForm
from meetings.forms.outcome import VisibilityForm
from meetings.models import Meeting
from meetings.services.invitations import convene_meeting, invite_missing
from meetings.services.meetings import begin_session, create_meeting, edit_meeting, mark_held, set_visibility
from meetings.services.schedule import cancel_meeting, move_meeting
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
    """A form about one meeting; with a `heading` and a `lede`."""

    template_name = "meetings/form.html"
    heading = lede = ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(heading=self.heading, lede=self.lede, **kwargs)


class VersionConflictMixin:
    """For a form with `base_version`: after a conflict, sending again builds on the row as it is now."""

    def form_invalid(self, form):
        if getattr(form, "conflict", None) is not None:
            form.data = form.data.copy()
            form.data["base_version"] = Record.objects.get(code=form.conflict.code).version
        return super().form_invalid(form)


class ConflictMixin:
    """For a form with `seen`: after a conflict the values of now are shown beside those sent, and sending again
    overwrites them. `replace_object` puts the row of now in the place of the one that was loaded."""

    def replace_object(self, current):
        self.object = current

    def form_invalid(self, form):
        current = getattr(form, "conflict", None)
        if current is None:
            return super().form_invalid(form)
        self.replace_object(current)
        unsent = {name: value for name, value in self.get_form_kwargs().items() if name not in ("data", "files")}
        current_form = self.get_form_class()(**unsent)
        form.data = form.data.copy()
        form.data["seen"] = current_form["seen"].value()
        context = self.get_context_data(form=form, differences=differences(form, current_form))
        return self.render_to_response(context, status=422)


class MeetingAct(ActView):
    """One act on a meeting by a POST."""

    model = Meeting


def item_in_query(view):
    """The agenda item from whose minutes a sentence is taken (`?item=`), or None."""
    form = CurrentItemForm(view.request.GET, meeting=view.object)
    return form.cleaned_data["item"] if form.is_valid() else None


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
        return create_meeting(form.plan(), actor=self.request.user, now=self.now).get_absolute_url()


class MeetingEdit(VersionConflictMixin, MeetingFormPage):
    """Correct title, kind and audience."""

    permission_required = "meetings.edit_meeting"
    form_class = MeetingEditForm
    heading = gettext_lazy("Correct the meeting")
    done = gettext_lazy("The meeting has been corrected.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"row": self.object}

    def get_initial(self):
        return {"base_version": Record.objects.get(code=self.object.code).version}

    def act(self, form):
        data = form.cleaned_data
        edit_meeting(
            self.object,
            titles=form.texts("title"),
            language=data["source_language"],
            kind=data["kind"],
            visibility=data["visibility"],
            base_version=data["base_version"],
            actor=self.request.user,
            now=self.now,
        )


class MeetingVisibility(MeetingFormPage):
    """Widen or narrow who may see a meeting, in any state."""

    permission_required = "meetings.edit_meeting"
    form_class = VisibilityForm
    heading = gettext_lazy("Who can see this meeting")
    done = gettext_lazy("You changed who can see it.")

    def get_initial(self):
        return {"visibility": self.object.visibility}

    def act(self, form):
        set_visibility(self.object, **form.cleaned_data, actor=self.request.user, now=self.now)


class MeetingMove(ConflictMixin, MeetingFormPage):
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
        changed = move_meeting(
            self.object,
            schedule=form.schedule,
            seen=form.cleaned_data["seen"],
            actor=self.request.user,
            now=self.now,
            **form.where,
        )
        if not changed:
            messages.info(self.request, _("There were no changes; nobody was notified."))
        elif self.object.state == "convened":
            messages.success(self.request, _("The meeting has been moved. Those invited have been notified."))
        else:
            messages.success(self.request, _("When and where have been saved."))


class MeetingConvene(MeetingPage, TemplateView):
    """Look at who will be invited, then convene the meeting."""

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
        convene_meeting(self.object, actor=self.request.user, now=self.now)


class MeetingInvite(MeetingAct):
    """Invite those who were not invited yet."""

    permission_required = "meetings.convene_meeting"

    def act(self):
        number = invite_missing(self.object, actor=self.request.user, now=self.now)
        message = ngettext("%(n)s more person was invited.", "%(n)s more people were invited.", number) % {"n": number}
        nobody = _("Everybody who speaks for a member organisation has been invited.")
        messages.success(self.request, message if number else nobody)


class MeetingCancel(MeetingFormPage):
    """Cancel a meeting."""

    permission_required = "meetings.cancel_meeting"
    form_class = CancelForm
    heading = gettext_lazy("Cancel the meeting")
    lede = gettext_lazy(
        "It stays on record as cancelled. This cannot be undone: you would have to plan another meeting."
    )
    done = gettext_lazy("The meeting has been cancelled. Those invited have been notified.")

    def act(self, form):
        cancel_meeting(self.object, **form.cleaned_data, actor=self.request.user, now=self.now)


class MeetingBegin(MeetingAct):
    """Put a meeting in session."""

    permission_required = "meetings.hold_meeting"
    done = gettext_lazy("The meeting is now in session.")

    def act(self):
        begin_session(self.object, actor=self.request.user, now=self.now)


class MeetingHold(MeetingAct):
    """Mark a meeting as held."""

    permission_required = "meetings.hold_meeting"
    done = gettext_lazy("The meeting has been marked as held. Its outcome can be published.")

    def act(self):
        mark_held(self.object, actor=self.request.user, now=self.now)
