"""Actions that organisations take on at a meeting."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from commons import services as commons
from commons.models import ActionItem
from core.errors import Incomplete, NotNow
from core.locks import lock
from core.records import services as records
from meetings.models import Decision, Meeting
from meetings.states import RECORDING
from organizations.models import Organization, Person


@dataclass(frozen=True)
class NewAction:
    """What an organisation takes on, from a decision or (`decision` None) from the meeting as a whole."""

    title: str
    language: str
    organization: Organization
    visibility: str
    decision: Decision | None = None
    person: Person | None = None
    due_on: datetime.date | None = None


@transaction.atomic
def record_action(meeting: Meeting, *, action: NewAction, actor: User | None, now: datetime.datetime) -> ActionItem:
    """Record an action. Returns the ActionItem; a public one is visible to all once the outcome is published for all.

    Raises NotNow before the meeting is convened, Incomplete without a title or for another meeting's decision.
    """
    meeting = lock(meeting)
    if meeting.state not in RECORDING and not meeting.is_published:
        raise NotNow(_("Decisions and actions can be recorded once the meeting is convened."))
    if action.decision is not None and action.decision.meeting_id != meeting.pk:
        raise Incomplete({"decision": _("That decision belongs to another meeting.")})
    if not action.title.strip():
        raise Incomplete({"title": _("Say what will be done.")})
    item = commons.record_action(
        title=action.title.strip(),
        language=action.language,
        organization=action.organization,
        person=action.person,
        due_on=action.due_on,
        visibility=action.visibility,
        year=meeting.year,
        origin=action.decision.code if action.decision else meeting.code,
        actor=actor,
        now=now,
        is_demo=meeting.is_demo,
        held_back=not meeting.is_published_for_everybody,
    )
    records.touch(meeting.code)
    return item


def update_held_back_actions(meeting: Meeting) -> None:
    """Make the actions that come from a meeting and its decisions as public as the meeting now is.

    In the transaction of the caller, who has locked the meeting.
    """
    origins = [meeting.code, *meeting.decisions.values_list("code", flat=True)]
    commons.hold_back_actions(origins, not meeting.is_published_for_everybody)
