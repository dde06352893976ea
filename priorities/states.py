"""States of cycles, plans, priorities, common projects, threats and assessments, and the moves that are allowed."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.states import register_looks

#: The years in which there can be a cycle.
FIRST_YEAR, LAST_YEAR = 2000, 2099


class CycleState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("planning cycle", "in preparation")
    OPEN = "open", pgettext_lazy("planning cycle", "open")
    CONSOLIDATING = "consolidating", pgettext_lazy("planning cycle", "consolidating")
    PUBLISHED = "published", pgettext_lazy("planning cycle", "published")
    ASSESSING = "assessing", pgettext_lazy("planning cycle", "assessing")
    CLOSED = "closed", pgettext_lazy("planning cycle", "closed")


CYCLE_MOVES = {
    CycleState.DRAFT: {CycleState.OPEN},
    CycleState.OPEN: {CycleState.CONSOLIDATING, CycleState.PUBLISHED},
    CycleState.CONSOLIDATING: {CycleState.OPEN, CycleState.PUBLISHED},
    CycleState.PUBLISHED: {CycleState.ASSESSING},
    CycleState.ASSESSING: {CycleState.CLOSED},
    CycleState.CLOSED: set(),
}
#: From here on the public reads what owners made public.
PUBLISHED_STATES = (CycleState.PUBLISHED, CycleState.ASSESSING, CycleState.CLOSED)


class PlanState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("plan", "draft")
    SUBMITTED = "submitted", pgettext_lazy("plan", "submitted")
    CLOSED = "closed", pgettext_lazy("plan", "closed")


#: A plan that was never submitted, or was withdrawn, stays a draft when its cycle is published: nobody ever reads it.
PLAN_MOVES = {
    PlanState.DRAFT: {PlanState.SUBMITTED},
    PlanState.SUBMITTED: {PlanState.DRAFT, PlanState.SUBMITTED, PlanState.CLOSED},
    PlanState.CLOSED: set(),
}


class Filing(models.TextChoices):
    """How far an organisation has come in a cycle, as the coordination team sees it: never a word of a draft."""

    NOT_BEGUN = "not_begun", pgettext_lazy("plan", "not started")
    DRAFT = "draft", pgettext_lazy("plan", "draft")
    SUBMITTED = "submitted", pgettext_lazy("plan", "submitted")
    NONE = "none", pgettext_lazy("plan", "none this year")


class Progress(models.TextChoices):
    """What the public reads of how a priority goes; the finer Health stays among the organisations."""

    UNDERWAY = "underway", _("under way")
    FULFILLED = "fulfilled", pgettext_lazy("decision", "fulfilled")
    NOT_CONTINUED = "not_continued", _("does not continue")


PROGRESS_STATUS = {Progress.UNDERWAY: "underway", Progress.FULFILLED: "fulfilled", Progress.NOT_CONTINUED: "dropped"}


class ProjectState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("project", "proposed")
    AGREED = "agreed", pgettext_lazy("project", "agreed")
    ACTIVE = "active", pgettext_lazy("project", "under way")
    PAUSED = "paused", pgettext_lazy("project", "paused")
    COMPLETED = "completed", pgettext_lazy("project", "completed")
    CANCELLED = "cancelled", pgettext_lazy("project", "cancelled")


#: A project is agreed by itself with the second confirmation; the rest the lead or the coordination team decides.
PROJECT_MOVES = {
    ProjectState.PROPOSED: {ProjectState.AGREED, ProjectState.CANCELLED},
    ProjectState.AGREED: {ProjectState.ACTIVE, ProjectState.PAUSED, ProjectState.CANCELLED},
    ProjectState.ACTIVE: {ProjectState.PAUSED, ProjectState.COMPLETED, ProjectState.CANCELLED},
    ProjectState.PAUSED: {ProjectState.ACTIVE, ProjectState.CANCELLED},
    ProjectState.COMPLETED: set(),
    ProjectState.CANCELLED: set(),
}
PROJECT_STATUS = {
    ProjectState.AGREED: "underway",
    ProjectState.ACTIVE: "underway",
    ProjectState.PAUSED: "underway",
    ProjectState.COMPLETED: "fulfilled",
    ProjectState.CANCELLED: "dropped",
}
#: In these organisations still join, leave and report.
LIVE_PROJECT_STATES = (ProjectState.PROPOSED, ProjectState.AGREED, ProjectState.ACTIVE, ProjectState.PAUSED)


class ParticipantRole(models.TextChoices):
    LEAD = "lead", pgettext_lazy("project", "lead")
    PARTNER = "partner", pgettext_lazy("project", "partner")
    OBSERVER = "observer", pgettext_lazy("project", "observer")


class ParticipantState(models.TextChoices):
    INVITED = "invited", pgettext_lazy("project", "invited")
    CONFIRMED = "confirmed", pgettext_lazy("project", "confirmed")
    DECLINED = "declined", pgettext_lazy("project", "declined")
    LEFT = "left", pgettext_lazy("project", "left")


#: An organisation in one of these has a place in the project, or has been offered one.
TAKING_PART_STATES = (ParticipantState.INVITED, ParticipantState.CONFIRMED)


class Health(models.TextChoices):
    """How work goes, in the organisations' own words; the public reads Progress."""

    ON_TRACK = "on_track", _("on track")
    AT_RISK = "at_risk", _("at risk")
    OFF_TRACK = "off_track", _("off track")
    DONE = "done", pgettext_lazy("progress", "done")
    DROPPED = "dropped", _("does not continue")


