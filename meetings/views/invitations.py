"""Answering a call: from the mail, without signing in, or on the meeting's page."""

from django.http import Http404
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from core.errors import CasaError
from core.generic import ClockMixin
from meetings import services
from meetings.models import Meeting
from meetings.services.calling import ANSWERS, invitation_by_link
from meetings.views.meetings import MeetingAct


class InvitationAnswer(MeetingAct):
    """The answer of somebody who was called and is signed in."""

    permission_required = "meetings.answer_invitation"
    done = _("Your answer has been recorded. You can change it until the meeting begins.")

    def load_object(self):
        super().load_object()
        user = self.request.user
        self.invitation = user.is_authenticated and self.object.invitations.filter(address=user.email).first()
        if user.is_authenticated and not self.invitation:
            raise Http404

    def act(self):
        services.answer_invitation(self.invitation, self.request.POST.get("answer", ""), now=self.now)


@method_decorator(never_cache, name="dispatch")
class InvitationByLink(ClockMixin, View):
    """Answer from a mail; opening the page changes nothing, and one may change one's mind until it begins."""

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request, *args, **kwargs):
        self.meeting = Meeting.objects.filter(code=kwargs["code"]).first()
        self.invitation = self.meeting and invitation_by_link(self.meeting, kwargs["token"], self.now)
        if not self.invitation:
            return self.page(status=410)
        return super().dispatch(request, *args, **kwargs)

    def page(self, status=200, **context):
        context |= (
            {"meeting": self.meeting, "invitation": self.invitation, "answers": ANSWERS} if self.invitation else {}
        )
        return render(self.request, "meetings/invitation_by_link.html", context, status=status)

    def get(self, request, code, token):
        return self.page()

    def post(self, request, code, token):
        try:
            services.answer_invitation(self.invitation, request.POST.get("answer", ""), now=self.now)
        except CasaError as error:
            return self.page(422, problem=next(iter(getattr(error, "missing", {}).values()), error.message))
        return self.page(done=True)
