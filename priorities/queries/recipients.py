"""Who is written to about a year's plans and their progress, and whose a personal link is."""

import datetime
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q

from accounts.models import User
from accounts.queries import find_link
from core import clock
from core.deadlines import Recipient
from organizations.models import Organization
from organizations.standing import standing_of
from organizations.standing.addressees import who_speaks_for, whom_to_ask
from priorities.emails import PROGRESS_LINK
from priorities.models import Participant, PlanningCycle, Priority
from priorities.queries.cycles import organizations_without_submission
from priorities.states import LIVE_PROJECT_STATES


class OrganizationRecipients(NamedTuple):
    """An organisation and the people who are written to for it; there may be none."""

    organization: Organization
    recipients: tuple[Recipient, ...]


def reminder_recipients(cycle: PlanningCycle, now: datetime.datetime) -> list[OrganizationRecipients]:
    """For each organisation that has not submitted: its delegates, else its lead, else the coordination team."""
    late = organizations_without_submission(cycle, now)
    recipients = whom_to_ask(late, clock.today(now, cycle.zone))
    return [OrganizationRecipients(organization, recipients[organization.pk]) for organization in late]


def progress_recipients(cycle: PlanningCycle, now: datetime.datetime) -> list[OrganizationRecipients]:
    """For each organisation with something of the year to report on, a priority or its part in a living common project:
    those who speak for it. Two queries."""
    with_priorities = Priority.objects.filed().filter(plan__cycle=cycle).values("plan__organization")
    places = Participant.objects.confirmed().filter(project__year=cycle.year, project__state__in=LIVE_PROJECT_STATES)
    reporting = Q(pk__in=with_priorities) | Q(pk__in=places.values("organization"))
    organizations = list(Organization.objects.filter(reporting).in_order())
    recipients = who_speaks_for(organizations, clock.today(now, settings.CASA_ZONE))
    return [OrganizationRecipients(organization, recipients[organization.pk]) for organization in organizations]


def owner_of_progress_link(organization: Organization, token: str, now: datetime.datetime) -> User | None:
    """The person to whom a valid progress link was sent, who must still write for the organisation; None otherwise.

    The link can be used afterwards as before.
    """
    link = find_link(token, PROGRESS_LINK, now)
    if link is None or link.code != organization.slug:
        return None
    user = User.objects.filter(email__iexact=link.address, is_active=True).first()
    return user if user and organization.pk in standing_of(user, now).writes_for else None
