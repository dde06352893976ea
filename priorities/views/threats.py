"""Threats and opportunities: the sorted list, one of them, and the acts on it."""

from django.conf import settings
from django.http import Http404
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from commons.models import Theme
from core import clock, permissions
from core.errors import Incomplete
from core.generic import AboutForm, ActView, RecordView, RowsView, StaffForm
from core.records import threads
from organizations.models import Organization
from organizations.standing import standing_of
from priorities.forms.threats import (
    DecideForm,
    EndorseForm,
    MergeAnswerForm,
    MergeForm,
    ThreatFilter,
    ThreatForm,
)
from priorities.models import PlanningCycle, ThreatOpportunity
from priorities.queries.members import own_members
from priorities.services.merging import answer_merge, merge_threat
from priorities.services.threats import decide_threat, edit_threat, endorse, file_threat, unendorse, withdraw_threat
from priorities.states import OPEN_THREAT_STATES, ThreatState


class ThreatList(RowsView):
    """What may harm or help, that with most endorsements first."""

    model = ThreatOpportunity
    template_name = "priorities/threat_list.html"
    extra_context = {"section": "priorities"}

    def get_queryset(self):
        seen = super().get_queryset()
        self.is_community = standing_of(self.request.user, self.now).is_community
        years = sorted(set(seen.order_by().values_list("cycle__year", flat=True)), reverse=True)
        self.form = ThreatFilter(self.request.GET or None, years=years, is_community=self.is_community)
        rows = seen.weighed()
        if not self.form.is_bound:
            return rows.exclude(state__in=[ThreatState.MERGED, ThreatState.WITHDRAWN])
        if not self.form.is_valid():
            return rows.none()
        columns = {"year": "cycle__year", "kind": "kind", "scope": "scope", "state": "state"}
        chosen = {column: self.form.cleaned_data.get(name) for name, column in columns.items()}
        return rows.filter(**{column: value for column, value in chosen.items() if value})

    def get_context_data(self, **kwargs):
        filtered = self.form.is_bound and (self.form.errors or any(self.form.cleaned_data.values()))
        cycle = PlanningCycle.objects.current(self.now)
        address = self.request.GET.copy()
        address.pop("page", None)
        return super().get_context_data(
            form=self.form,
            filtered=filtered,
            accepts=bool(cycle and cycle.accepts(self.now)),
            is_community=self.is_community,
            address=address.urlencode(),
            **kwargs,
        )


class ThreatDetail(RecordView):
    """One threat or opportunity. Who filed it, if it is attributed, and who endorses it only member organisations read."""

    model = ThreatOpportunity
    template_name = "priorities/threat_detail.html"
    extra_context = {"section": "priorities"}

    def get_queryset(self):
        return super().get_queryset().select_related("cycle", "theme", "organization", "merged_into", "merge_wanted")

    def get_context_data(self, **kwargs):
        row, user = self.object, self.request.user
        standing = standing_of(user, self.now)
        came_from, thread = threads.around(row.code, user, self.now)
        endorsements = list(row.endorsements.in_order())
        is_open, is_filed = row.state in OPEN_THREAT_STATES, row.state == ThreatState.FILED
        speaks_for = standing.speaks_for & standing.member_of if is_open else frozenset()
        endorsing = {endorsement.organization_id for endorsement in endorsements}
        own = Organization.objects.filter(pk__in=speaks_for).in_order() if speaks_for else ()
        can_change = is_filed and row.cycle.accepts(self.now)
        return super().get_context_data(
            behind=endorsements,
            is_community=standing.is_community,
            came_from=came_from,
            thread=thread,
            to_endorse=[organization for organization in own if organization.pk not in endorsing],
            to_leave=[
                organization
                for organization in own
                if organization.pk in endorsing and organization.pk != row.organization_id
            ],
            can_edit=can_change and permissions.has_perm(user, "priorities.edit_threat", row),
            can_decide=is_open and permissions.has_perm(user, "priorities.decide_threat", row),
            can_merge=is_filed and permissions.has_perm(user, "priorities.decide_threat", row),
            asks_merge=row.merge_wanted_id and permissions.has_perm(user, "priorities.answer_merge", row),
            merged=list(row.merged.all()) if standing.is_community else (),
            **kwargs,
        )


class ThemesMixin:
    """Gives a form the themes on offer today, and the current one of what is corrected."""

    current_theme = None

    def get_form_kwargs(self):
        themes = list(Theme.objects.offered_on(clock.today(self.now, settings.CASA_ZONE)))
        if self.current_theme is not None and self.current_theme not in themes:
            themes.append(self.current_theme)
        return super().get_form_kwargs() | {"themes": themes}


