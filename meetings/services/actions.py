"""Actions that organisations take on at a meeting."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from commons.models import ActionItem
from commons.services import actions
from commons.services.actions import ActionPlan
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
    plan = ActionPlan(
        title=action.title.strip(),
        language=action.language,
        organization=action.organization,
        year=meeting.year,
        due_on=action.due_on,
        person=action.person,
        visibility=action.visibility,
        is_demo=meeting.is_demo,
    )
    item = actions.record_action(
        plan,
        origin=action.decision.code if action.decision else meeting.code,
        held_back=not meeting.is_published_for_everybody,
        actor=actor,
        now=now,
    )
    records.touch(meeting.code)
    return item


@transaction.atomic
def update_held_back_actions(meeting: Meeting) -> None:
    """Make the actions that come from a meeting and its decisions as public as the meeting now is.

    The caller has locked the meeting.
    """
    origins = [meeting.code, *meeting.decisions.values_list("code", flat=True)]
    actions.hold_back_actions(origins, held_back=not meeting.is_published_for_everybody)
