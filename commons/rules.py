"""Who may do what with actions and texts."""

from django.utils.translation import gettext_lazy as _

from core.permissions import permission
from organizations.rules import is_administrator, is_community, is_coordination, writes_for

permission(
    "commons.update_action",
    writes_for | is_coordination,
    _("People of the organisation responsible for the action can do this."),
)
permission(
    "commons.view_actions", is_community, _("People of the member organisations and the coordination team can do this.")
)
permission("commons.view_themes", is_administrator | is_coordination, _("The coordination team can do this."))
permission("commons.edit_themes", is_administrator, _("Administrators can do this."))
