"""Who may do what with cycles, plans and priorities.

The coordination team moves cycles; it never writes an organisation's words and never submits for it.
"""

from django.utils.translation import gettext_lazy as _

from core.doors import door
from organizations.rules import is_community, is_coordination, speaks_for, writes_for

COORDINATION_TEAM = _("The coordination team may.")
WRITERS = _("The lead, delegates, alternates and editors of the organisation may.")
SPEAKERS = _("The lead, a delegate or an alternate of the organisation may.")

door("priorities.create_cycle", is_coordination, COORDINATION_TEAM)
door("priorities.move_cycle", is_coordination, COORDINATION_TEAM)
door("priorities.view_dashboard", is_coordination, COORDINATION_TEAM)
door("priorities.find_own_plan", is_community, _("People of a member organisation may."))
door("priorities.begin_plan", writes_for, WRITERS)
door("priorities.write_plan", writes_for, WRITERS)
door("priorities.submit_plan", speaks_for, SPEAKERS)
