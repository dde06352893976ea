"""Common projects: what several organisations do together, who takes part, milestones, and how it goes."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commons.models import Theme
from core.records.models import Citable
from core.text import TranslatedModel, translated
from core.visibility import Visibility, VisibleModel
from organizations.models import Organization
from priorities.querysets.projects import ParticipantQuerySet, ProjectQuerySet
from priorities.states import Health, ParticipantRole, ParticipantState, ProjectState


@dataclass(frozen=True)
class PublicState:
    """The state of a project as everybody reads it, with its reason."""

    state: str
    reason: str

    def get_state_display(self) -> str:
        return ProjectState(self.state).label


class CommonProject(Citable, TranslatedModel, VisibleModel):
    """Work of several organisations, each named only after it confirmed. It is public once two of them agreed."""

    year = models.PositiveSmallIntegerField(_("year"))
    title = translated(models.CharField(_("title"), max_length=200))
    aim = translated(models.TextField(_("what it is for"), max_length=3000))
    theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.PROTECT, related_name="projects", verbose_name=_("theme")
    )
    until = models.DateField(_("until"), null=True, blank=True)
    #: Whose idea it was; empty where the coordination team wrote it down in a meeting.
    proposed_by = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="projects_proposed"
    )
    state = models.CharField(_("state"), max_length=9, choices=ProjectState, default=ProjectState.PROPOSED)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[ProjectState.PAUSED, ProjectState.CANCELLED]) | ~Q(reason=""),
                name="project_stopped_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=[Visibility.COMMUNITY, Visibility.PUBLIC]),
                name="project_public_or_community",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return reverse("priorities:project_detail", args=[self.code])

    @property
    def public_state(self) -> PublicState:
        """Its state as everybody reads it: that it is paused, and why, stays among the organisations."""
        if self.state != ProjectState.PAUSED:
            return PublicState(self.state, self.reason)
        return PublicState(ProjectState.ACTIVE.value, "")


class Participant(models.Model):
    """An organisation invited to take part, and what it answered."""

    project = models.ForeignKey(CommonProject, on_delete=models.CASCADE, related_name="participants")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="project_places")
    role = models.CharField(_("role"), max_length=8, choices=ParticipantRole)
    state = models.CharField(_("answer"), max_length=9, choices=ParticipantState, default=ParticipantState.INVITED)
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "organization"], name="participant_once"),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(
                    role=ParticipantRole.LEAD, state__in=[ParticipantState.INVITED, ParticipantState.CONFIRMED]
                ),
                name="project_one_lead",
            ),
        ]

    def __str__(self):
        return f"{self.organization} {self.project_id}"


class Milestone(models.Model):
    """A step of a project with its day, and what shows that it was reached."""

    project = models.ForeignKey(CommonProject, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("milestone"), max_length=200)
    due_on = models.DateField(_("due date"))
    done_on = models.DateField(_("reached on"), null=True, blank=True)
    evidence = models.URLField(_("evidence"), max_length=500, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self):
        return self.title


class ProgressUpdate(models.Model):
    """How a project or a priority goes, as one organisation reported it. Only ever added to."""

    code = models.CharField(max_length=24, db_index=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="progress_updates")
    health = models.CharField(_("progress"), max_length=9, choices=Health)
    words = models.CharField(_("in a few words"), max_length=1000, blank=True)
    evidence = models.URLField(_("evidence"), max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=36, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.code} {self.at:%Y-%m-%d} {self.health}"
