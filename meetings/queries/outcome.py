"""The outcome of a meeting: what keeps it from being published."""

from django.utils.translation import gettext as _

from core.visibility import Visibility
from meetings.models import Meeting


def outcome_blockers(meeting: Meeting, visibility: str | None = None) -> dict[str, str]:
    """What keeps the outcome from being published, {field or topic: sentence}; empty when it is ready.

    Without `visibility` it is asked for the community where the meeting is the community's, else for the public.
    """
    blockers = {}
    if visibility is None:
        for_community = meeting.visibility == Visibility.COMMUNITY
        visibility = Visibility.COMMUNITY if for_community else Visibility.PUBLIC
    if meeting.starts_on is None:
        blockers["starts_on"] = _("The days on which it was held.")
    official = meeting.outcome.official() if meeting.outcome else None
    if official is None or not official.body.strip():
        blockers["outcome"] = _("The outcome text in its official language.")
    visibilities = list(meeting.decisions.values_list("visibility", flat=True))
    if not visibilities:
        blockers["decisions"] = _("At least one decision, or something noted.")
    elif visibility == Visibility.PUBLIC and Visibility.PUBLIC not in visibilities:
        blockers["decisions"] = _("At least one public decision: all of them are only for the organisations.")
    if visibility not in (Visibility.PUBLIC, Visibility.COMMUNITY):
        blockers["visibility"] = _("Choose whether to publish for everybody or for the organisations.")
    return blockers
