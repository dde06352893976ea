"""Who was called, guests among them."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.generic import AboutForm
from core.text import content_language
from meetings import services
from meetings.forms.guests import GuestForm
from meetings.models import Meeting
from meetings.views.meetings import MeetingAct, MeetingPage

#: Interface languages of mail, by content language, where they differ.
BY_CONTENT = {"pt": "pt-br"}


class Called(MeetingPage, TemplateView):
    """Everybody who was called, by organisation, and what they answered; guests last."""

    permission_required = "meetings.convene_meeting"
    template_name = "meetings/called.html"

    def get_context_data(self, **kwargs):
        rows = self.object.invitations.select_related("organization")
        rows = sorted(
            rows, key=lambda one: (one.is_guest, one.organization.position if one.organization else 0, one.name)
        )
        return super().get_context_data(rows=rows, **kwargs)


class GuestInvite(AboutForm):
    """Call somebody who belongs to no member organisation."""

    model = Meeting
    permission_required = "meetings.convene_meeting"
    form_class = GuestForm
    heading, verb = _("Invite a guest"), _("Invite them")
    lede = _("They get the invitation with a calendar entry, and answer with a personal link.")
    done = _("The guest has been notified.")

    def get_initial(self):
        language = content_language()
        return {"language": BY_CONTENT.get(language, language), "zone": self.object.zone}

    def act(self, form):
        services.invite_guest(self.object, actor=self.request.user, now=self.now, **form.cleaned_data)


class GuestRelease(MeetingAct):
    permission_required = "meetings.convene_meeting"
    done = _("The invitation has been withdrawn, and the guest notified.")

    def load_object(self):
        super().load_object()
        self.invitation = self.object.invitations.filter(pk=self.kwargs["invitation"], organization=None).first()

    def act(self):
        if self.invitation is None:
            raise Http404
        services.release_guest(self.invitation, actor=self.request.user, now=self.now)
