"""What joins a meeting with the apps above it."""

from django.contrib import messages
from django.utils.translation import gettext as _

from casa.communique import draft
from core.generic import ActView
from meetings.models import Meeting
from meetings.services.communique import begin_communique


class CommuniqueBegin(ActView):
    """Begin the communiqué of a meeting with a draft of what was decided, agreed and elected."""

    model = Meeting
    permission_required = "meetings.lead_communique"

    def act(self):
        meeting = self.object
        communique = begin_communique(
            meeting, language=meeting.source_language, body=draft(meeting, self.now), actor=self.request.user,
            now=self.now,
        )  # fmt: skip
        messages.success(self.request, _("The communiqué has been started. Only the organisations can see it."))
        return communique.get_absolute_url()
