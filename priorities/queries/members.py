"""Member organisations of a day, and those in whose name somebody writes."""

import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from core import clock
from organizations.models import Organization
from organizations.querysets import OrganizationQuerySet
from organizations.standing import standing_of


def current_members(now: datetime.datetime) -> OrganizationQuerySet:
    """Organisations that are members today, in the portal's own zone; in no order."""
    return Organization.objects.members_on(clock.today(now, settings.CASA_ZONE))


def own_members(user: User | AnonymousUser, now: datetime.datetime) -> list[Organization]:
    """Member organisations in whose name this person writes."""
    standing = standing_of(user, now)
    return list(Organization.objects.filter(pk__in=standing.writes_for & standing.member_of).in_order())
