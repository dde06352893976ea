"""The officer's console: what comes next, who must do it, and the button."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from core import clock
from core.generic import ActView, ServiceFormMixin
from elections import services
from elections.forms import AnnulForm, ElectionForm, RollForm
from elections.queries.pages.console import console_page
from elections.states import Secrecy, TieBreak, Vacancy
from elections.views.elections import ElectionPage
from organizations.models import Organization

ACTS = {
    "call": (services.call_election, gettext_lazy("The election has been called; its rules are now fixed.")),
    "roll": (services.publish_roll, gettext_lazy("The roll has been published.")),
    "candidates": (services.publish_candidates, gettext_lazy("The candidates have been published.")),
    "acclaim": (services.note_acclamation, gettext_lazy("The acclamation has been recorded.")),
    "open": (services.open_voting, gettext_lazy("Voting opens at the announced time. The voters have been notified.")),
    "close": (services.close_voting, gettext_lazy("Voting is closed and the votes are counted.")),
    "certify": (services.certify, gettext_lazy("The result is certified and the terms are open.")),
}


class ElectionCreate(ServiceFormMixin, FormView):
    """Prepare an election; whoever does is its officer."""

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
        data = form.cleaned_data
        places = list(data["places"])
        election = services.create_election(
            committee=places[0].committee, places=places, language=data["source_language"],
            titles={code: data[f"title_{code}"] for code in settings.CONTENT_LANGUAGES}, max_marks=data["max_marks"],
            dates=[data[n] for n in ("nominations_open", "nominations_close", "opens_at", "closes_at")],
            zone=data["zone"], visibility=data["visibility"], actor=self.request.user, now=self.now,
            term=(data["term_starts_on"], data["term_ends_on"]),
            **{n: data[n] for n in ("method", "if_few", "cap", "threshold", "quorum", "term_ends_by_rank")},
            claims_hours=data["claims_hours"], in_room=data["in_room"], is_weighted=data["is_weighted"],
            secrecy=data["secrecy"] or Secrecy.OPEN, vacancy=data["vacancy"] or Vacancy.BY_ELECTION,
            tie_break=data["tie_break"] or TieBreak.DRAW, lot_source=data["lot_source"],
        )  # fmt: skip
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
        service, self.done = ACTS[self.kwargs["verb"]]
        if service is services.close_voting:
            service(self.object, actor=self.request.user)
        else:
            service(self.object, actor=self.request.user, now=self.now)


class WithdrawalNote(Console, ActView):
    """A candidate without an account asked the officer to be withdrawn."""

    permission_required = "elections.run_election"
    done = gettext_lazy("The withdrawal has been recorded.")

    def act(self):
        row = self.object.nominations.filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        services.withdraw(row, actor=self.request.user, now=self.now)


class TakeOver(Console, ActView):
    """Another of the coordination team becomes the officer."""

    permission_required = "elections.take_over_election"
    done = gettext_lazy("You are the officer of this election.")

    def act(self):
        services.take_over(self.object, actor=self.request.user, now=self.now)


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
            services.remove_from_roll(self.object, **act)
        else:
            weight = form.cleaned_data.get("weight", 1)
            services.put_on_roll(self.object, voter=voter, alternate=alternate, weight=weight, **act)


class ElectionAnnul(OfficerForm):
    """End it without a result."""

    form_class = AnnulForm
    done = gettext_lazy("The election has been annulled.")
    heading = gettext_lazy("Annul the election")
    lede = gettext_lazy("The election ends for good, and its page says why.")

    def act(self, form):
        services.annul_election(self.object, form.cleaned_data["reason"], actor=self.request.user, now=self.now)
