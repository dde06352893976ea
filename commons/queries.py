"""Questions about actions."""

import datetime

from accounts.models import User
from commons.models import ActionItem
from organizations.standing import standing_of


def answers_for(action: ActionItem, user: User, now: datetime.datetime) -> bool:
    """Whether a user is the action's person, while of its organisation, or may write for that organisation."""
    standing = standing_of(user, now)
    is_person = action.person is not None and action.person.user_id == user.pk
    return action.organization_id in (standing.organizations if is_person else standing.writes_for)
