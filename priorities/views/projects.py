"""Common projects: the list, one project, and the acts on it."""

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from commons.models import Theme
from core import clock, permissions
from core.errors import Incomplete
from core.generic import AboutForm, ActView, RecordView, RowsView
from core.records import threads
from organizations.models import Organization
from organizations.standing import standing_of
from priorities import services
from priorities.forms.projects import (
    InviteForm,
    MilestoneForm,
    ProgressForm,
    ProjectEditForm,
    ProjectFilter,
    ProjectStateForm,
    ReachedForm,
)
from priorities.models import CommonProject, Milestone, Participant, ProgressUpdate
from priorities.services.projects import has_lead
from priorities.states import PROJECT_LIVES, PROJECT_MOVES, ParticipantState, ProjectState


def members(now):
    return Organization.objects.members_on(clock.today(now, settings.CASA_ZONE)).in_order()


def mine(user, now):
    """Member organisations in whose name a person writes."""
    standing = standing_of(user, now)
    return list(Organization.objects.filter(pk__in=standing.writes_for & standing.member_of).in_order())


class ProjectList(RowsView):
    """What several do together, newest first."""

    model = CommonProject
    template_name = "priorities/project_list.html"
    extra_context = {"section": "priorities"}

    def get_queryset(self):
        seen = super().get_queryset()
        self.is_community = standing_of(self.request.user, self.now).is_community
        years = sorted(set(seen.order_by().values_list("year", flat=True)), reverse=True)
        self.form = ProjectFilter(self.request.GET or None, years=years, is_community=self.is_community)
        rows = seen.newest_first().with_places(self.request.user, self.now)
        if not self.form.is_bound:
            return rows
        if not self.form.is_valid():
            return rows.none()
        wanted = {name: value for name, value in self.form.cleaned_data.items() if value}
        if wanted.get("state") == ProjectState.ACTIVE and not self.is_community:
            wanted = wanted | {"state__in": [ProjectState.ACTIVE, ProjectState.PAUSED]}
            del wanted["state"]
        return rows.filter(**wanted)

    def get_context_data(self, **kwargs):
        filtered = self.form.is_bound and (self.form.errors or any(self.form.cleaned_data.values()))
        return super().get_context_data(form=self.form, filtered=filtered, is_community=self.is_community, **kwargs)


class ProjectDetail(RecordView):
    """One project: who, until when, its milestones, how it goes, what it came from and what came of it."""

    model = CommonProject
    template_name = "priorities/project_detail.html"
    extra_context = {"section": "priorities"}

    def get_queryset(self):
        return super().get_queryset().select_related("theme", "proposed_by").with_places(self.request.user, self.now)

    def get_context_data(self, **kwargs):
        project, user, today = self.object, self.request.user, clock.today(self.now, settings.CASA_ZONE)
        standing = standing_of(user, self.now)
        came_from, thread = threads.around(project.code, user, self.now)
        updates = ProgressUpdate.objects.filter(code=project.code).select_related("organization")
        lives = project.state in PROJECT_LIVES
        asked = [one for one in project.places if one.organization_id in standing.organizations]
        return super().get_context_data(
            places=[one for one in project.places if one.state == ParticipantState.CONFIRMED],
            waiting=[one for one in project.places if one.state != ParticipantState.CONFIRMED],
            mine=[one for one in asked if lives and one.organization_id in standing.speaks_for],
            milestones=_when(project.milestones.all(), today), today=today,
            updates=updates[:20] if standing.is_community else (), is_community=standing.is_community, lives=lives,
            stands=project if standing.is_community else project.in_public,
            has_lead=has_lead(project, self.now), came_from=came_from, thread=thread,
            can_lead=user.is_authenticated and bool(PROJECT_MOVES[project.state])
            and permissions.has_perm(user, "priorities.lead_project", project),
            can_edit=user.is_authenticated and lives and permissions.has_perm(user, "priorities.edit_project", project),
            can_work=user.is_authenticated and lives and permissions.has_perm(user, "priorities.work_in_project", project),
            **kwargs,
        )  # fmt: skip


def _when(milestones, today):
    """[(milestone, now / next / later / done)]: what is overdue or due within a month is now, the one after it next."""
    told, next_is_told = [], False
    for one in milestones:
        if one.done_on:
            when = "done"
        elif (one.due_on - today).days <= 30:
            when = "now"
        elif not next_is_told:
            when, next_is_told = "next", True
        else:
            when = "later"
        told.append((one, when))
    return told


