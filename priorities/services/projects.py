"""Common projects: proposed, agreed by two, done together. Nobody is named before its own delegate confirmed."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import clock, journal, permissions
from core.errors import Conflict, Incomplete, NotNow
from core.records import services as records
from core.records.models import LinkKind
from core.states import move
from organizations.models import Organization
from organizations.standing import standing_of
from priorities import emails
from priorities.models import CommonProject, Milestone, Participant, ProgressUpdate
from priorities.states import (
    PROJECT_LIVES,
    PROJECT_MOVES,
    Health,
    ParticipantRole,
    ParticipantState,
    ProjectState,
)

MOST_ORIGINS = 20
TAKES_PART = (ParticipantState.INVITED, ParticipantState.CONFIRMED)
STOPPED = (ProjectState.PAUSED, ProjectState.CANCELLED)


def locked(project):
    return CommonProject.objects.select_for_update().get(pk=project.pk)


def alive(project):
    if project.state not in PROJECT_LIVES:
        raise NotNow(_("This project is completed or cancelled."))


@transaction.atomic
def propose_project(
    *, year, title, aim, language, theme, until, visibility, lead, partners, observers, origins, proposed_by, actor,
    now, is_demo=False,
):  # fmt: skip
    """Propose a project to the organisations named; each is asked by mail, none is named before it says yes.

    `origins` are codes of what it came from. `proposed_by` is the actor's organisation, or None for the coordination
    team. Where the actor speaks for an organisation that is named, that one has confirmed. Returns the CommonProject;
    raises Incomplete, all at once.
    """
    codes = _check(year, title, until, lead, partners, observers, origins, proposed_by, actor, now)
    project = CommonProject(
        year=year, source_language=language, theme=theme, until=until, visibility=visibility, proposed_by=proposed_by,
        is_demo=is_demo,
    )  # fmt: skip
    setattr(project, f"title_{language}", title.strip())
    setattr(project, f"aim_{language}", aim.strip())
    records.create("PRO", year, project)
    for code in codes:
        records.link(code, project.code, now, LinkKind.CAME_FROM, by=journal.key(actor))
    speaks_for = standing_of(actor, now).speaks_for
    named = [(lead, ParticipantRole.LEAD), *((one, ParticipantRole.PARTNER) for one in partners),
             *((one, ParticipantRole.OBSERVER) for one in observers)]  # fmt: skip
    for organization, role in named:
        says_yes = organization.pk in speaks_for and organization == proposed_by
        Participant.objects.create(
            project=project, organization=organization, role=role, asked_at=now,
            state=ParticipantState.CONFIRMED if says_yes else ParticipantState.INVITED,
            answered_at=now if says_yes else None,
        )  # fmt: skip
    journal.record(actor, "project_proposed", project.code, now, organizations=len(named))
    _agree(project, now)
    emails.project_invited(project, [one for one, _role in named if one.pk not in _confirmed(project)], now)
    return project


def _check(year, title, until, lead, partners, observers, origins, proposed_by, actor, now):
    wrong = {}
    named = [lead, *partners, *observers]
    members = set(Organization.objects.members_on(clock.today(now, settings.CASA_ZONE)).values_list("pk", flat=True))
    if not title.strip():
        wrong["title"] = _("Enter its name.")
    if until and until.year < year:
        wrong["until"] = _("It cannot end before its year begins.")
    if not partners:
        wrong["partners"] = _("A common project needs at least one partner besides the lead organisation.")
    if len({one.pk for one in named}) < len(named):
        wrong["observers" if len({one.pk for one in [lead, *partners]}) > len(partners) else "partners"] = _(
            "An organisation can have only one role."
        )
    if any(one.pk not in members for one in named):
        wrong["partners"] = _("Only member organisations can take part.")
    if proposed_by is not None and proposed_by not in named:
        wrong["lead"] = _("Your own organisation must take part in what it proposes.")
    codes = []
    for code in dict.fromkeys(code.strip().upper() for code in origins if code.strip()):
        try:
            codes.append(records.origin(code, actor, now))
        except Incomplete:
            wrong["origins"] = _("There is no record with the code %(code)s.") % {"code": code[:24]}
    if len(codes) > MOST_ORIGINS:
        wrong["origins"] = _("There can be at most %(n)s.") % {"n": MOST_ORIGINS}
    if wrong:
        raise Incomplete(wrong)
    return codes


def _confirmed(project):
    return set(project.participants.confirmed().values_list("organization_id", flat=True))


def _agree(project, now):
    """Two organisations that do the work, one of them leading, make it agreed."""
    if project.state != ProjectState.PROPOSED:
        return
    doing = project.participants.confirmed().exclude(role=ParticipantRole.OBSERVER)
    roles = list(doing.values_list("role", flat=True))
    if len(roles) >= 2 and ParticipantRole.LEAD in roles:
        move(project, ProjectState.AGREED, PROJECT_MOVES)
        project.agreed_on = clock.today(now, settings.CASA_ZONE)
        project.save(update_fields=["state", "agreed_on"])
        records.touch(project.code)
        journal.record(None, "project_agreed", project.code, now)


@transaction.atomic
def answer_invitation(place, *, accept, actor, now):
    """Confirm or decline for an organisation; who speaks for it does. Raises Refused, NotNow."""
    project = locked(place.project)
    place = Participant.objects.select_for_update().get(pk=place.pk)
    permissions.check_perm(actor, "priorities.answer_project", place)
    alive(project)
    if place.state != ParticipantState.INVITED:
        raise NotNow(_("Your organisation has already answered."))
    place.state = ParticipantState.CONFIRMED if accept else ParticipantState.DECLINED
    place.answered_at = now
    place.save(update_fields=["state", "answered_at"])
    records.touch(project.code)
    journal.record(actor, "project_answered", project.code, now, organization=place.organization.acronym, yes=accept)
    _agree(project, now)
    return place


@transaction.atomic
def invite_organization(project, organization, role, *, actor, now):
    """Ask one more organisation, or again one that declined or left. Raises Incomplete where it takes part already."""
    project = locked(project)
    alive(project)
    if not Organization.objects.members_on(clock.today(now, settings.CASA_ZONE)).filter(pk=organization.pk).exists():
        raise Incomplete({"organization": _("Only member organisations can take part.")})
    there = project.participants.filter(organization=organization).first()
    if there and there.state in (ParticipantState.INVITED, ParticipantState.CONFIRMED):
        raise Incomplete({"organization": _("It already takes part, or has already been invited.")})
    place = there or Participant(project=project, organization=organization)
    place.role, place.state, place.asked_at, place.answered_at = role, ParticipantState.INVITED, now, None
    try:
        with transaction.atomic():
            place.save()
    except IntegrityError as error:
        raise Incomplete({"role": _("Another organisation leads it.")}) from error
    journal.record(actor, "project_invited", project.code, now, organization=organization.acronym)
    emails.project_invited(project, [organization], now)
    return place


@transaction.atomic
def leave_project(place, *, actor, now):
    """Step out. A project whose lead left waits for another confirmed organisation to take the lead."""
    project = locked(place.project)
    place = Participant.objects.select_for_update().get(pk=place.pk)
    permissions.check_perm(actor, "priorities.answer_project", place)
    alive(project)
    if place.state != ParticipantState.CONFIRMED:
        raise NotNow(_("Your organisation does not take part."))
    place.state, place.answered_at = ParticipantState.LEFT, now
    place.save(update_fields=["state", "answered_at"])
    records.touch(project.code)
    journal.record(actor, "project_left", project.code, now, organization=place.organization.acronym)
    return place


@transaction.atomic
def take_lead(place, *, actor, now):
    """A confirmed partner leads from now on, where nobody does. Raises NotNow where somebody does."""
    project = locked(place.project)
    place = Participant.objects.select_for_update().get(pk=place.pk)
    permissions.check_perm(actor, "priorities.answer_project", place)
    alive(project)
    if place.state != ParticipantState.CONFIRMED or place.role != ParticipantRole.PARTNER:
        raise NotNow(_("Only a partner that has confirmed can take the lead."))
    if has_lead(project, now):
        raise NotNow(_("Another organisation leads it."))
    for gone in project.participants.exclude(pk=place.pk).filter(role=ParticipantRole.LEAD, state__in=TAKES_PART):
        gone.state, gone.answered_at = ParticipantState.LEFT, now
        gone.save(update_fields=["state", "answered_at"])
        journal.record(actor, "project_left", project.code, now, organization=gone.organization.acronym)
    place.role = ParticipantRole.LEAD
    place.save(update_fields=["role"])
    records.touch(project.code)
    journal.record(actor, "project_led", project.code, now, organization=place.organization.acronym)
    _agree(project, now)
    return place


def has_lead(project, now):
    """Whether an organisation leads it, or has been asked to: one that has left the community no longer does."""
    leads = project.participants.filter(role=ParticipantRole.LEAD, state__in=TAKES_PART)
    return leads.filter(organization__in=Organization.objects.members_on(clock.today(now, settings.CASA_ZONE))).exists()


@transaction.atomic
def set_project_state(project, state, reason, *, version, actor, now):
    """Begin, pause, take up again, complete or cancel; pausing says why to the organisations, cancelling to
    everybody who sees the project."""
    project = locked(project)
    if version != project.version:
        raise Conflict(project)
    state = ProjectState(state)
    if state == ProjectState.AGREED:
        raise NotNow(_("It is agreed automatically once two organisations have confirmed."))
    if state in STOPPED and not reason.strip():
        raise Incomplete(
            {
                "reason": _(
                    "Give the reason. The member organisations see the reason for a pause; everybody sees the reason "
                    "for a cancellation."
                )
            }
        )
    move(project, state, PROJECT_MOVES)
    project.reason = reason.strip() if state in STOPPED else ""
    project.version += 1
    project.save(update_fields=["state", "reason", "version"])
    records.touch(project.code)
    journal.record(actor, "project_state", project.code, now, state=state)
    return project


@transaction.atomic
def edit_project(project, *, title, aim, language, theme, until, visibility, version, actor, now):
    """Correct its words, theme and end while it lives. Raises Conflict where another wrote meanwhile, Incomplete."""
    project = locked(project)
    alive(project)
    if version != project.version:
        raise Conflict(project)
    if not title.strip():
        raise Incomplete({"title": _("Enter its name.")})
    if until and until.year < project.year:
        raise Incomplete({"until": _("It cannot end before its year begins.")})
    for name, words in (("title", title), ("aim", aim)):
        if project.source_language != language:
            setattr(project, f"{name}_{project.source_language}", "")
        setattr(project, f"{name}_{language}", words.strip())
    project.source_language, project.theme, project.until = language, theme, until
    project.visibility, project.version = visibility, project.version + 1
    project.save()
    records.touch(project.code)
    journal.record(actor, "project_edited", project.code, now)
    return project


@transaction.atomic
def add_milestone(project, *, title, due_on, actor, now):
    """A step with its day. Raises Incomplete where the day lies before the project's year."""
    project = locked(project)
    alive(project)
    if due_on.year < project.year:
        raise Incomplete({"due_on": _("This day is before the year of the project.")})
    milestone = Milestone.objects.create(project=project, title=title.strip(), due_on=due_on)
    records.touch(project.code)
    journal.record(actor, "milestone_added", project.code, now, due_on=due_on.isoformat())
    return milestone


