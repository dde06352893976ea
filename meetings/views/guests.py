"""Who is invited, guests among them."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.generic import AboutForm
from core.text import content_language
from meetings.forms.guests import GuestForm
from meetings.models import Meeting
from meetings.services.guests import invite_guest, release_guest
from meetings.views.meetings import MeetingAct, MeetingPage

#: Interface languages of mail, by content language, where they differ.
BY_CONTENT = {"pt": "pt-br"}


class Called(MeetingPage, TemplateView):
    """Everybody who is invited, by organisation, and what they answered; guests last."""

    permission_required = "meetings.convene_meeting"
    template_name = "meetings/called.html"

    def get_context_data(self, **kwargs):
        rows = self.object.invitations.select_related("organization")
        rows = sorted(
            rows, key=lambda row: (row.is_guest, row.organization.position if row.organization else 0, row.name)
        )
        return super().get_context_data(rows=rows, **kwargs)


class GuestInvite(AboutForm):
    """Invite somebody who belongs to no member organisation."""

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
        invite_guest(self.object, **form.cleaned_data, actor=self.request.user, now=self.now)


class GuestRelease(MeetingAct):
    """Withdraw the invitation of a guest."""

    permission_required = "meetings.convene_meeting"
    done = _("The invitation has been withdrawn, and the guest notified.")

    def load_object(self):
        super().load_object()
        self.invitation = self.object.invitations.filter(pk=self.kwargs["invitation"], organization=None).first()

    def act(self):
        if self.invitation is None:
            raise Http404
        release_guest(self.invitation, actor=self.request.user, now=self.now)
