"""Items that organisations propose for the agenda."""

from django.db.models import Sum

from meetings.models import Meeting
from organizations.models import Organization


def minutes_left(meeting: Meeting, organization: Organization) -> int:
    """How many minutes of the agenda an organisation may still propose."""
    counted = meeting.proposals.counting().filter(organization=organization)
    used = counted.aggregate(minutes=Sum("minutes"))["minutes"] or 0
    return max(meeting.proposal_minutes - used, 0)
