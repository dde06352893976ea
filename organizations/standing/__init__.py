"""What a reader is today: their roles, by mandate. Read once per request, by every rule and every `visible_to`."""

from dataclasses import dataclass

from django.conf import settings

from core import clock
from organizations.states import SPEAKING_ROLES, WRITING_ROLES, OrganizationKind, Role


@dataclass(frozen=True)
class Standing:
    """Roles held on a day: {(role, organisation id or None)}; `member_of` holds member organisations only."""

    person_id: int | None = None
    roles: frozenset = frozenset()
    member_of: frozenset = frozenset()

    @property
    def is_coordination(self):
        return (Role.COORDINATION, None) in self.roles

    @property
    def is_administrator(self):
        return (Role.ADMINISTRATOR, None) in self.roles

    @property
    def is_community(self):
        """Sees what is for member organisations: anybody active in one, and the coordination team."""
        return bool(self.member_of) or self.is_coordination

    def _organizations(self, wanted):
        return frozenset(org for role, org in self.roles if org is not None and role in wanted)

    @property
    def speaks_for(self):
        return self._organizations(SPEAKING_ROLES)

    @property
    def writes_for(self):
        return self._organizations(WRITING_ROLES)

    @property
    def leads(self):
        return self._organizations({Role.LEAD})

    @property
    def organizations(self):
        return frozenset(org for _role, org in self.roles if org is not None)


NOBODY = Standing()


def standing_of(user, now=None):
    """The Standing of a user at an instant (default: now); visitors and closed accounts stand nowhere.

    One query a request: the answer is kept on the user object for the day it was asked about.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return NOBODY
    day = clock.today(now or clock.now(), settings.CASA_ZONE)
    kept = getattr(user, "_standing", None)
    if kept is None or kept[0] != day:
        kept = user._standing = (day, _read(user, day))
    return kept[1]


def _read(user, day):
    person = getattr(user, "person", None)
    if person is None:
        return NOBODY
    held = person.mandates.on(day).select_related("organization")
    roles, member_of = set(), set()
    for mandate in held:
        roles.add((Role(mandate.role), mandate.organization_id))
        organization = mandate.organization
        if organization and organization.kind == OrganizationKind.MEMBER and organization.is_in_on(day):
            member_of.add(organization.pk)
    return Standing(person.pk, frozenset(roles), frozenset(member_of))
