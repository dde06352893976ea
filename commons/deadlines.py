"""What is due of what several floors share: actions by their day."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commons.models import ActionItem
from commons.states import ACTION_LINK
from core import clock
from core.deadlines import Due, ReminderKind
from organizations.standing.addressees import belonging, recipient, who_speaks_for


def deadlines(since, until):
    """Due of each unfinished action whose day ends in [since, until), as things stand at `since`. Three queries."""
    return _dues(since, until, since)


def overdue(since, until):
    """The same for days that have passed, as things stand at `until`."""
    return _dues(since, until, until)


def ends_at(action):
    """The end of its day at Casa."""
    return clock.end_of(action.due_on, settings.CASA_ZONE)


def _dues(since, until, asked_at):
    zone = settings.CASA_ZONE
    first, last = clock.today(since, zone), clock.today(until, zone)
    found = ActionItem.objects.unfinished().filter(due_on__gte=first, due_on__lte=last)
    actions = [
        action
        for action in found.select_related("organization", "person__user").order_by("due_on", "code")
        if since <= ends_at(action) < until
    ]
    organizations, day = [action.organization for action in actions], clock.today(asked_at, zone)
    speakers, inside = who_speaks_for(organizations, day), belonging(organizations, day)
    return [
        Due(ACTION_DUE.name, action.code, ends_at(action), zone, _owner(action, inside) or speakers[action.organization_id],
            about={"action": action, "organization": action.organization})
        for action in actions
    ]  # fmt: skip


def _owner(action, inside):
    """The person who undertook it, while they are of the organisation and can be written to."""
    user = action.person.user if action.person else None
    if user is None or not user.is_active or (action.person_id, action.organization_id) not in inside:
        return ()
    return (recipient(action.person),)


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
