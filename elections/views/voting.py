"""Your vote: mark, review, cast. Works with forms alone."""

import base64

from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from core.errors import CasaError, Incomplete, PermissionDenied
from elections.forms.booth import BoothForm, Step, chooses_nobody
from elections.queries.ballot_boxes import sealed_vote
from elections.queries.candidates import chosen_candidates
from elections.queries.electors import entry_of
from elections.queries.pages.booth import Attempt, Marked, booth_page
from elections.services.casting import cast_secret_vote, cast_vote, check_open
from elections.views.elections import ElectionPage


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class Booth(ElectionPage, View):
    """The booth; whoever cannot vote now reads why, and who votes for their organisation. What is sent to it stands in
    no report of an error, and what it shows is kept by no browser."""

    permission_required = "elections.see_booth"

    def get_permission_object(self):
        return None

    def page(self, status=200, **attempt):
        page = booth_page(self.object, self.request.user, self.now, Attempt(**attempt))
        context = {"election": self.object, "page": page, "now": self.now, "section": "representation"}
        return render(self.request, "elections/booth.html", context, status=status)

    def get(self, request, *args, **kwargs):
        return self.page()

    def post(self, request, *args, **kwargs):
        form = BoothForm(self.object, request.POST)
        marked = {"marked": Marked(form.numbers, form.answers)}
        try:
            if entry_of(self.object, request.user, self.now) is None:
                raise PermissionDenied
            check_open(self.object, self.now)
            if form.pressed == Step.CAST and self.object.is_secret:
                # The sealed ballot comes from the review as it is, so that sending it twice is sending it once.
                receipt = cast_secret_vote(self.object, form.sealed, actor=request.user)
                return self.page(is_cast=True, receipt=receipt)
            choices = form.choices()
            chosen = chosen_candidates(self.object, choices)
            if form.pressed == Step.CAST:
                cast_vote(self.object, choices, actor=request.user)
                return self.page(is_cast=True)
            if form.pressed == Step.CHANGE:
                return self.page(**marked)
            if chooses_nobody(choices) and not form.is_blank:
                return self.page(422, problem=_("You marked nobody. Mark somebody, or cast a blank vote."))
            if self.object.is_secret:
                marked["sealed"] = base64.b64encode(sealed_vote(self.object, choices).content).decode()
            return self.page(review=choices, chosen=chosen, **marked)
        except PermissionDenied:
            return self.page(409)
        except Incomplete as error:
            return self.page(422, problem=error.missing["marks"], **marked)
        except CasaError as error:
            return self.page(error.status, problem=error.message)
