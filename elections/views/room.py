"""In the room: the roll at one tap, votes on paper where there is no network."""

from django.utils.translation import gettext_lazy

from core.generic import ActView
from elections.forms.procedure import PapersForm
from elections.queries.candidates import candidates_to_choose
from elections.services.paper import begin_paper_voting, enter_paper_ballots
from elections.services.roll import fill_roll
from elections.views.console import Console, OfficerForm


class RollFill(Console, ActView):
    """Every member organisation on the roll, by who speaks for it."""

    permission_required = "elections.run_election"
    done = gettext_lazy("The organisations are on the roll, each with the person who speaks for it.")

    def act(self):
        fill_roll(self.object, actor=self.request.user, now=self.now)


class PaperBegin(Console, ActView):
    """There is no network: the vote is on paper."""

    permission_required = "elections.run_election"
    done = gettext_lazy(
        "Voting is on paper. Two members of the coordination team enter the ballot papers, each on their own."
    )

    def act(self):
        begin_paper_voting(self.object, actor=self.request.user, now=self.now)


class PapersEnter(OfficerForm):
    """One officer's reading of the papers; another enters them too, without seeing this one."""

    permission_required = "elections.see_console"
    form_class = PapersForm
    heading = gettext_lazy("Enter the ballot papers")
    lede = gettext_lazy(
        "One ballot paper per line: the candidates' numbers separated by spaces, in the order of the "
        "paper; - for a blank one. Another member of the coordination team also enters them. They count "
        "once both readings match."
    )

    def get_context_data(self, **kwargs):
        return super().get_context_data(candidates=candidates_to_choose(self.object), **kwargs)

    def act(self, form):
        counted = enter_paper_ballots(
            self.object, text=form.cleaned_data["papers"], actor=self.request.user, now=self.now
        )
        differ = not counted and self.object.paper_entries.count() > 1
        if counted:
            self.done = gettext_lazy("Both readings match: the ballot papers have been counted.")
        elif differ:
            self.done = gettext_lazy("The readings differ. Check the ballot papers again and enter them once more.")
        else:
            self.done = gettext_lazy(
                "Your reading has been saved. Now another member of the coordination team enters the ballot papers."
            )
