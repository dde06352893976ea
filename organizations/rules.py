"""Who may do what among organisations, and the predicates from which other apps build their tables."""

from typing import Any

import rules
from django.utils.translation import gettext_lazy as _

from core.permissions import permission
from core.visibility import Reader
from organizations.models import Mandate, Organization
from organizations.standing import standing_of
from organizations.states import PORTAL_ROLES, Role


@rules.predicate
def is_community(user: Reader) -> bool:
    """Anybody active in a member organisation, or of the coordination team."""
    return standing_of(user).is_community


@rules.predicate
def is_coordination(user: Reader) -> bool:
    return standing_of(user).is_coordination


@rules.predicate
def is_administrator(user: Reader) -> bool:
    return standing_of(user).is_administrator


def _organization_id(row: Any) -> int | None:
    """The id of the organisation that a row is or belongs to."""
    if row is None:
        return None
    return row.organization_id if hasattr(row, "organization_id") else row.pk


@rules.predicate
def speaks_for(user: Reader, row: Any) -> bool:
    """Lead, delegate or alternate of the organisation of a row."""
    return _organization_id(row) in standing_of(user).speaks_for


@rules.predicate
def writes_for(user: Reader, row: Any) -> bool:
    """Editor of the organisation of a row, or somebody who speaks for it."""
    return _organization_id(row) in standing_of(user).writes_for


@rules.predicate
def leads(user: Reader, row: Any) -> bool:
    return _organization_id(row) in standing_of(user).leads


@rules.predicate
def belongs_to(user: Reader, organization: Organization) -> bool:
    """Holds any role in it today."""
    return _organization_id(organization) in standing_of(user).organizations


@rules.predicate
def is_portal_role(user: Reader, mandate: Mandate | None) -> bool:
    return mandate is not None and mandate.role in PORTAL_ROLES


@rules.predicate
def is_lead_role(user: Reader, mandate: Mandate | None) -> bool:
    return mandate is not None and mandate.role == Role.LEAD


LEAD_OR_COORDINATION = _("The organisation's lead or the coordination team can do this.")

permission("organizations.view_mandates", leads | is_coordination | is_administrator, LEAD_OR_COORDINATION)
permission("organizations.name_mandate", leads | is_coordination, LEAD_OR_COORDINATION)
permission(
    "organizations.end_mandate",
    (is_portal_role & is_administrator) | (~is_portal_role & ((leads & ~is_lead_role) | is_coordination)),
    _(
        "The organisation's lead or the coordination team can do this; roles across the portal can be "
        "ended only by an administrator."
    ),
)
permission(
    "organizations.view_portal_roles", is_administrator | is_coordination, _("The coordination team can do this.")
)
permission("organizations.name_portal_role", is_administrator, _("Administrators can do this."))
permission(
    "organizations.edit_organization", is_coordination | is_administrator, _("The coordination team can do this.")
)
permission(
    "organizations.view_year",
    belongs_to | is_coordination,
    _("People of the organisation and the coordination team can do this."),
)
permission(
    "organizations.hand_over",
    speaks_for | is_coordination,
    _("The organisation's lead, delegates and alternates and the coordination team can do this."),
)
