"""The officer's console: what comes next, who must do it, and the button."""

import datetime
from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from accounts.models import User
from core import clock
from core.generic import ActView, ServiceFormMixin
from elections.forms.elections import AnnulForm, ElectionForm
from elections.forms.roll import RollForm
from elections.models import Election
from elections.queries.pages.console import console_page
from elections.services import nominations, preparing, results, roll, voting
from elections.views.elections import ElectionPage
from organizations.models import Organization


def _close(election: Election, *, actor: User, now: datetime.datetime) -> None:
    """Close the vote by the database's clock, not by the request's."""
    voting.close_voting(election, actor=actor)


class Act(NamedTuple):
    """A button of the console: the service it calls, and the sentence on success."""

    service: Callable[..., object]
    done: str


ACTS = {
    "call": Act(preparing.call_election, gettext_lazy("The election has been called; its rules are now fixed.")),
    "roll": Act(roll.publish_roll, gettext_lazy("The roll has been published.")),
    "candidates": Act(nominations.publish_candidates, gettext_lazy("The candidates have been published.")),
    "acclaim": Act(results.record_acclamation, gettext_lazy("The acclamation has been recorded.")),
    "open": Act(voting.open_voting, gettext_lazy("Voting opens at the announced time. The voters have been notified.")),
    "close": Act(_close, gettext_lazy("Voting is closed and the votes are counted.")),
    "certify": Act(results.certify_election, gettext_lazy("The result is certified and the terms are open.")),
}


class ElectionCreate(ServiceFormMixin, FormView):
    """Prepare an election, as its officer."""

    permission_required = "elections.create_election"
    form_class = ElectionForm
    template_name = "elections/election_form.html"
    done = gettext_lazy("The election is prepared. Nobody else can see it until you call it.")
    extra_context = {
        "section": "representation",
        "heading": gettext_lazy("Prepare an election"),
        "lede": gettext_lazy("The call fixes the rules, and they apply to the end. You will be the election officer."),
    }

    def act(self, form):
        election = preparing.create_election(form.plan(), actor=self.request.user, now=self.now)
        return redirect("elections:election_console", election.code).url


class Console(ElectionPage):
    """Pages of the officer."""

    def get_success_url(self):
        return redirect("elections:election_console", self.object.code).url


class ElectionConsole(Console, TemplateView):
    """Where the election stands; others of the coordination team read it, the officer acts."""

    permission_required = "elections.see_console"
    template_name = "elections/election_console.html"

    def get_context_data(self, **kwargs):
        page = console_page(self.object, self.request.user, self.now)
        return super().get_context_data(page=page, **kwargs)


class ElectionAct(Console, ActView):
    """One act of the officer."""

    permission_required = "elections.run_election"

    def act(self):
        if self.kwargs["verb"] not in ACTS:
            raise Http404
        act = ACTS[self.kwargs["verb"]]
        act.service(self.object, actor=self.request.user, now=self.now)
        self.done = act.done


class WithdrawalNote(Console, ActView):
    """A candidate without an account asked the officer to be withdrawn."""

    permission_required = "elections.run_election"
    done = gettext_lazy("The withdrawal has been recorded.")

    def act(self):
        row = self.object.nominations.filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        nominations.withdraw(row, actor=self.request.user, now=self.now)


class TakeOver(Console, ActView):
    """Another of the coordination team becomes the officer."""

    permission_required = "elections.take_over_election"
    done = gettext_lazy("You are the officer of this election.")

    def act(self):
        preparing.take_over_office(self.object, actor=self.request.user, now=self.now)


class OfficerForm(ServiceFormMixin, Console, FormView):
    """A form of the officer."""

    permission_required = "elections.run_election"
    template_name = "elections/election_form.html"
    heading = lede = ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(heading=self.heading, lede=self.lede, **kwargs)


class RollEdit(OfficerForm):
    """Who votes for an organisation."""

    form_class = RollForm
    done = gettext_lazy("The roll has been saved.")
    lede = gettext_lazy("Only people who speak for the organisation can vote for it.")

    def load_object(self):
        super().load_object()
        self.today = clock.today(self.now, settings.CASA_ZONE)
        self.organization = Organization.objects.members_on(self.today).filter(slug=self.kwargs["slug"]).first()
        if self.organization is None:
            raise Http404
        self.heading = _("Who votes for %(organization)s") % {"organization": self.organization}

    def get_form_kwargs(self):
        entry = self.object.roll.filter(organization=self.organization).first()
        return super().get_form_kwargs() | {
            "organization": self.organization, "entry": entry, "today": self.today,
            "is_weighted": self.object.is_weighted,
        }  # fmt: skip

    def act(self, form):
        voter, alternate = form.cleaned_data["voter"], form.cleaned_data["alternate"]
        act = {"organization": self.organization, "actor": self.request.user, "now": self.now}
        if voter is None:
            roll.remove_from_roll(self.object, **act)
        else:
            weight = form.cleaned_data.get("weight", 1)
            roll.add_to_roll(self.object, voter=voter, alternate=alternate, weight=weight, **act)


class ElectionAnnul(OfficerForm):
    """End it without a result."""

    form_class = AnnulForm
    done = gettext_lazy("The election has been annulled.")
    heading = gettext_lazy("Annul the election")
    lede = gettext_lazy("The election ends for good, and its page says why.")

    def act(self, form):
        preparing.annul_election(self.object, reason=form.cleaned_data["reason"], actor=self.request.user, now=self.now)
