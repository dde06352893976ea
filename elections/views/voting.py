"""Your vote: mark, review, cast. Works with forms alone."""

import base64

from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from core.errors import CasaError, Incomplete, PermissionDenied
from elections.forms.booth import BoothForm, Step, chooses_nobody
from elections.queries.ballot_boxes import sealed_vote
from elections.queries.candidates import candidates_to_choose, chosen_candidates
from elections.queries.electors import checked_in_today, count_voted, entry_of, is_member
from elections.services.casting import cast_secret_vote, cast_vote, check_open
from elections.states import BEFORE_CLOSING, SECRECY_REQUESTED_IN
from elections.views.elections import ElectionPage


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class Booth(ElectionPage, View):
    """The booth; whoever cannot vote now reads why, and who votes for their organisation. What is sent to it stands in
    no report of an error, and what it shows is kept by no browser."""

    permission_required = "elections.see_booth"

    def get_permission_object(self):
        return None

    def page(self, status=200, **more):
        election = self.object
        entry = entry_of(election, self.request.user, self.now)
        context = {
            "election": election, "entry": entry, "accepts": election.accepts_votes(self.now), "section": "representation",
            "candidates": list(candidates_to_choose(election)) if election.candidates_known else [],
            "roll": list(election.roll.in_order()) if election.roll_hash else [], "now": self.now,
            "answers": [
                ("yes", pgettext("vote", "Yes")), ("no", pgettext("vote", "No")), ("abstain", _("Abstention")),
            ],
            "is_early": election.state in BEFORE_CLOSING and self.now < election.closes_at,
        }  # fmt: skip
        context["places"] = range(1, len(context["candidates"]) + 1)
        self._as_given(context["candidates"], more.get("given"))
        way = "participation" if election.is_secret else "ballot"
        context["ballot"] = getattr(entry, way, None) if entry else None
        context["has_left"] = entry is not None and not is_member(election, entry, self.now)
        may_ask = entry and not election.is_secret and not election.on_paper and election.state in SECRECY_REQUESTED_IN
        context["may_ask_secrecy"] = bool(may_ask) and not count_voted(election) and not election.first_round
        if election.in_room:
            context["voted"] = count_voted(election)
            if entry and not election.is_over:
                context["here"] = checked_in_today(election, self.now).get(entry.pk)
        return render(self.request, "elections/booth.html", context | more, status=status)

    def _as_given(self, candidates, given):
        """Each candidate with what was given for them, so that nothing is lost between the steps."""
        for row in candidates:
            row.is_marked = bool(given) and str(row.number) in given.getlist("marks")
            row.given = given.get(f"for-{row.number}", "") if given else ""

    def get(self, request, *args, **kwargs):
        return self.page()

    def post(self, request, *args, **kwargs):
        form, marked = BoothForm(self.object, request.POST), {"given": request.POST}
        try:
            if entry_of(self.object, request.user, self.now) is None:
                raise PermissionDenied
            check_open(self.object, self.now)
            if form.pressed == Step.CAST and self.object.is_secret:
                # The sealed ballot comes from the review as it is, so that sending it twice is sending it once.
                receipt = cast_secret_vote(self.object, form.sealed, actor=request.user)
                return self.page(cast=True, receipt=receipt)
            choices = form.choices()
            chosen = chosen_candidates(self.object, choices)
            if form.pressed == Step.CAST:
                cast_vote(self.object, choices, actor=request.user)
                return self.page(cast=True)
            if form.pressed == Step.CHANGE:
                return self.page(**marked)
            if chooses_nobody(choices) and not form.is_blank:
                return self.page(422, nothing=True)
            if self.object.is_secret:
                marked["box"] = base64.b64encode(sealed_vote(self.object, choices).content).decode()
            return self.page(review=True, chosen=chosen, choices=choices, **marked)
        except PermissionDenied:
            return self.page(409)
        except Incomplete as error:
            return self.page(422, problem=error.missing["marks"], **marked)
        except CasaError as error:
            return self.page(error.status, problem=error.message)
