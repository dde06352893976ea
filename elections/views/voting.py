"""Your vote: mark, review, cast. Works with forms alone."""

import base64

from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from core.errors import CasaError, Incomplete, PermissionDenied
from elections.queries.pages.booth import Attempt, Marked, booth_page
from elections.services.common import entry_of
from elections.services.electors import check_open, chosen
from elections.services.secret import cast_secret_vote, seal_vote
from elections.services.voting import cast_vote
from elections.views.elections import ElectionPage


def _number(value):
    return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else 0


def says_something(said):
    return any(answer != "abstain" for answer in said.values()) if isinstance(said, dict) else bool(said)


def said_in(election, given):
    """What a ballot says: ballot numbers marked, or in order, or answers. Raises Incomplete for an order that is none."""
    if election.is_yes_no:
        return {row.number: given.get(f"for-{row.number}", "abstain") for row in election.to_choose()}
    if not election.is_ranked:
        return [_number(value) for value in given.getlist("marks")]
    placed = {}
    for row in election.to_choose():
        value = given.get(f"for-{row.number}", "")
        if value:
            placed.setdefault(_number(value), []).append(row)
    for place, rows in sorted(placed.items()):
        if len(rows) > 1:
            words = _("%(first)s and %(second)s both have the number %(place)s. Use each number only once.")
            names = {"first": rows[0].name, "second": rows[1].name, "place": place}
            raise Incomplete({"marks": words % names})
    missing = next((place for place in range(1, len(placed) + 1) if place not in placed), None)
    if missing:
        words = _(
            "Nobody has the number %(place)s. Number from 1 upwards, without gaps; you may stop wherever you like."
        )
        raise Incomplete({"marks": words % {"place": missing}})
    return [rows[0].number for _place, rows in sorted(placed.items())]


def _marked(given):
    """What was marked, to be shown again."""
    answers = {name: value for name, value in given.items() if name.startswith("for-")}
    return Marked(frozenset(given.getlist("marks")), answers)


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

    def _cast_sealed(self, text):
        """The box goes from the review to the urn as it is, so that sending it twice is sending it once."""
        try:
            box = base64.b64decode(text, validate=True)
        except ValueError:
            box = b""
        return self.page(is_cast=True, receipt=cast_secret_vote(self.object, box, self.request.user))

    def get(self, request, *args, **kwargs):
        return self.page()

    def post(self, request, *args, **kwargs):
        step, marked = request.POST.get("step"), {"marked": _marked(request.POST)}
        try:
            if entry_of(self.object, request.user, self.now) is None:
                raise PermissionDenied
            check_open(self.object, self.now)
            if step == "cast" and self.object.is_secret:
                return self._cast_sealed(request.POST.get("box", ""))
            said = {} if request.POST.get("blank") else said_in(self.object, request.POST)
            found = chosen(self.object, said)
            if step == "cast":
                cast_vote(self.object, said, request.user)
                return self.page(is_cast=True)
            if step == "change":
                return self.page(**marked)
            if not says_something(said) and not request.POST.get("blank"):
                return self.page(422, problem=_("You marked nobody. Mark somebody, or cast a blank vote."))
            if self.object.is_secret:
                box, _tracker = seal_vote(self.object, said)
                marked["sealed"] = base64.b64encode(box).decode()
            return self.page(review=said, chosen=found, **marked)
        except PermissionDenied:
            return self.page(409)
        except Incomplete as error:
            return self.page(422, problem=error.missing["marks"], **marked)
        except CasaError as error:
            return self.page(error.status, problem=error.message)