class ProjectEdit(AboutForm):
    model = CommonProject
    permission_required = "priorities.edit_project"
    form_class = ProjectEditForm
    heading, verb = _("Correct the project"), _("Correct it")
    done = _("Correction saved.")

    def get_form_kwargs(self):
        themes = list(Theme.objects.offered_on(clock.today(self.now, settings.CASA_ZONE)))
        kept = self.object.theme
        return super().get_form_kwargs() | {"themes": themes if kept is None or kept in themes else [*themes, kept]}

    def get_initial(self):
        row = self.object
        names = ("until", "visibility", "version")
        words = {"title": row.source_text("title"), "aim": row.source_text("aim"), "language": row.source_language}
        return {name: getattr(row, name) for name in names} | words | {"theme": row.theme.slug if row.theme else ""}

    def act(self, form):
        services.edit_project(self.object, actor=self.request.user, now=self.now, **form.values())


class ProjectInvite(AboutForm):
    model = CommonProject
    permission_required = "priorities.lead_project"
    form_class = InviteForm
    heading, verb = _("Invite another organisation"), _("Invite it")
    done = _("We have written to it.")

    def get_form_kwargs(self):
        living = (ParticipantState.INVITED, ParticipantState.CONFIRMED)
        there = self.object.participants.filter(state__in=living).values("organization")
        return super().get_form_kwargs() | {"organizations": members(self.now).exclude(pk__in=there)}

    def act(self, form):
        organization = form.by_slug[form.cleaned_data["organization"]]
        services.invite_organization(
            self.object, organization, form.cleaned_data["role"], actor=self.request.user, now=self.now
        )


class PlaceAct(ActView):
    """An organisation's own answer about its part: `verb` in the address says which."""

    model = CommonProject
    permission_required = "priorities.answer_project"
    done = _("Your organisation's answer has been recorded.")

    def load_object(self):
        super().load_object()
        places = Participant.objects.visible_to(self.request.user, self.now).select_related("organization", "project")
        self.place = places.filter(project=self.object, pk=self.kwargs["pk"]).first()
        if self.place is None:
            raise Http404

    def get_permission_object(self):
        return self.place

    def act(self):
        said = {"actor": self.request.user, "now": self.now}
        verb = self.request.POST.get("verb")
        if verb in ("confirm", "decline"):
            services.answer_invitation(self.place, accept=verb == "confirm", **said)
        elif verb == "leave":
            services.leave_project(self.place, **said)
        elif verb == "lead":
            services.take_lead(self.place, **said)
        else:
            raise Incomplete({"verb": _("Choose your organisation's answer.")})


class ProjectStateChange(AboutForm):
    model = CommonProject
    permission_required = "priorities.lead_project"
    form_class = ProjectStateForm
    heading, verb = _("Status of the project"), _("Update the status")
    done = _("The status of the project has been recorded.")

    def get_form_kwargs(self):
        allowed = PROJECT_MOVES[self.object.state] - {ProjectState.AGREED}
        return super().get_form_kwargs() | {"states": [state for state in ProjectState if state in allowed]}

    def get_initial(self):
        return {"version": self.object.version}

    def act(self, form):
        services.set_project_state(self.object, actor=self.request.user, now=self.now, **form.cleaned_data)


class MilestoneAdd(AboutForm):
    model = CommonProject
    permission_required = "priorities.work_in_project"
    form_class = MilestoneForm
    heading, verb = _("A milestone"), _("Add the milestone")
    done = _("The milestone has been added.")

    def act(self, form):
        services.add_milestone(self.object, actor=self.request.user, now=self.now, **form.cleaned_data)


class MilestoneReached(AboutForm):
    model = CommonProject
    permission_required = "priorities.work_in_project"
    form_class = ReachedForm
    heading, verb = _("Record a milestone as reached"), _("Mark as reached")
    done = _("The milestone has been recorded as reached.")

    def load_object(self):
        super().load_object()
        self.milestone = Milestone.objects.filter(project=self.object, pk=self.kwargs["pk"]).first()
        if self.milestone is None:
            raise Http404

    @property
    def lede(self):
        return self.milestone.title

    def act(self, form):
        services.reach_milestone(self.milestone, actor=self.request.user, now=self.now, **form.cleaned_data)


class ProgressTell(AboutForm):
    model = CommonProject
    permission_required = "priorities.work_in_project"
    form_class = ProgressForm
    heading, verb = _("Progress"), _("Report progress")
    lede = _(
        "The member organisations can read it. The public sees only that it is under way, completed or not continued."
    )
    done = _("The member organisations can read it.")

    def get_form_kwargs(self):
        there = self.object.participants.confirmed().values("organization")
        own = standing_of(self.request.user, self.now).writes_for
        organizations = Organization.objects.filter(pk__in=own).filter(pk__in=there).in_order()
        return super().get_form_kwargs() | {"organizations": organizations}

    def act(self, form):
        data = form.cleaned_data
        organization = form.by_slug[data.pop("organization")]
        services.tell_progress(self.object, organization, actor=self.request.user, now=self.now, **data)
