"""What is due of what several apps share: actions by their day."""

import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commons.models import ActionItem
from commons.states import ACTION_LINK
from core import clock
from core.deadlines import Due, Recipient, ReminderKind
from organizations.standing.addressees import belonging, recipient, who_speaks_for


def deadlines(since: datetime.datetime, until: datetime.datetime) -> list[Due]:
    """Each unfinished action whose day ends in [since, until), as it is at `since`. Three queries."""
    return _dues(since, until, since)


def overdue(since: datetime.datetime, until: datetime.datetime) -> list[Due]:
    """Each unfinished action whose day has passed in [since, until), as it is at `until`. Three queries."""
    return _dues(since, until, until)


def _dues(since: datetime.datetime, until: datetime.datetime, as_of: datetime.datetime) -> list[Due]:
    """The dues of unfinished actions whose day ends in [since, until), in Casa's zone, for their owners at `as_of`."""
    zone = settings.CASA_ZONE
    first, last = clock.today(since, zone), clock.today(until, zone)
    found = ActionItem.objects.unfinished().filter(due_on__gte=first, due_on__lte=last)
    found = found.select_related("organization", "person__user").order_by("due_on", "code")
    ends = {action: clock.end_of(action.due_on, zone) for action in found if action.due_on}
    actions = [action for action, ends_at in ends.items() if since <= ends_at < until]
    organizations, day = [action.organization for action in actions], clock.today(as_of, zone)
    speakers, inside = who_speaks_for(organizations, day), belonging(organizations, day)
    return [
        Due(
            ACTION_DUE.name,
            action.code,
            ends[action],
            zone,
            _owner(action, inside) or speakers[action.organization_id],
            about={"action": action, "organization": action.organization},
        )
        for action in actions
    ]


def _owner(action: ActionItem, inside: set[tuple[int, int]]) -> tuple[Recipient, ...]:
    """The person who undertook it, while they are of the organisation and can be written to."""
    person = action.person
    if person is None or not person.may_sign_in or (action.person_id, action.organization_id) not in inside:
        return ()
    return (recipient(person),)


ACTION_DUE = ReminderKind(
    name="commons.action",
    label=_("Actions that are due"),
    template="mail/reminders/action",
    days_before=(7, 1),
    days_after=(1, 8, 15, 22),
    ahead=deadlines,
    overdue=overdue,
    page=lambda due, token: reverse("commons:action_by_link", args=[due.code, token]),
    link_purpose=ACTION_LINK,
    link_days=45,
)
