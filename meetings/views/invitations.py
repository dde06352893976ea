"""Answering an invitation: from the mail, without signing in, or on the meeting's page."""

from django.http import Http404
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from core.errors import CasaError
from core.generic import ClockMixin
from meetings.forms.acts import InvitationAnswerForm
from meetings.models import Meeting
from meetings.queries.invitations import ANSWERS, invitation_by_link
from meetings.services.invitations import answer_invitation
from meetings.views.meetings import MeetingAct


class InvitationAnswer(MeetingAct):
    """The answer of somebody who is invited and signed in."""

    permission_required = "meetings.answer_invitation"
    done = _("Your answer has been recorded. You can change it until the meeting begins.")

    def load_object(self):
        super().load_object()
        user = self.request.user
        self.invitation = user.is_authenticated and self.object.invitations.filter(address=user.email).first()
        if user.is_authenticated and not self.invitation:
            raise Http404

    def act(self):
        data = InvitationAnswerForm(self.request.POST).checked()
        answer_invitation(self.invitation, **data, now=self.now)


@method_decorator(never_cache, name="dispatch")
class InvitationByLink(ClockMixin, View):
    """Answer from a mail, as often as one likes until the meeting begins; opening the page changes nothing."""

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
        form = InvitationAnswerForm(request.POST)
        if not form.is_valid():
            return self.page(422, problem=form.errors["answer"][0])
        try:
            answer_invitation(self.invitation, **form.cleaned_data, now=self.now)
        except CasaError as error:
            return self.page(422, problem=error.message)
        return self.page(done=True)
