"""A space's page: its editions and deadlines, and the committees on which the community sits there."""

from django.conf import settings

from committees.models import Committee
from core import clock
from core.generic import RecordView
from spaces.models import Space


class SpaceDetail(RecordView):
    model = Space
    lookup = "slug"
    context_object_name = "space"
    template_name = "spaces/space_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("parent")

    def get_context_data(self, **kwargs):
        today = clock.today(self.now, settings.CASA_ZONE)
        editions = list(self.object.editions.newest_first().with_deadlines())
        deadlines = [(edition, line) for edition in editions for line in edition.dated_deadlines]
        return super().get_context_data(
            editions=editions,
            ahead=sorted((pair for pair in deadlines if pair[1].day >= today), key=lambda pair: pair[1].day),
            children=self.object.children.visible_to(self.request.user, self.now).in_order(),
            committees=Committee.objects.visible_to(self.request.user, self.now).filter(space=self.object).in_order(),
            section="spaces",
            **kwargs,
        )
