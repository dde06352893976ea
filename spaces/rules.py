"""Who may do what with editions and deadlines."""

from django.utils.translation import gettext_lazy as _

from core.doors import door
from organizations.rules import is_coordination

COORDINATION = _("The coordination team may.")

door("spaces.add_edition", is_coordination, COORDINATION)
door("spaces.edit_edition", is_coordination, COORDINATION)
door("spaces.edit_deadline", is_coordination, COORDINATION)
