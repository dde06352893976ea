"""Representation: who sits where for the technical community, today and on any past day."""

from django.conf import settings
from django.db.models import Prefetch
from django.views.generic import ListView

from committees.models import Committee, Seat
from committees.queries import place_on
from core import clock, query_params
from core.generic import ClockMixin


class Representation(ClockMixin, ListView):
    """Every body on which the community sits, with the holder of each seat on a day (`?on=2024-02-01`)."""

    template_name = "committees/representation.html"
    context_object_name = "committees"

    def get_queryset(self):
        seats = Seat.objects.in_order().with_terms()
        found = Committee.objects.visible_to(self.request.user, self.now).in_order().select_related("space")
        return found.prefetch_related(Prefetch("seats", queryset=seats, to_attr="ordered_seats"))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(section="representation", **kwargs)
        on = query_params.day(self.request.GET, "on", clock.today(self.now, settings.CASA_ZONE))
        for committee in context["committees"]:
            committee.places = [place_on(seat, on.value) for seat in committee.ordered_seats]
        return context | {"on": on}
