"""Room, interpretation, and what organisations ask to put on the agenda."""

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core import clock
from core.generic import AboutForm
from meetings import services
from meetings.documents import programme
from meetings.forms.arranging import ArrangeForm, ProposalForm
from meetings.models import AgendaItem, ItemProposal, Meeting, MeetingRoom
from meetings.services.arranging import minutes_left
from meetings.services.common import ARRANGED, mark_of
from meetings.views.meetings import MeetingAct, MeetingPage
from meetings.views.pages import with_papers
from organizations.models import Organization
from organizations.standing import standing_of


class Arrange(AboutForm):
    """Keep a room, say what is interpreted, ask for proposals."""

    model = Meeting
    permission_required = "meetings.move_meeting"
    form_class = ArrangeForm
    template_name = "meetings/arrange.html"
    heading, verb = _("Room, interpretation and proposals"), _("Save the changes")
    done = _("Room, interpretation and proposals have been saved.")

    def get_initial(self):
        meeting = self.object
        return {
            "room": meeting.room_kept.name if meeting.room_kept_id else "", "interpretation": meeting.interpretation,
            "rooms_beside": "\n".join(meeting.names_beside),
            "proposal_minutes": meeting.proposal_minutes, "version": mark_of(meeting, ARRANGED),
        }  # fmt: skip

    def get_context_data(self, **kwargs):
        names = MeetingRoom.objects.order_by("name").values_list("name", flat=True)
        return super().get_context_data(names=names, **kwargs)

    def act(self, form):
        services.arrange(self.object, **form.cleaned_data, actor=self.request.user, now=self.now)


class ProposalAdd(AboutForm):
    """An organisation asks for a point of the agenda."""

    model = Meeting
    permission_required = "meetings.propose_item"
    form_class = ProposalForm
    heading, verb = _("Propose an item"), _("Propose it")
    done = _("The item has been proposed. The coordination team will answer.")

    def get_initial(self):
        return {}

    def mine(self):
        standing = standing_of(self.request.user, self.now)
        members = Organization.objects.members_on(clock.today(self.now, settings.CASA_ZONE))
        return members.filter(pk__in=standing.writes_for & standing.member_of)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"mine": self.mine()}

    def get_context_data(self, **kwargs):
        left = ", ".join(f"{one.acronym} {minutes_left(self.object, one)} min" for one in self.mine())
        return super().get_context_data(lede=_("Left to propose: %(left)s.") % {"left": left}, **kwargs)

    def act(self, form):
        data = form.cleaned_data
        services.propose_item(self.object, data.pop("organization"), **data, actor=self.request.user, now=self.now)


class ProposalAct(MeetingAct):
    """About one proposal among those this reader may see."""

    def load_object(self):
        super().load_object()
        seen = ItemProposal.objects.visible_to(self.request.user, self.now).filter(meeting=self.object)
        self.proposal = seen.filter(pk=self.kwargs["proposal"]).first()
        if self.proposal is None:
            raise Http404

    def get_permission_object(self):
        return self.proposal


class ProposalAnswer(ProposalAct):
    """Take it, or say why not."""

    permission_required = "meetings.edit_agenda"
    done = _("The proposal has been answered.")

    def get_success_url(self):
        return reverse("meetings:agenda", args=[self.object.code])

    def act(self):
        post = self.request.POST
        services.answer_proposal(
            self.proposal, post.get("state", ""), post.get("answer", "")[:400], actor=self.request.user, now=self.now
        )


class ProposalWithdraw(ProposalAct):
    """Ask for it no more."""

    permission_required = "meetings.withdraw_proposal"
    done = _("The proposal has been withdrawn.")

    def act(self):
        services.withdraw_proposal(self.proposal, actor=self.request.user, now=self.now)


class Binder(MeetingPage, TemplateView):
    """The agenda with its hours, notes and papers, to print or keep: as far as this reader may see it."""

    template_name = "meetings/binder.html"

    def get_context_data(self, **kwargs):
        user, now, meeting = self.request.user, self.now, self.object
        items = list(AgendaItem.objects.visible_to(user, now).filter(meeting=meeting).in_order())
        with_papers(meeting, items, user, now)
        community = standing_of(user, now).is_community
        return super().get_context_data(
            programme=programme(meeting, items), community=community, now=now, in_room=True, is_printing=True,
            year_before=meeting.year - 1, **kwargs,
        )  # fmt: skip
