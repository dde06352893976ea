"""The published roll: corrected by two officers, signed in to in the room, and made secret by one elector."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.generic import ActView
from elections.forms.answers import CorrectionAnswerForm, PresenceForm
from elections.forms.roll import CorrectionForm
from elections.models import RollCorrection
from elections.services.check_ins import check_in, record_presence
from elections.services.corrections import RollLine, answer_correction, request_correction
from elections.services.secrecy import request_secrecy
from elections.states import ClaimOutcome, ClaimStage
from elections.views.console import Console, OfficerForm
from elections.views.elections import ElectionPage
from organizations.models import Organization


class CorrectionAsk(OfficerForm):
    """One of the coordination team asks for a correction; another answers it in the console."""

    permission_required = "elections.see_console"
    form_class = CorrectionForm
    done = gettext_lazy(
        "The correction is waiting for another member of the coordination team to confirm or refuse it."
    )
    lede = gettext_lazy(
        "It takes effect once another member of the coordination team confirms it; everybody can see why."
    )

    def load_object(self):
        super().load_object()
        self.today = clock.today(self.now, settings.CASA_ZONE)
        on_roll = Organization.objects.filter(roll_entries__election=self.object)
        members = Organization.objects.members_on(self.today)
        self.organization = (
            members.filter(slug=self.kwargs["slug"]) or on_roll.filter(slug=self.kwargs["slug"])
        ).first()
        if self.organization is None:
            raise Http404
        self.heading = _("Correct the roll: %(organization)s") % {"organization": self.organization}

    def get_form_kwargs(self):
        entry = self.object.roll.filter(organization=self.organization).first()
        claims = self.object.claims.filter(stage=ClaimStage.ROLL, outcome=ClaimOutcome.ACCEPTED)
        return super().get_form_kwargs() | {
            "organization": self.organization,
            "entry": entry,
            "today": self.today,
            "claims": claims.select_related("organization"),
            "is_weighted": self.object.is_weighted,
        }

    def act(self, form):
        data = form.cleaned_data
        line = RollLine(self.organization, data["voter"], data["alternate"], data.get("weight"))
        about = {"reason": data["reason"], "claim": data["claim"]}
        request_correction(self.object, line=line, **about, actor=self.request.user, now=self.now)


class CorrectionAnswer(Console, ActView):
    """Another of the coordination team signs a correction, or refuses it."""

    permission_required = "elections.see_console"

    def act(self):
        row = get_object_or_404(RollCorrection, election=self.object, pk=self.kwargs["pk"])
        confirmed = CorrectionAnswerForm(self.request.POST).value("answer") == "confirm"
        answer_correction(row, confirmed=confirmed, actor=self.request.user, now=self.now)
        self.done = (
            _("The roll has been corrected.")
            if confirmed
            else _("The correction has been refused; the roll stays as it is.")
        )


class ElectorPresent(Console, ActView):
    """The officer notes who of an organisation is in the room."""

    permission_required = "elections.run_election"

    def act(self):
        entry = get_object_or_404(self.object.roll.in_order(), organization__slug=self.kwargs["slug"])
        is_alternate = PresenceForm(self.request.POST).value("who") == "alternate"
        person = entry.alternate if is_alternate else entry.voter
        if person is None:
            raise Http404
        record_presence(self.object, entry=entry, person=person, actor=self.request.user, now=self.now)


class FromBooth(ElectionPage, ActView):
    """An act of an elector, and back to the booth."""

    permission_required = "elections.see_booth"

    def get_permission_object(self):
        return None

    def get_success_url(self):
        return redirect("elections:election_booth", self.object.code).url


class ElectorHere(FromBooth):
    """An elector signs in for the day."""

    done = gettext_lazy("You are checked in until this evening; you vote for your organisation.")

    def act(self):
        check_in(self.object, actor=self.request.user, now=self.now)


class SecrecyRequest(FromBooth):
    """One elector makes the vote secret for all."""

    done = gettext_lazy("The vote is now secret. Everybody is told that an elector asked for it, but not who.")

    def act(self):
        request_secrecy(self.object, actor=self.request.user, now=self.now)
