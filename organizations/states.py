"""Kinds of organisation and roles."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganizationKind(models.TextChoices):
    MEMBER = "member", _("member organisation")
    OBSERVER = "observer", _("observer")
    PARTNER = "partner", _("partner organisation")
    GUEST = "guest", _("guest")


class Role(models.TextChoices):
    LEAD = "lead", _("organisation lead")
    DELEGATE = "delegate", _("delegate")
    ALTERNATE = "alternate", _("alternate")
    EDITOR = "editor", _("editor")
    MEMBER = "member", _("member")
    COORDINATION = "coordination", _("coordination team")
    ADMINISTRATOR = "administrator", _("administrator")


#: Roles across the portal, not in one organisation.
PORTAL_ROLES = frozenset({Role.COORDINATION, Role.ADMINISTRATOR})
#: Roles that speak for an organisation: submit, confirm, sign off.
SPEAKING_ROLES = frozenset({Role.LEAD, Role.DELEGATE, Role.ALTERNATE})
#: Roles that write an organisation's rows.
WRITING_ROLES = SPEAKING_ROLES | {Role.EDITOR}
#: Roles that a lead may give; a new lead is named by the coordination team.
GIVEN_BY_LEAD = frozenset({Role.DELEGATE, Role.ALTERNATE, Role.EDITOR, Role.MEMBER})
