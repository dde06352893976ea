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
from committees.models import Term
from core import clock
from core.dates import instant_words
from core.generic import ActView, ServiceFormMixin
from elections.forms.elections import AnnulForm, ElectionForm
from elections.forms.roll import RollForm
from elections.models import Election
from elections.queries.claims import claims_until, count_waivers
from elections.queries.electors import checked_in_today, count_voted, have_all_voted
from elections.queries.results import may_hold_second_round
from elections.queries.seats import fillable_seats, method_for
from elections.services import nominations, preparing, results, roll, voting
from elections.states import CLAIMS_IN, CORRECTED_IN, ElectionState, TieBreak
from elections.views.elections import ElectionPage
from elections.views.words import vacancy_in_words
from organizations.models import Organization

S = ElectionState


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


def next_step(election, now):
    """(what comes next and who must do it, verb of its button or "", label of the button)."""
    if election.state == S.DRAFT:
        return (
            _("The officer checks the rules and calls the election. After that they can no longer change."),
            "call",
            _("Call the election"),
        )
    if election.state == S.CALLED:
        return (
            _("The officer enters who votes for each organisation and publishes the roll."),
            "roll",
            _("Publish the roll"),
        )
    if election.state == S.ROLL:
        if now < election.nominations_close and election.in_room:
            words = _("The organisations nominate, and those nominated answer. Once all have answered, the officer "
"publishes the candidates.")  # fmt: skip
            return words, "candidates", _("Publish the candidates")
        if now < election.nominations_close:
            return (
                _("The organisations nominate, and those nominated answer. Then the officer publishes the candidates."),
                "",
                "",
            )
        return (
            _("Nominations are closed: the officer publishes the candidates."),
            "candidates",
            _("Publish the candidates"),
        )
    if election.state == S.CANDIDATES:
        candidates = election.nominations.candidates().count()
        if not candidates:
            return _("There is no candidate left: the officer annuls the election, with the reason."), "", ""
        if method_for(election, candidates) is None:
            return (
                _("There are no more candidates than seats: the officer records the acclamation."),
                "acclaim",
                _("Record the acclamation"),
            )
        if election.in_room:
            return _("The officer opens voting; votes are accepted at once."), "open", _("Open the vote")
        words = _("The officer opens voting; votes are accepted from the announced time: %(when)s.")
        return words % {"when": instant_words(election.opens_at, election.zone)}, "open", _("Open the vote")
    if election.state == S.VOTING and election.on_paper:
        return _("Two members of the coordination team enter the ballot papers, each on their own; they count once "
"both readings match."), "", ""  # fmt: skip
    if election.state == S.VOTING:
        if now < election.closes_at and not have_all_voted(election):
            words = _("The organisations vote. The portal closes voting and counts at the announced time, %(when)s; the "
"officer can do so earlier once all have voted.")  # fmt: skip
            return words % {"when": instant_words(election.closes_at, election.zone)}, "", ""
        return _("The officer closes voting; the count follows at once."), "close", _("Close and count")
    if election.state == S.CLOSED and election.tie_break == TieBreak.SEED:
        words = _("There is a tie: once the public value named in the rules is known (%(source)s), the officer "
"enters it as printed.")  # fmt: skip
        return words % {"source": election.lot_source}, "", ""
    if election.state == S.CLOSED:
        if may_hold_second_round(election):
            return _("There is a tie for the last seat: the officer opens a second round among those tied, or draws "
"lots."), "", ""  # fmt: skip
        return _("There is a tie: the officer draws lots before two witnesses and enters the result."), "", ""
    if election.state == S.PROVISIONAL:
        if election.result.get("quorum_met") is False:
            return _("The quorum was not reached: the officer annuls the election, with the reason."), "", ""
        return _("The officer certifies the result, and the terms are opened."), "certify", _("Certify")
    return _("There is nothing more to do."), "", ""


def waits_for(election, now):
    """What must happen before the officer's next act, and who must do it, all of it; "" where nothing."""
    stage = CLAIMS_IN.get(election.state)
    if stage is None:
        return ""
    said = []
    if election.claims.filter(stage=stage, outcome="").exists():
        said.append(_("A claim is waiting: the officer answers it below."))
    until, all_of_them = claims_until(election, stage), election.roll.count()
    without = count_waivers(election, stage)
    if until and now < until and without < all_of_them:
        words = _("The electors submit claims or say that they have none (%(n)s of %(all)s so far). The election "
"continues once all have, or on %(when)s.")  # fmt: skip
        said.append(words % {"n": without, "all": all_of_them, "when": instant_words(until, election.zone)})
    if election.state == S.PROVISIONAL:
        rows = list(election.scrutineers.select_related("person"))
        if silent := [row.person.name for row in rows if row.conforms is None]:
            words = _("The scrutineers say whether they confirm the result. Missing: %(names)s.")
            said.append(words % {"names": ", ".join(silent)})
        for row in rows:
            if row.conforms is False:
                words = _("%(name)s does not confirm the result: the officer corrects what can be corrected, or annuls the "
"election, with the reason.")  # fmt: skip
                said.append(words % {"name": row.person.name})
    return " ".join(said)


def step_of(election, now):
    """The same as `next_step`, or what must happen before it, without a button then."""
    sentence, verb, label = next_step(election, now)
    waiting = waits_for(election, now)
    return (waiting, "", label) if waiting and verb else (sentence, verb, label)


def cannot_fill(election, now):
    """How many seats these candidates could fill under the limit of each organisation, where that is too few; else None."""
    if not election.cap or election.state not in (S.ROLL, S.CANDIDATES):
        return None
    candidates, places = election.nominations.candidates().count(), election.places.count()
    found = fillable_seats(election, now)
    return found if found < min(candidates, places) else None


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
        election = self.object
        sentence, verb, label = step_of(election, self.now)
        members = list(Organization.objects.members_on(clock.today(self.now, settings.CASA_ZONE)))
        entries = {entry.organization_id: entry for entry in election.roll.in_order()}
        signs_in = election.in_room and not election.is_over and not election.result_known
        here = checked_in_today(election, self.now) if signs_in else {}
        for member in members:
            member.entry = entries.get(member.pk)
            member.here = member.entry and here.get(member.entry.pk)
        context = {
            "step": sentence, "verb": verb, "label": label, "members": members, "entries": entries,
            "nominations": list(election.nominations.with_people()),
            "still_withdraws": not election.is_over and election.state != S.DRAFT,
            "roll_open": election.state in (S.DRAFT, S.CALLED), "is_tied": election.state == S.CLOSED,
            "claims": list(election.claims.select_related("organization")),
            "scrutineers": list(election.scrutineers.select_related("organization", "person")),
            "second_round": may_hold_second_round(election),
            "seated": election.state == S.CERTIFIED and Term.objects.filter(chosen_in=election.code, ended_on=None).exists(),
            "may_agree": election.state == S.CANDIDATES and election.nominations.candidates().count() > 1,
            "voted": count_voted(election), "here": len(here), "signs_in": signs_in,
            "absent": [one for one in members if one.entry and not one.here] if signs_in else [], "cannot_fill": cannot_fill(election, self.now),
            "corrections": list(election.corrections.with_people()),
            "correctable": election.state in CORRECTED_IN,
        }  # fmt: skip
        if context["seated"]:
            context["vacancy"] = vacancy_in_words(election)
        return super().get_context_data(**kwargs | context)


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
