"""What joins a meeting with the floors above it."""

from django.contrib import messages
from django.utils.translation import gettext as _

from casa.communique import draft
from core.generic import ActView
from meetings import services
from meetings.models import Meeting


class CommuniqueBegin(ActView):
    """Begin the communiqué of a meeting with a draft of what was decided, agreed and elected."""

    model = Meeting
    permission_required = "meetings.lead_communique"

    def act(self):
        meeting = self.object
        communique = services.begin_communique(
            meeting,
            language=meeting.source_language,
            body=draft(meeting, self.now),
            actor=self.request.user,
            now=self.now,
        )
        messages.success(self.request, _("The communiqué has been started. Only the organisations can see it."))
        return communique.get_absolute_url()
