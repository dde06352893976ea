"""What an organisation undertakes inside a common project: an action of its own, in the project's thread."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from commons.services import actions
from commons.services.actions import ActionPlan
from core import clock, journal, permissions
from core.errors import Incomplete, NotNow
from core.records import services as records
from core.visibility import Visibility
from organizations.standing import standing_of
from priorities.services.projects import alive, locked
from priorities.states import ProjectState


@transaction.atomic
def undertake_action(project, organization, *, title, language, due_on, visibility, actor, now):
    """Note what one that takes part will do, in its own name only. Returns the ActionItem.

    Raises Refused for who does not work in the project, NotNow where it is over or not agreed yet, Incomplete otherwise.
    """
    project = locked(project)
    permissions.check_perm(actor, "priorities.work_in_project", project)
    alive(project)
    if project.state == ProjectState.PROPOSED:
        raise NotNow(_("Once two organisations have confirmed, each can say here what it will do."))
    missing = {}
    if not title.strip():
        missing["title"] = _("Say what will be done.")
    if due_on and due_on < clock.today(now, settings.CASA_ZONE):
        missing["due_on"] = _("This day has passed.")
    takes_part = project.participants.confirmed().filter(organization=organization).exists()
    if not takes_part or organization.pk not in standing_of(actor, now).writes_for:
        missing["organization"] = _("It does not take part in this project.")
    if visibility == Visibility.PUBLIC and project.visibility != Visibility.PUBLIC:
        missing["visibility"] = _("The project is not public, so what is done in it is not public either.")
    if missing:
        raise Incomplete(missing)
    plan = ActionPlan(
        title=title.strip(),
        language=language,
        organization=organization,
        year=project.year,
        due_on=due_on,
        visibility=visibility,
        is_demo=project.is_demo,
    )
    action = actions.record_action(plan, origin=project.code, actor=actor, now=now)
    records.touch(project.code)
    journal.record(actor, "action_undertaken", project.code, now, action=action.code)
    return action
