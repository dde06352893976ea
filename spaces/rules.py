"""Who may do what with editions and deadlines."""

import rules
from django.utils.translation import gettext_lazy as _

from core.permissions import permission
from core.visibility import Reader
from organizations.rules import is_coordination, speaks_for, writes_for
from organizations.standing import standing_of


@rules.predicate
def writes_for_a_member(user: Reader) -> bool:
    """Editor or delegate of any organisation that is a member today."""
    standing = standing_of(user)
    return bool(standing.writes_for & standing.member_of)


COORDINATION = _("The coordination team can do this.")

permission("spaces.add_edition", is_coordination, COORDINATION)
permission("spaces.edit_edition", is_coordination, COORDINATION)
permission("spaces.edit_deadline", is_coordination, COORDINATION)
permission(
    "spaces.add_participation", writes_for_a_member, _("Editors and delegates of member organisations can do this.")
)
permission("spaces.report_participation", writes_for, _("The organisation's editors and delegates can do this."))
permission("spaces.commit_participation", speaks_for, _("The organisation's delegates can do this."))
