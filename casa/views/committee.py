"""A committee's page: its seats, everybody who held them, and the elections that fill them."""

from django.conf import settings

from committees.models import Committee, Seat
from committees.queries import place_on
from core import clock
from core.generic import RecordView
from core.records.rows import rows
from elections.models import Election


class CommitteeDetail(RecordView):
    """A body, its seats, and everybody who held them."""

    model = Committee
    lookup = "slug"
    context_object_name = "committee"
    template_name = "committees/committee_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("space")

    def get_context_data(self, **kwargs):
        today = clock.today(self.now, settings.CASA_ZONE)
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
