"""Acts on the milestones of a common project."""

import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, journal
from core.errors import Incomplete, NotNow
from core.locks import lock
from core.records import services as records
from priorities.models import CommonProject, Milestone
from priorities.services.projects import check_is_live


@transaction.atomic
def add_milestone(
    project: CommonProject, *, title: str, due_on: datetime.date, actor: User, now: datetime.datetime
) -> Milestone:
    """Add a milestone with its day. Raises NotNow where the project is over, Incomplete for a day before its year."""
    project = lock(project)
    check_is_live(project)
    if due_on.year < project.year:
        raise Incomplete({"due_on": _("This day is before the year of the project.")})
    milestone = Milestone.objects.create(project=project, title=title.strip(), due_on=due_on)
    records.touch(project.code)
    journal.record(actor, "milestone_added", project.code, now, due_on=due_on.isoformat())
    return milestone


@transaction.atomic
def reach_milestone(milestone: Milestone, *, evidence: str, actor: User, now: datetime.datetime) -> Milestone:
    """Mark a milestone as reached today. Raises NotNow where it was reached before or the project is over."""
    project = lock(milestone.project)
    check_is_live(project)
    milestone = lock(milestone)
    if milestone.done_on:
        raise NotNow(_("This milestone has already been reached."))
    milestone.done_on, milestone.evidence = clock.today(now, settings.CASA_ZONE), evidence
    milestone.save(update_fields=["done_on", "evidence"])
    records.touch(project.code)
    journal.record(actor, "milestone_reached", project.code, now, milestone=milestone.pk)
    return milestone
