"""Rooms and interpretation, proposals of organisations, and the binder."""

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core import clock
from core.generic import AboutForm
from meetings.forms.acts import ProposalAnswerForm
from meetings.forms.arrangements import ArrangementsForm, ProposalForm
from meetings.models import AgendaItem, ItemProposal, Meeting, MeetingRoom
from meetings.queries.fingerprints import ARRANGEMENTS, fingerprint_of
from meetings.queries.pages.agenda import agenda_of, with_papers
from meetings.queries.proposals import minutes_left
from meetings.services.arrangements import arrange_meeting
from meetings.services.proposals import answer_proposal, propose_item, withdraw_proposal
from meetings.views.meetings import MeetingAct, MeetingPage
from organizations.models import Organization
from organizations.standing import standing_of


class Arrange(AboutForm):
    """Book rooms, set the interpretation, open the agenda to proposals."""

    model = Meeting
    permission_required = "meetings.move_meeting"
    form_class = ArrangementsForm
    template_name = "meetings/arrange.html"
    heading, verb = _("Room, interpretation and proposals"), _("Save the changes")
    done = _("Room, interpretation and proposals have been saved.")

    def get_initial(self):
        meeting = self.object
        return {
            "room": meeting.room.name if meeting.room else "",
            "interpretation": meeting.interpretation,
            "additional_rooms": "\n".join(meeting.additional_room_names),
            "proposal_minutes": meeting.proposal_minutes,
            "version": fingerprint_of(meeting, ARRANGEMENTS),
        }

    def get_context_data(self, **kwargs):
        names = MeetingRoom.objects.order_by("name").values_list("name", flat=True)
        return super().get_context_data(names=names, **kwargs)

    def act(self, form):
        arrange_meeting(self.object, **form.cleaned_data, actor=self.request.user, now=self.now)


class ProposalAdd(AboutForm):
    """Propose an agenda item for an organisation."""

    model = Meeting
    permission_required = "meetings.propose_item"
    form_class = ProposalForm
    heading, verb = _("Propose an item"), _("Propose it")
    done = _("The item has been proposed. The coordination team will answer.")

    def get_initial(self):
        return {}

    def own_organizations(self):
        standing = standing_of(self.request.user, self.now)
        members = Organization.objects.members_on(clock.today(self.now, settings.CASA_ZONE))
        return members.filter(pk__in=standing.writes_for & standing.member_of)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"organizations": self.own_organizations()}

    def get_context_data(self, **kwargs):
        left = ", ".join(f"{one.acronym} {minutes_left(self.object, one)} min" for one in self.own_organizations())
        return super().get_context_data(lede=_("Left to propose: %(left)s.") % {"left": left}, **kwargs)

    def act(self, form):
        organization, proposal = form.cleaned_data["organization"], form.proposal()
        propose_item(self.object, organization=organization, proposal=proposal, actor=self.request.user, now=self.now)


class ProposalAct(MeetingAct):
    """One act on a proposal among those this reader can see."""

    def load_object(self):
        super().load_object()
        seen = ItemProposal.objects.visible_to(self.request.user, self.now).filter(meeting=self.object)
        self.proposal = seen.filter(pk=self.kwargs["proposal"]).first()
        if self.proposal is None:
            raise Http404

    def get_permission_object(self):
        return self.proposal


class ProposalAnswer(ProposalAct):
    """Put a proposal on the agenda, or decline it with a reason."""

    permission_required = "meetings.edit_agenda"
    done = _("The proposal has been answered.")

    def get_success_url(self):
        return reverse("meetings:agenda", args=[self.object.code])

    def act(self):
        data = ProposalAnswerForm(self.request.POST).checked()
        answer_proposal(self.proposal, **data, actor=self.request.user, now=self.now)


class ProposalWithdraw(ProposalAct):
    """Withdraw a proposal."""

    permission_required = "meetings.withdraw_proposal"
    done = _("The proposal has been withdrawn.")

    def act(self):
        withdraw_proposal(self.proposal, actor=self.request.user, now=self.now)


class Binder(MeetingPage, TemplateView):
    """The agenda with its hours, notes and papers, to print, as far as this reader can see it."""

    template_name = "meetings/binder.html"

    def get_context_data(self, **kwargs):
        user, now, meeting = self.request.user, self.now, self.object
        items = list(AgendaItem.objects.visible_to(user, now).filter(meeting=meeting).in_order())
        with_papers(meeting, items, user, now)
        community = standing_of(user, now).is_community
        return super().get_context_data(
            agenda=agenda_of(meeting, items, user, is_community=community, is_printing=True),
            community=community,
            now=now,
            in_room=True,
            **kwargs,
        )
