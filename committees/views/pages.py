"""Representation: who sits where for the technical community, today and on any past day."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch
from django.views.generic import ListView

from committees.models import Committee, Election, Seat
from core import asked, clock
from core.generic import Clocked, RecordView
from core.records.rows import rows


@dataclass(frozen=True)
class Place:
    """A seat as it stood on a day: who held it, or why nobody is named."""

    seat: object
    term: object
    #: the last term that had ended by then
    last: object
    #: whether the day lies before anything recorded of this seat
    before_memory: bool
    #: whether the holder's organisation was no longer in the community
    has_left: bool = False

    @property
    def is_vacant(self):
        return self.term is None and not self.before_memory and self.seat.committee.holders_known


def place_on(seat, day):
    """The Place of a seat with `held` terms."""
    running = next((term for term in seat.held if term.runs_on(day)), None)
    ended = [term for term in seat.held if term.starts_on <= day and term is not running]
    has_left = running is not None and not running.organization.is_in_on(day)
    return Place(seat, running, ended[0] if ended else None, bool(seat.held) and not running and not ended, has_left)


class Representation(Clocked, ListView):
    """Every body on which the community sits, with the holder of each seat on a day (`?on=2024-02-01`)."""

    template_name = "committees/representation.html"
    context_object_name = "committees"

    def get_queryset(self):
        seats = Seat.objects.in_order().with_terms()
        found = Committee.objects.visible_to(self.request.user, self.now).in_order().select_related("space")
        return found.prefetch_related(Prefetch("seats", queryset=seats, to_attr="ordered_seats"))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(section="representation", **kwargs)
        on = asked.day(self.request.GET, "on", clock.today(self.now, settings.HOUSE_ZONE))
        for committee in context["committees"]:
            committee.places = [place_on(seat, on.value) for seat in committee.ordered_seats]
        return context | {"on": on}


class CommitteeDetail(RecordView):
    """A body, its seats, and everybody who held them."""

    model = Committee
    lookup = "slug"
    context_object_name = "committee"
    template_name = "committees/committee_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("space")

    def get_context_data(self, **kwargs):
        today = clock.today(self.now, settings.HOUSE_ZONE)
        seats = list(Seat.objects.filter(committee=self.object).in_order().with_terms())
        for seat in seats:
            seat.committee = self.object
        chosen = rows({t.chosen_in for s in seats for t in s.held if t.chosen_in}, self.request.user, self.now)
        for seat in seats:
            for term in seat.held:
                term.chosen_row = chosen.get(term.chosen_in)
        places = [place_on(seat, today) for seat in seats]
        elections = (
            Election.objects.visible_to(self.request.user, self.now).filter(committee=self.object).newest_first()
        )
        kwargs["elections"] = elections[:20]
        return super().get_context_data(places=places, today=today, section="representation", **kwargs)
