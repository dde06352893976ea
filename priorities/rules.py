"""Who may do what with cycles, plans and priorities.

The coordination team moves cycles; it never writes an organisation's words and never submits for it.
"""

import rules
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.permissions import permission
from organizations.rules import is_community, is_coordination, speaks_for, writes_for
from organizations.standing import standing_of
from priorities.models import Assessment, CommonProject, PriorityPlan
from priorities.states import ParticipantRole, ProjectState
from spaces.rules import writes_for_a_member


@rules.predicate
def is_entered(user: User | AnonymousUser, plan: PriorityPlan | None) -> bool:
    """A plan that the coordination team entered, and that its organisation has not taken over."""
    return plan is not None and plan.is_entered


COORDINATION_TEAM = _("The coordination team can do this.")
WRITERS = _("The organisation's lead, delegates, alternates and editors can do this.")
SPEAKERS = _("The organisation's lead, delegates and alternates can do this.")

permission("priorities.create_cycle", is_coordination, COORDINATION_TEAM)
permission("priorities.move_cycle", is_coordination, COORDINATION_TEAM)
permission("priorities.view_dashboard", is_coordination, COORDINATION_TEAM)
permission("priorities.find_own_plan", is_community, _("People of a member organisation can do this."))
permission("priorities.begin_plan", writes_for, WRITERS)
permission("priorities.write_plan", writes_for | (is_coordination & is_entered), WRITERS)
permission("priorities.enter_plan", is_coordination, COORDINATION_TEAM)
permission("priorities.submit_plan", speaks_for, SPEAKERS)
permission("priorities.read_revisions", is_community, _("People of a member organisation can do this."))


@rules.predicate
def works_in(user: User | AnonymousUser, project: CommonProject) -> bool:
    """Writes for an organisation that confirmed its part in the project."""
    writes_for = standing_of(user).writes_for
    return bool(writes_for) and project.participants.confirmed().filter(organization__in=writes_for).exists()


@rules.predicate
def leads_project(user: User | AnonymousUser, project: CommonProject) -> bool:
    """Speaks for the organisation that leads the project and has confirmed."""
    speaks_for = standing_of(user).speaks_for
    leads = project.participants.confirmed().filter(role=ParticipantRole.LEAD, organization__in=speaks_for)
    return bool(speaks_for) and leads.exists()


@rules.predicate
def edits_project(user: User | AnonymousUser, project: CommonProject) -> bool:
    """Writes for the organisation that leads it and has confirmed; while it is only proposed, for the proposer too."""
    writes_for = standing_of(user).writes_for
    if project.state == ProjectState.PROPOSED and project.proposed_by_id in writes_for:
        return True
    leads = project.participants.confirmed().filter(role=ParticipantRole.LEAD, organization__in=writes_for)
    return bool(writes_for) and leads.exists()


@rules.predicate
def is_collective(user: User | AnonymousUser, assessment: Assessment) -> bool:
    """A review by all the organisations together."""
    return assessment.organization_id is None


@rules.predicate
def speaks_for_a_member(user: User | AnonymousUser) -> bool:
    """Lead, delegate or alternate of a member organisation."""
    standing = standing_of(user)
    return bool(standing.speaks_for & standing.member_of)


MEMBERS = _("Editors and delegates of member organisations can do this.")
LEADING = _("Those who speak for the lead organisation and the coordination team can do this.")
WORKING = _("Editors and delegates of the organisations that take part can do this.")

permission("priorities.propose_project", writes_for_a_member | is_coordination, MEMBERS)
permission("priorities.answer_project", speaks_for, SPEAKERS)
permission("priorities.lead_project", leads_project | is_coordination, LEADING)
permission(
    "priorities.edit_project",
    edits_project,
    _(
        "Editors and delegates of the lead organisation can do this; while it is only proposed, those of "
        "the organisation that proposed it can too."
    ),
)
permission("priorities.work_in_project", works_in, WORKING)
permission("priorities.file_threat", writes_for_a_member, MEMBERS)
permission("priorities.edit_threat", writes_for, WRITERS)
permission("priorities.endorse_threat", speaks_for_a_member, _("Delegates of member organisations can do this."))
permission("priorities.decide_threat", is_coordination, COORDINATION_TEAM)
permission("priorities.answer_merge", speaks_for, SPEAKERS)
permission("priorities.assess", writes_for_a_member | is_coordination, MEMBERS)
permission(
    "priorities.answer_improvements",
    (is_collective & is_coordination) | (~is_collective & writes_for),
    WRITERS,
)
permission("priorities.write_assessment", (is_collective & is_coordination) | (~is_collective & writes_for), WRITERS)
permission("priorities.publish_assessment", (is_collective & is_coordination) | (~is_collective & speaks_for), SPEAKERS)