#: What the public reads of how a priority goes.
PROGRESS_OF = {
    Health.ON_TRACK: Progress.UNDERWAY,
    Health.AT_RISK: Progress.UNDERWAY,
    Health.OFF_TRACK: Progress.UNDERWAY,
    Health.DONE: Progress.FULFILLED,
    Health.DROPPED: Progress.NOT_CONTINUED,
}
#: A later report may correct an earlier one: each stays on record.
PROGRESS_MOVES = {state: set(Progress) - {state} for state in Progress}


class ThreatKind(models.TextChoices):
    THREAT = "threat", _("threat")
    OPPORTUNITY = "opportunity", _("opportunity")


class Scope(models.TextChoices):
    REGIONAL = "regional", pgettext_lazy("scope", "regional")
    GLOBAL = "global", pgettext_lazy("scope", "global")
    NATIONAL = "national", pgettext_lazy("scope", "national")


class Impact(models.IntegerChoices):
    LOW = 1, pgettext_lazy("impact", "low")
    MIDDLE = 2, pgettext_lazy("impact", "medium")
    HIGH = 3, pgettext_lazy("impact", "high")


class Urgency(models.IntegerChoices):
    LATER = 1, pgettext_lazy("urgency", "it can wait")
    THIS_YEAR = 2, pgettext_lazy("urgency", "this year")
    NOW = 3, pgettext_lazy("urgency", "now")


class ThreatState(models.TextChoices):
    FILED = "filed", pgettext_lazy("threat", "submitted")
    ADOPTED = "adopted", pgettext_lazy("threat", "adopted")
    SET_ASIDE = "set_aside", pgettext_lazy("threat", "set aside")
    MERGED = "merged", pgettext_lazy("threat", "merged")
    WITHDRAWN = "withdrawn", pgettext_lazy("threat", "withdrawn")


THREAT_MOVES = {
    ThreatState.FILED: {ThreatState.ADOPTED, ThreatState.SET_ASIDE, ThreatState.MERGED, ThreatState.WITHDRAWN},
    ThreatState.ADOPTED: {ThreatState.SET_ASIDE, ThreatState.FILED},
    ThreatState.SET_ASIDE: {ThreatState.ADOPTED, ThreatState.FILED},
    ThreatState.MERGED: set(),
    ThreatState.WITHDRAWN: set(),
}
#: In these organisations can still endorse it, or take their endorsement back.
OPEN_THREAT_STATES = (ThreatState.FILED, ThreatState.ADOPTED, ThreatState.SET_ASIDE)


class AssessmentState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("assessment", "draft")
    PUBLISHED = "published", pgettext_lazy("assessment", "published")


class TakenUp(models.TextChoices):
    """What became, a year on, of something that was to be improved."""

    YES = "yes", _("taken up")
    PARTLY = "partly", _("taken up in part")
    NO = "no", _("not taken up")


ASSESSMENT_MOVES = {
    AssessmentState.DRAFT: {AssessmentState.PUBLISHED},
    AssessmentState.PUBLISHED: {AssessmentState.DRAFT},
}

register_looks(
    done=[
        CycleState.PUBLISHED,
        Progress.FULFILLED,
        ProjectState.COMPLETED,
        ParticipantState.CONFIRMED,
        Health.DONE,
        ThreatState.ADOPTED,
        AssessmentState.PUBLISHED,
        TakenUp.YES,
    ],
    underway=[
        CycleState.OPEN,
        PlanState.SUBMITTED,
        Filing.SUBMITTED,
        Progress.UNDERWAY,
        ProjectState.AGREED,
        ProjectState.ACTIVE,
        Health.ON_TRACK,
        TakenUp.PARTLY,
    ],
    risk=[ProjectState.PAUSED, Health.AT_RISK],
    due=[Health.OFF_TRACK],
    dropped=[
        Progress.NOT_CONTINUED,
        ProjectState.CANCELLED,
        Health.DROPPED,
        ThreatState.SET_ASIDE,
        ThreatState.WITHDRAWN,
        TakenUp.NO,
    ],
)
