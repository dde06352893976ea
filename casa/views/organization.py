"""An organisation's page: what every app knows of it, so it stands in the top layer (organizations/urls.py says so)."""

from itertools import groupby

from django.conf import settings
from django.db.models import Q

from committees.models import Term
from commons.models import ActionItem
from core import clock
from core.generic import RecordView
from engagement.models import Activity, TrainingSession
from meetings.models import Attendance, Meeting
from meetings.states import Presence
from organizations.models import Organization
from priorities.models import Priority
from spaces.models import ParticipationAction

#: Actions shown here; the rest are in the list of actions.
ACTIONS = 12


class OrganizationDetail(RecordView):
    """Seats, meetings, deeds and public priorities of an organisation, each as far as this reader may see it."""

    model = Organization
    lookup = "slug"
    context_object_name = "organization"
    template_name = "organizations/organization_detail.html"

    def get_context_data(self, **kwargs):
        organization, today = self.object, clock.today(self.now, settings.CASA_ZONE)
        terms = list(Term.objects.filter(organization=organization).with_people())
        return super().get_context_data(
            seats=[term for term in terms if term.runs_on(today)],
            former_seats=[term for term in terms if not term.runs_on(today)],
            meetings=self.meetings(),
            deeds=self.deeds(),
            actions=self.visible(ActionItem).filter(organization=organization).order_by("-code")[:ACTIONS],
            participation=self.visible(ParticipationAction).filter(organization=organization).newest_first()[:ACTIONS],
            priorities=self.priorities(),
            section="organizations",
            **kwargs,
        )

    def visible(self, model):
        return model.objects.visible_to(self.request.user, self.now)

    def meetings(self):
        """Meetings it attended, newest first."""
        there = Attendance.objects.filter(organization=self.object).exclude(presence=Presence.APOLOGIES)
        return self.visible(Meeting).filter(pk__in=there.values("meeting")).newest_first()

    def deeds(self):
        """Visits and training it received or organised, newest first."""
        visits = self.visible(Activity).filter(
            Q(pk__in=self.object.activities.values("pk")) | Q(pk__in=self.object.activities_joined.values("pk"))
        )
        training = self.visible(TrainingSession).filter(hosts=self.object)
        return sorted([*visits, *training], key=lambda row: (row.year, str(row.starts_on or "")), reverse=True)

    def priorities(self):
        """[(year, [Priority])], newest first."""
        rows = self.visible(Priority).filter(plan__organization=self.object).with_context()
        rows = sorted(rows, key=lambda row: (-row.plan.cycle.year, row.rank, row.code))
        return [(year, list(group)) for year, group in groupby(rows, key=lambda row: row.plan.cycle.year)]
