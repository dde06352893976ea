"""What a reader is today: their roles, by mandate. Read once a request, by every rule and every `visible_to`."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings

from core import clock
from core.visibility import Reader
from organizations.states import SPEAKING_ROLES, WRITING_ROLES, OrganizationKind, Role


@dataclass(frozen=True)
class Standing:
    """The roles a person holds on a day, each with the id of its organisation or, across the portal, None.

    `member_of` holds member organisations only.
    """

    person_id: int | None = None
    roles: frozenset[tuple[Role, int | None]] = frozenset()
    member_of: frozenset[int] = frozenset()

    @property
    def is_coordination(self) -> bool:
        return (Role.COORDINATION, None) in self.roles

    @property
    def is_administrator(self) -> bool:
        return (Role.ADMINISTRATOR, None) in self.roles

    @property
    def is_community(self) -> bool:
        """Whether they see what is for member organisations: anybody active in one, and the coordination team."""
        return bool(self.member_of) or self.is_coordination

    def _organizations(self, wanted: Collection[Role]) -> frozenset[int]:
        return frozenset(pk for role, pk in self.roles if pk is not None and role in wanted)

    @property
    def speaks_for(self) -> frozenset[int]:
        return self._organizations(SPEAKING_ROLES)

    @property
    def writes_for(self) -> frozenset[int]:
        return self._organizations(WRITING_ROLES)

    @property
    def leads(self) -> frozenset[int]:
        return self._organizations({Role.LEAD})

    @property
    def organizations(self) -> frozenset[int]:
        return frozenset(pk for _role, pk in self.roles if pk is not None)


NOBODY = Standing()


def standing_of(user: Reader, now: datetime.datetime | None = None) -> Standing:
    """The Standing of a user at an instant (default: now); visitors and closed accounts have none.

    One query a request: the answer stays on the user object for the day it was asked about.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return NOBODY
    day = clock.today(now or clock.now(), settings.CASA_ZONE)
    cached: tuple[datetime.date, Standing] | None = getattr(user, "_standing", None)
    if cached is None or cached[0] != day:
        cached = (day, _standing_on(user, day))
        user._standing = cached  # type: ignore[attr-defined]  # a cache of ours on Django's object
    return cached[1]


def _standing_on(user: Reader, day: datetime.date) -> Standing:
    person = getattr(user, "person", None)
    if person is None:
        return NOBODY
    roles: set[tuple[Role, int | None]] = set()
    member_of: set[int] = set()
    for mandate in person.mandates.on(day).select_related("organization"):
        roles.add((Role(mandate.role), mandate.organization_id))
        organization = mandate.organization
        if organization and organization.kind == OrganizationKind.MEMBER and organization.is_in_on(day):
            member_of.add(organization.pk)
    return Standing(person.pk, frozenset(roles), frozenset(member_of))
