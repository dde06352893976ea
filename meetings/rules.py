"""Who may do what at meetings. The coordination team keeps the record; it adds nothing to an organisation's own words."""

from django.utils.translation import gettext_lazy as _

from core.doors import door
from organizations.rules import is_coordination

COORDINATION = _("The coordination team may.")

door("meetings.create_meeting", is_coordination, COORDINATION)
door("meetings.edit_meeting", is_coordination, COORDINATION)
door("meetings.convene_meeting", is_coordination, COORDINATION)
door("meetings.move_meeting", is_coordination, COORDINATION)
door("meetings.cancel_meeting", is_coordination, COORDINATION)
door("meetings.hold_meeting", is_coordination, COORDINATION)
door("meetings.publish_meeting", is_coordination, COORDINATION)
door("meetings.edit_agenda", is_coordination, COORDINATION)
door("meetings.record_attendance", is_coordination, COORDINATION)
door("meetings.record_decision", is_coordination, COORDINATION)
door("meetings.record_action", is_coordination, COORDINATION)
door("meetings.write_outcome", is_coordination, COORDINATION)
