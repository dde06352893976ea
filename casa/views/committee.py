"""A committee's page: its seats, everybody who held them, and the elections that fill them."""

from committees.models import Committee
from committees.queries import committee_page
from core.generic import RecordView
from elections.models import Election

NEWEST_ELECTIONS = 20


class CommitteeDetail(RecordView):
    """A body, its seats, and everybody who held them."""

    model = Committee
    lookup = "slug"
    context_object_name = "committee"
    template_name = "committees/committee_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("space")

    def get_context_data(self, **kwargs):
        elections = Election.objects.visible_to(self.request.user, self.now).filter(committee=self.object)
        return super().get_context_data(
            page=committee_page(self.object, self.request.user, self.now),
            elections=elections.newest_first()[:NEWEST_ELECTIONS],
            section="representation",
            **kwargs,
        )
