"""Who may do what at meetings. The coordination team keeps the record; it never edits an organisation's own words."""

import rules
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.permissions import permission
from meetings.models import AgendaItem
from organizations.rules import is_community, is_coordination, writes_for
from organizations.standing import standing_of


@rules.predicate
def writes_somewhere(user: User | AnonymousUser) -> bool:
    """Whether they are editor, delegate, alternate or lead of a member organisation."""
    standing = standing_of(user)
    return bool(standing.writes_for & standing.member_of)


@rules.predicate
def speaks_somewhere(user: User | AnonymousUser) -> bool:
    """Whether they are delegate, alternate or lead of a member organisation."""
    standing = standing_of(user)
    return bool(standing.speaks_for & standing.member_of)


@rules.predicate
def presents(user: User | AnonymousUser, item: AgendaItem | None) -> bool:
    """Whether they write for the organisation that presents an agenda item."""
    return item is not None and item.presenter_id in standing_of(user).writes_for


COORDINATION = _("The coordination team can do this.")

permission("meetings.create_meeting", is_coordination, COORDINATION)
permission("meetings.edit_meeting", is_coordination, COORDINATION)
permission("meetings.poll_dates", is_coordination, COORDINATION)
permission("meetings.see_poll", is_community, _("People of a member organisation can do this."))
permission("meetings.answer_invitation", is_community, _("Those invited can do this."))
permission("meetings.convene_meeting", is_coordination, COORDINATION)
permission("meetings.move_meeting", is_coordination, COORDINATION)
permission("meetings.cancel_meeting", is_coordination, COORDINATION)
permission("meetings.hold_meeting", is_coordination, COORDINATION)
permission("meetings.publish_meeting", is_coordination, COORDINATION)
permission("meetings.edit_agenda", is_coordination, COORDINATION)
permission("meetings.record_attendance", is_coordination, COORDINATION)
permission("meetings.record_decision", is_coordination, COORDINATION)
permission("meetings.record_action", is_coordination, COORDINATION)
permission("meetings.write_outcome", is_coordination, COORDINATION)
permission("meetings.write_minutes", is_coordination, COORDINATION)
permission("meetings.read_minutes", is_community, _("People of a member organisation can do this."))
permission("meetings.comment_minutes", writes_somewhere, _("Those who write for a member organisation can do this."))
permission("meetings.enter_room", is_community, _("People of a member organisation can do this."))
permission("meetings.lead_room", is_coordination, COORDINATION)
permission("meetings.answer_in_room", speaks_somewhere, _("Those who speak for a member organisation can do this."))
permission("meetings.read_communique", is_community, _("People of a member organisation can do this."))
permission("meetings.sign_communique", speaks_somewhere, _("Those who speak for a member organisation can do this."))
permission("meetings.review_translation", is_community, _("People of a member organisation can do this."))
permission("meetings.lead_communique", is_coordination, COORDINATION)
permission("meetings.link_account", writes_somewhere, _("Those who write for a member organisation can do this."))
permission("meetings.unlink_account", writes_for | is_coordination, _("The organisation that wrote it can do this."))
permission(
    "meetings.add_paper",
    presents | is_coordination,
    _("The organisation that presents the item and the coordination team can do this."),
)
permission(
    "meetings.remove_paper",
    writes_for | is_coordination,
    _("The organisation that submitted it and the coordination team can do this."),
)
permission("meetings.propose_item", writes_somewhere, _("Those who write for a member organisation can do this."))
permission("meetings.withdraw_proposal", writes_for, _("The organisation that proposed it can do this."))
