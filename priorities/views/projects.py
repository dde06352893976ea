"""Common projects: the list, one project, and the acts on it."""

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from commons.models import Theme
from core import clock, permissions
from core.generic import AboutForm, ActView, RecordView, RowsView
from core.records import threads
from organizations.standing import standing_of
from priorities.forms.projects import (
    InviteForm,
    MilestoneForm,
    PlaceForm,
    ProgressForm,
    ProjectEditForm,
    ProjectFilter,
    ProjectStateForm,
    ReachedForm,
)
from priorities.models import CommonProject, Milestone, Participant, ProgressUpdate
from priorities.queries.members import current_members
from priorities.queries.projects import has_lead, own_participants, timed_milestones
from priorities.services.milestones import add_milestone, reach_milestone
from priorities.services.participants import answer_invitation, invite_organization, leave_project, take_lead
from priorities.services.progress import report_on_project
from priorities.services.projects import edit_project, set_project_state
from priorities.states import (
    LIVE_PROJECT_STATES,
    PROJECT_MOVES,
    TAKING_PART_STATES,
    ParticipantState,
    ProjectState,
)


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
        chosen = {name: value for name, value in self.form.cleaned_data.items() if value}
        if chosen.get("state") == ProjectState.ACTIVE and not self.is_community:
            del chosen["state"]
            chosen["state__in"] = [ProjectState.ACTIVE, ProjectState.PAUSED]
        return rows.filter(**chosen)

    def get_context_data(self, **kwargs):
        filtered = self.form.is_bound and (self.form.errors or any(self.form.cleaned_data.values()))
        return super().get_context_data(form=self.form, filtered=filtered, is_community=self.is_community, **kwargs)


class ProjectDetail(RecordView):
    """One project: who, until when, its milestones, its progress, what it came from and what came of it."""

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
        lives = project.state in LIVE_PROJECT_STATES
        own_places = [place for place in project.places if place.organization_id in standing.speaks_for]
        return super().get_context_data(
            places=[place for place in project.places if place.state == ParticipantState.CONFIRMED],
            waiting=[place for place in project.places if place.state != ParticipantState.CONFIRMED],
            own_places=own_places if lives else [],
            milestones=timed_milestones(project, self.now),
            today=today,
            updates=updates[:20] if standing.is_community else (),
            is_community=standing.is_community,
            lives=lives,
            status=project if standing.is_community else project.public_state,
            has_lead=has_lead(project, self.now),
            came_from=came_from,
            thread=thread,
            can_lead=user.is_authenticated
            and bool(PROJECT_MOVES[project.state])
            and permissions.has_perm(user, "priorities.lead_project", project),
            can_edit=user.is_authenticated and lives and permissions.has_perm(user, "priorities.edit_project", project),
            can_work=user.is_authenticated
            and lives
            and permissions.has_perm(user, "priorities.work_in_project", project),
            **kwargs,
        )


class ProjectEdit(AboutForm):
    model = CommonProject
    permission_required = "priorities.edit_project"
    form_class = ProjectEditForm
    heading, verb = _("Correct the project"), _("Correct it")
    done = _("Correction saved.")

    def get_form_kwargs(self):
        themes = list(Theme.objects.offered_on(clock.today(self.now, settings.CASA_ZONE)))
        current = self.object.theme
        if current is not None and current not in themes:
            themes.append(current)
        return super().get_form_kwargs() | {"themes": themes}

    def get_initial(self):
        row = self.object
        names = ("until", "visibility", "version")
        texts = {"title": row.source_text("title"), "aim": row.source_text("aim"), "language": row.source_language}
        return {name: getattr(row, name) for name in names} | texts | {"theme": row.theme.slug if row.theme else ""}

    def act(self, form):
        version = form.cleaned_data["version"]
        edit_project(self.object, details=form.details(), version=version, actor=self.request.user, now=self.now)


class ProjectInvite(AboutForm):
    model = CommonProject
    permission_required = "priorities.lead_project"
    form_class = InviteForm
    heading, verb = _("Invite another organisation"), _("Invite it")
    done = _("We have written to it.")

    def get_form_kwargs(self):
        taking_part = self.object.participants.filter(state__in=TAKING_PART_STATES).values("organization")
        others = current_members(self.now).exclude(pk__in=taking_part)
        return super().get_form_kwargs() | {"organizations": others.in_order()}

    def act(self, form):
        invite_organization(
            self.object,
            organization=form.by_slug[form.cleaned_data["organization"]],
            role=form.cleaned_data["role"],
            actor=self.request.user,
            now=self.now,
        )


class PlaceAct(ActView):
    """An organisation's own answer about its part in the project."""

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
        verb = PlaceForm(self.request.POST).parsed()["verb"]
        if verb == PlaceForm.Verb.LEAVE:
            leave_project(self.place, actor=self.request.user, now=self.now)
        elif verb == PlaceForm.Verb.LEAD:
            take_lead(self.place, actor=self.request.user, now=self.now)
        else:
            accept = verb == PlaceForm.Verb.CONFIRM
            answer_invitation(self.place, accept=accept, actor=self.request.user, now=self.now)


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
        set_project_state(self.object, actor=self.request.user, now=self.now, **form.cleaned_data)


class MilestoneAdd(AboutForm):
    model = CommonProject
    permission_required = "priorities.work_in_project"
    form_class = MilestoneForm
    heading, verb = _("A milestone"), _("Add the milestone")
    done = _("The milestone has been added.")

    def act(self, form):
        add_milestone(self.object, actor=self.request.user, now=self.now, **form.cleaned_data)


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
        reach_milestone(self.milestone, actor=self.request.user, now=self.now, **form.cleaned_data)


class ProgressReport(AboutForm):
    model = CommonProject
    permission_required = "priorities.work_in_project"
    form_class = ProgressForm
    heading, verb = _("Progress"), _("Report progress")
    lede = _(
        "The member organisations can read it. The public sees only that it is under way, completed or not continued."
    )
    done = _("The member organisations can read it.")

    def get_form_kwargs(self):
        organizations = own_participants(self.object, self.request.user, self.now)
        return super().get_form_kwargs() | {"organizations": organizations}

    def act(self, form):
        values = form.cleaned_data | {"organization": form.by_slug[form.cleaned_data["organization"]]}
        report_on_project(self.object, actor=self.request.user, now=self.now, **values)
