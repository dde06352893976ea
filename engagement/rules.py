"""Who may do what with visits, training and regulation."""

import rules
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.permissions import permission
from engagement.models import Activity, TrainingSession
from organizations.rules import is_community, is_coordination
from organizations.standing import standing_of
from spaces.rules import writes_for_a_member


@rules.predicate
def writes_for_a_host(user: User | AnonymousUser, record: Activity | TrainingSession) -> bool:
    """Editor, or somebody who speaks for an organisation that hosts it."""
    writes_for = standing_of(user).writes_for
    return bool(writes_for) and record.hosts.filter(pk__in=writes_for).exists()


MEMBERS = _("Editors and delegates of member organisations and the coordination team can do this.")
HOSTS = _("Editors and delegates of the host organisations and the coordination team can do this.")
TEAM = _("The coordination team can do this.")

permission("engagement.add_activity", writes_for_a_member | is_coordination, MEMBERS)
permission("engagement.edit_activity", is_coordination | writes_for_a_host, HOSTS)
permission("engagement.publish_activity", is_coordination, TEAM)
permission("engagement.add_session", writes_for_a_member | is_coordination, MEMBERS)
permission("engagement.edit_session", is_coordination | writes_for_a_host, HOSTS)
permission("engagement.publish_session", is_coordination, TEAM)
permission("engagement.add_programme", is_coordination, TEAM)
permission("engagement.add_regulation", writes_for_a_member | is_coordination, MEMBERS)
permission("engagement.assess_regulation", writes_for_a_member | is_coordination, MEMBERS)
permission("engagement.read_impact", is_community, _("People of a member organisation can do this."))