@transaction.atomic
def reach_milestone(milestone, *, evidence, actor, now):
    """It was reached today; once."""
    project = locked(milestone.project)
    alive(project)
    milestone = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if milestone.done_on:
        raise NotNow(_("This milestone has already been reached."))
    milestone.done_on, milestone.evidence = clock.today(now, settings.CASA_ZONE), evidence
    milestone.save(update_fields=["done_on", "evidence"])
    records.touch(project.code)
    journal.record(actor, "milestone_reached", project.code, now, milestone=milestone.pk)
    return milestone


@transaction.atomic
def tell_progress(project, organization, *, health, words, evidence, actor, now):
    """How it goes, as an organisation that takes part sees it. Only ever added to. Returns the ProgressUpdate."""
    project = locked(project)
    alive(project)
    health = Health(health)
    if health != Health.ON_TRACK and not words.strip():
        raise Incomplete({"words": _("Give the reason in a few words.")})
    if not project.participants.confirmed().filter(organization=organization).exists():
        raise Incomplete({"organization": _("It does not take part in this project.")})
    update = ProgressUpdate.objects.create(
        code=project.code, organization=organization, health=health, words=words.strip(), evidence=evidence, at=now,
        by=journal.key(actor),
    )  # fmt: skip
    records.touch(project.code)
    journal.record(actor, "progress_told", project.code, now, health=health, organization=organization.acronym)
    return update
