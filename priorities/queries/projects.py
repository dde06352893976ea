"""Who leads a common project, who takes part, and which of its milestones is the next."""

import datetime
from enum import StrEnum
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from core import clock
from organizations.models import Organization
from organizations.querysets import OrganizationQuerySet
from organizations.standing import standing_of
from priorities.models import CommonProject, Milestone
from priorities.queries.members import current_members
from priorities.states import TAKING_PART_STATES, ParticipantRole

SOON = datetime.timedelta(days=30)


def has_lead(project: CommonProject, now: datetime.datetime) -> bool:
    """Whether an organisation leads it, or has been asked to: one that has left the community no longer does."""
    leads = project.participants.filter(role=ParticipantRole.LEAD, state__in=TAKING_PART_STATES)
    return leads.filter(organization__in=current_members(now)).exists()


class MilestoneTime(StrEnum):
    DONE = "done"
    #: Overdue, or due within a month.
    NOW = "now"
    NEXT = "next"
    LATER = "later"

    @property
    def label(self) -> str:
        if self == MilestoneTime.DONE:
            return _("reached")
        if self == MilestoneTime.NOW:
            return pgettext("milestone", "now")
        return pgettext("milestone", "next") if self == MilestoneTime.NEXT else pgettext("milestone", "later")

    @property
    def look(self) -> str:
        """The shape drawn before its label (docs/look.md)."""
        return {MilestoneTime.DONE: "done", MilestoneTime.NOW: "underway"}.get(self, "draft")


class TimedMilestone(NamedTuple):
    milestone: Milestone
    time: MilestoneTime


def timed_milestones(project: CommonProject, now: datetime.datetime) -> list[TimedMilestone]:
    """The project's milestones in order of their days; the first that is neither reached nor due soon is the next."""
    today = clock.today(now, settings.CASA_ZONE)
    rows, has_next = [], False
    for milestone in project.milestones.all():
        time = MilestoneTime.LATER
        if milestone.done_on:
            time = MilestoneTime.DONE
        elif milestone.due_on - today <= SOON:
            time = MilestoneTime.NOW
        elif not has_next:
            time, has_next = MilestoneTime.NEXT, True
        rows.append(TimedMilestone(milestone, time))
    return rows


def own_participants(
    project: CommonProject, user: User | AnonymousUser, now: datetime.datetime
) -> OrganizationQuerySet:
    """Organisations in whose name this person writes that have confirmed their part in the project, in order."""
    confirmed = project.participants.confirmed().values("organization")
    own = Organization.objects.filter(pk__in=standing_of(user, now).writes_for)
    return own.filter(pk__in=confirmed).in_order()
