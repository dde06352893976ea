"""Progress reports on priorities and common projects: only ever added to; the public reads the coarser words."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import use_link
from core import journal, permissions
from core.errors import Incomplete, NotNow
from core.locks import lock
from core.records import services as records
from core.states import move
from organizations.models import Organization
from priorities.emails import PROGRESS_LINK
from priorities.models import CommonProject, Priority, ProgressUpdate
from priorities.queries.recipients import owner_of_progress_link
from priorities.services.projects import check_is_live
from priorities.states import PROGRESS_MOVES, PROGRESS_OF, Health, PlanState


@dataclass(frozen=True)
class Report:
    """How a priority or a common project goes, as an organisation reports it."""

    record: Priority | CommonProject
    health: str
    words: str = ""
    evidence: str = ""


@transaction.atomic
def report_on_priority(
    priority: Priority, *, health: str, words: str, evidence: str, actor: User, now: datetime.datetime
) -> ProgressUpdate:
    """Add a progress report to a priority that was submitted.

    What is at risk, off track or not continued says why. Done and not continued are what the public reads, with the
    reason; a later report corrects it.
    Raises PermissionDenied, NotNow, Incomplete.
    """
    priority = lock(priority, "plan")
    permissions.check_perm(actor, "priorities.write_plan", priority.plan)
    if priority.left_out_at or priority.plan.state == PlanState.DRAFT:
        raise NotNow(_("This priority has not been submitted."))
    health = Health(health)
    if health not in (Health.ON_TRACK, Health.DONE) and not words.strip():
        raise Incomplete({"words": _("Give the reason in a few words.")})
    target = PROGRESS_OF[health]
    if target != priority.state:
        move(priority, target, PROGRESS_MOVES)
        priority.save(update_fields=["state"])
    update = ProgressUpdate.objects.create(
        code=priority.code,
        organization=priority.plan.organization,
        health=health,
        words=words.strip(),
        evidence=evidence,
        at=now,
        by=journal.key(actor),
    )
    records.touch(priority.code)
    journal.record(actor, "progress_told", priority.code, now, health=health)
    return update


@transaction.atomic
def report_on_project(
    project: CommonProject,
    *,
    organization: Organization,
    health: str,
    words: str,
    evidence: str,
    actor: User,
    now: datetime.datetime,
) -> ProgressUpdate:
    """Add a progress report to a common project, as an organisation that takes part sees it.

    Raises NotNow where the project is over, Incomplete without a reason or where the organisation takes no part.
    """
    project = lock(project)
    check_is_live(project)
    health = Health(health)
    if health != Health.ON_TRACK and not words.strip():
        raise Incomplete({"words": _("Give the reason in a few words.")})
    if not project.participants.confirmed().filter(organization=organization).exists():
        raise Incomplete({"organization": _("It does not take part in this project.")})
    update = ProgressUpdate.objects.create(
        code=project.code,
        organization=organization,
        health=health,
        words=words.strip(),
        evidence=evidence,
        at=now,
        by=journal.key(actor),
    )
    records.touch(project.code)
    journal.record(actor, "progress_told", project.code, now, health=health, organization=organization.acronym)
    return update


@transaction.atomic
def report_progress(
    organization: Organization, *, reports: Sequence[Report], actor: User, now: datetime.datetime
) -> int:
    """Add several progress reports of an organisation at once, all or none.

    Returns how many. Raises Incomplete whose keys are (place in `reports`, field); NotNow; PermissionDenied.
    """
    wrong: dict[tuple[int, str], object] = {}
    for place, report in enumerate(reports):
        values = {"health": report.health, "words": report.words, "evidence": report.evidence}
        try:
            if isinstance(report.record, Priority):
                report_on_priority(report.record, **values, actor=actor, now=now)
            else:
                report_on_project(report.record, organization=organization, **values, actor=actor, now=now)
        except Incomplete as error:
            wrong |= {(place, name): sentences for name, sentences in error.missing.items()}
    if wrong:
        raise Incomplete(wrong)
    return len(reports)


@transaction.atomic
def report_by_link(organization: Organization, *, token: str, reports: Sequence[Report], now: datetime.datetime) -> int:
    """Add progress reports through a personal link, in the name of the person it was sent to.

    The link works once; reporting nothing leaves it as it is.
    Returns how many. Raises NotNow where the link no longer works, and as `report_progress` does.
    """
    user = owner_of_progress_link(organization, token, now)
    if user is None:
        raise NotNow(_("This link has been used or withdrawn, or has expired. Ask for a new one."))
    count = report_progress(organization, reports=reports, actor=user, now=now)
    if count:
        use_link(token, PROGRESS_LINK, now)
    return count
