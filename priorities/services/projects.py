"""Acts on common projects: proposed, corrected, moved. Their participants and milestones have files of their own."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from commons.models import Theme
from core import clock, journal
from core.errors import Conflict, Incomplete, NotNow
from core.locks import lock
from core.records import services as records
from core.records.models import LinkKind
from core.records.queries import origin_code
from core.states import move
from organizations.models import Organization
from organizations.standing import standing_of
from priorities import emails
from priorities.models import CommonProject, Participant
from priorities.queries.members import current_members
from priorities.states import (
    LIVE_PROJECT_STATES,
    PROJECT_MOVES,
    ParticipantRole,
    ParticipantState,
    ProjectState,
)

MOST_ORIGINS = 20
#: Stopping a project needs a reason.
STOPPED = (ProjectState.PAUSED, ProjectState.CANCELLED)


@dataclass(frozen=True)
class ProjectDetails:
    """What a common project says of itself, in the language of its writer."""

    title: str
    aim: str
    language: str
    theme: Theme | None
    until: datetime.date | None
    visibility: str


@dataclass(frozen=True)
class ProjectProposal:
    """A common project to be proposed for a year, with the organisations that would take part.

    `origins` are codes of what it came from. `proposed_by` is the actor's organisation, or None for the coordination
    team.
    """

    year: int
    details: ProjectDetails
    lead: Organization
    partners: Sequence[Organization]
    observers: Sequence[Organization]
    origins: Sequence[str]
    proposed_by: Organization | None
    is_demo: bool = False

    @property
    def organizations(self) -> list[Organization]:
        return [self.lead, *self.partners, *self.observers]

    @property
    def roles(self) -> list[tuple[Organization, ParticipantRole]]:
        """Each organisation with the role it is offered."""
        return [
            (self.lead, ParticipantRole.LEAD),
            *((organization, ParticipantRole.PARTNER) for organization in self.partners),
            *((organization, ParticipantRole.OBSERVER) for organization in self.observers),
        ]


def check_is_live(project: CommonProject) -> None:
    """Raise NotNow where a project is completed or cancelled."""
    if project.state not in LIVE_PROJECT_STATES:
        raise NotNow(_("This project is completed or cancelled."))


@transaction.atomic
def propose_project(proposal: ProjectProposal, *, actor: User, now: datetime.datetime) -> CommonProject:
    """Create a proposed project and invite the organisations to it; none is named before it confirms.

    Where the actor speaks for the organisation that proposes, that one has confirmed.
    Writes to the delegates of each of the others.
    Raises Incomplete, all at once.
    """
    codes = _check_proposal(proposal, actor, now)
    details = proposal.details
    project = CommonProject(
        year=proposal.year,
        source_language=details.language,
        theme=details.theme,
        until=details.until,
        visibility=details.visibility,
        proposed_by=proposal.proposed_by,
        is_demo=proposal.is_demo,
    )
    setattr(project, f"title_{details.language}", details.title.strip())
    setattr(project, f"aim_{details.language}", details.aim.strip())
    records.create("PRO", proposal.year, project)
    for code in codes:
        records.link(code, project.code, now, LinkKind.CAME_FROM, by=journal.key(actor))
    speaks_for = standing_of(actor, now).speaks_for
    invited = []
    for organization, role in proposal.roles:
        confirms = organization == proposal.proposed_by and organization.pk in speaks_for
        Participant.objects.create(
            project=project,
            organization=organization,
            role=role,
            invited_at=now,
            state=ParticipantState.CONFIRMED if confirms else ParticipantState.INVITED,
            answered_at=now if confirms else None,
        )
        if not confirms:
            invited.append(organization)
    journal.record(actor, "project_proposed", project.code, now, organizations=len(proposal.organizations))
    emails.send_project_invitations(project, invited, now)
    return project


def _check_proposal(proposal: ProjectProposal, actor: User, now: datetime.datetime) -> list[str]:
    """The codes of its origins; raises Incomplete for all that is wrong with a proposal."""
    wrong = {}
    organizations = proposal.organizations
    members = set(current_members(now).values_list("pk", flat=True))
    if not proposal.details.title.strip():
        wrong["title"] = _("Enter its name.")
    if proposal.details.until and proposal.details.until.year < proposal.year:
        wrong["until"] = _("It cannot end before its year begins.")
    if not proposal.partners:
        wrong["partners"] = _("A common project needs at least one partner besides the lead organisation.")
    if len(set(organizations)) < len(organizations):
        doing = [proposal.lead, *proposal.partners]
        field = "observers" if len(set(doing)) == len(doing) else "partners"
        wrong[field] = _("An organisation can have only one role.")
    if any(organization.pk not in members for organization in organizations):
        wrong["partners"] = _("Only member organisations can take part.")
    if proposal.proposed_by is not None and proposal.proposed_by not in organizations:
        wrong["lead"] = _("Your own organisation must take part in what it proposes.")
    codes = []
    for code in dict.fromkeys(code.strip().upper() for code in proposal.origins if code.strip()):
        try:
            codes.append(origin_code(code, actor, now))
        except Incomplete:
            wrong["origins"] = _("There is no record with the code %(code)s.") % {"code": code[:24]}
    if len(codes) > MOST_ORIGINS:
        wrong["origins"] = _("There can be at most %(n)s.") % {"n": MOST_ORIGINS}
    if wrong:
        raise Incomplete(wrong)
    return codes


@transaction.atomic
def set_project_state(
    project: CommonProject, *, state: str, reason: str, version: int, actor: User, now: datetime.datetime
) -> CommonProject:
    """Begin, pause, resume, complete or cancel a project.

    The member organisations read why it is paused, everybody who sees the project why it is cancelled.
    Raises Conflict where another wrote meanwhile, NotNow, Incomplete without a reason.
    """
    project = lock(project)
    if version != project.version:
        raise Conflict(project)
    state = ProjectState(state)
    if state == ProjectState.AGREED:
        raise NotNow(_("It is agreed automatically once two organisations have confirmed."))
    if state in STOPPED and not reason.strip():
        sentence = _(
            "Give the reason. The member organisations see the reason for a pause; everybody sees the reason for a "
            "cancellation."
        )
        raise Incomplete({"reason": sentence})
    move(project, state, PROJECT_MOVES)
    project.reason = reason.strip() if state in STOPPED else ""
    project.version += 1
    project.save(update_fields=["state", "reason", "version"])
    records.touch(project.code)
    journal.record(actor, "project_state", project.code, now, state=state)
    return project


@transaction.atomic
def edit_project(
    project: CommonProject, *, details: ProjectDetails, version: int, actor: User, now: datetime.datetime
) -> CommonProject:
    """Correct a project's words, theme, end and visibility while it lives.

    Raises Conflict where another wrote meanwhile, NotNow where it is over, Incomplete.
    """
    project = lock(project)
    check_is_live(project)
    if version != project.version:
        raise Conflict(project)
    if not details.title.strip():
        raise Incomplete({"title": _("Enter its name.")})
    if details.until and details.until.year < project.year:
        raise Incomplete({"until": _("It cannot end before its year begins.")})
    for name, text in (("title", details.title), ("aim", details.aim)):
        if project.source_language != details.language:
            setattr(project, f"{name}_{project.source_language}", "")
        setattr(project, f"{name}_{details.language}", text.strip())
    project.source_language, project.theme, project.until = details.language, details.theme, details.until
    project.visibility, project.version = details.visibility, project.version + 1
    project.save()
    records.touch(project.code)
    journal.record(actor, "project_edited", project.code, now)
    return project


def agree_if_ready(project: CommonProject, now: datetime.datetime) -> None:
    """Make a proposed project agreed once two organisations that do the work, one of them leading, have confirmed.

    The caller's transaction holds the project.
    """
    if project.state != ProjectState.PROPOSED:
        return
    working = project.participants.confirmed().exclude(role=ParticipantRole.OBSERVER)
    roles = list(working.values_list("role", flat=True))
    if len(roles) >= 2 and ParticipantRole.LEAD in roles:
        move(project, ProjectState.AGREED, PROJECT_MOVES)
        project.agreed_on = clock.today(now, settings.CASA_ZONE)
        project.save(update_fields=["state", "agreed_on"])
        records.touch(project.code)
        journal.record(None, "project_agreed", project.code, now)
