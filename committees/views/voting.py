"""Your vote: mark, review, cast. Works with forms alone."""

from django.shortcuts import render
from django.views.generic import View

from committees.services.voting import cast_vote, check_open, chosen, entry_of, is_member
from committees.views.elections import ElectionPage
from core.errors import HouseError, Incomplete, Refused


class Booth(ElectionPage, View):
    """The booth; whoever cannot vote now reads why, and who votes for their organisation."""

    door = "committees.see_booth"

    def get_door_thing(self):
        return None

    def page(self, status=200, **more):
        election = self.object
        entry = entry_of(election, self.request.user, self.now)
        context = {
            "election": election, "entry": entry, "accepts": election.accepts(self.now), "section": "representation",
            "candidates": list(election.nominations.candidates()) if election.candidates_known else [],
            "roll": list(election.roll.in_order()) if election.roll_hash else [], "now": self.now,
            "is_early": not election.is_over and not election.result_known and self.now < election.closes_at,
        }  # fmt: skip
        context["ballot"] = getattr(entry, "ballot", None) if entry else None
        context["has_left"] = entry is not None and not is_member(election, entry, self.now)
        return render(self.request, "committees/booth.html", context | more, status=status)

    def get(self, request, *args, **kwargs):
        return self.page()

    def post(self, request, *args, **kwargs):
        given = request.POST.getlist("marks")
        numbers = [int(value) if value.isascii() and value.isdigit() and len(value) < 5 else 0 for value in given]
        if request.POST.get("blank"):
            numbers = []
        step = request.POST.get("step")
        marked = {"marked": numbers}
        try:
            if entry_of(self.object, request.user, self.now) is None:
                raise Refused
            check_open(self.object, self.now)
            if step == "cast":
                cast_vote(self.object, numbers, request.user)
                return self.page(cast=True)
            found = chosen(self.object, numbers)
            if step == "change":
                return self.page(**marked)
            if not found and not request.POST.get("blank"):
                return self.page(422, nothing=True)
            return self.page(review=True, chosen=found, **marked)
        except Refused:
            return self.page(409)
        except Incomplete as error:
            return self.page(422, problem=error.missing["marks"], **marked)
        except HouseError as error:
            return self.page(error.status, problem=error.message)