class ThreatFile(ThemesMixin, StaffForm):
    """File one in the open year."""

    permission_required = "priorities.file_threat"
    form_class = ThreatForm
    heading, verb = _("A threat or an opportunity"), _("Submit it")
    back = reverse_lazy("priorities:threat_list")
    lede = _("One line is enough. The organisations see it at once; the meeting then adopts it or sets it aside.")
    done = _("Submitted. The member organisations can now read it.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"own_organizations": own_members(self.request.user, self.now)}

    def act(self, form):
        cycle = PlanningCycle.objects.current(self.now)
        if cycle is None:
            raise Incomplete(
                {"title": _("No year is open now. The coordination team will open one and let you know by e-mail.")}
            )
        threat = file_threat(
            cycle, organization=form.organization, details=form.details(), actor=self.request.user, now=self.now
        )
        return threat.get_absolute_url()


class ThreatEdit(ThemesMixin, AboutForm):
    model = ThreatOpportunity
    permission_required = "priorities.edit_threat"
    form_class = ThreatForm
    heading, verb = _("Correct it"), _("Correct it")
    done = _("Correction saved.")

    def get_initial(self):
        return {}

    def get_form_kwargs(self):
        self.current_theme = self.object.theme
        return super().get_form_kwargs() | {"row": self.object}

    def act(self, form):
        version = form.cleaned_data["version"]
        edit_threat(self.object, details=form.details(), version=version, actor=self.request.user, now=self.now)


class ThreatWithdraw(ActView):
    model = ThreatOpportunity
    permission_required = "priorities.edit_threat"
    done = _("Withdrawn. Only the people who write for your organisation can still read it.")

    def act(self):
        withdraw_threat(self.object, actor=self.request.user, now=self.now)


class ThreatEndorse(ActView):
    """Endorse it in the name of an organisation, or no longer."""

    model = ThreatOpportunity
    permission_required = "priorities.endorse_threat"
    done = _("Your organisation's position has been recorded.")

    def act(self):
        standing = standing_of(self.request.user, self.now)
        own = Organization.objects.filter(pk__in=standing.speaks_for & standing.member_of)
        form = EndorseForm(self.request.POST, own_organizations=own)
        act = unendorse if form.parsed()["verb"] == "leave" else endorse
        act(self.object, organization=form.chosen, actor=self.request.user, now=self.now)


class ThreatDecide(AboutForm):
    model = ThreatOpportunity
    permission_required = "priorities.decide_threat"
    form_class = DecideForm
    heading, verb = _("What the meeting decided on it"), _("Record it")
    done = _("Recorded.")

    def act(self, form):
        decide_threat(self.object, actor=self.request.user, now=self.now, **form.cleaned_data)


class ThreatMerge(AboutForm):
    """Merge it into another of its year; an attributed one waits for its organisation."""

    model = ThreatOpportunity
    permission_required = "priorities.decide_threat"
    form_class = MergeForm
    heading, verb = _("Merge it into another"), _("Merge it")
    lede = _(
        "If it belongs to an organisation, that organisation must agree first. Both remain readable; "
        "support passes to the other one."
    )

    @property
    def done(self):
        if self.object.is_attributed:
            return _("The organisation that submitted it has been asked to agree.")
        return _("Merged.")

    def get_form_kwargs(self):
        row = self.object
        same = ThreatOpportunity.objects.filter(cycle=row.cycle, kind=row.kind, state__in=OPEN_THREAT_STATES)
        return super().get_form_kwargs() | {
            "others": same.filter(merge_wanted=None).exclude(pk=row.pk).order_by("code")
        }

    def act(self, form):
        target = form.by_code[form.cleaned_data["into"]]
        merge_threat(self.object, target=target, actor=self.request.user, now=self.now)


class MergeAnswer(ActView):
    """The organisation that filed it agrees to merge it, or does not."""

    model = ThreatOpportunity
    permission_required = "priorities.answer_merge"
    done = _("Your organisation's answer has been recorded.")

    def load_object(self):
        super().load_object()
        if not self.object.is_attributed:
            raise Http404

    def act(self):
        accept = MergeAnswerForm(self.request.POST).parsed()["verb"] == "confirm"
        answer_merge(self.object, accept=accept, actor=self.request.user, now=self.now)
