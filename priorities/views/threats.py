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
from priorities import services
from priorities.forms.threats import DecideForm, MergeForm, ThreatFilter, ThreatForm
from priorities.models import PlanningCycle, ThreatOpportunity
from priorities.states import THREAT_STANDS, ThreatState
from priorities.views.projects import mine


class ThreatList(RowsView):
    """What may harm or help, with most organisations behind it first."""

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
        wanted = {column: self.form.cleaned_data.get(name) for name, column in columns.items()}
        return rows.filter(**{column: value for column, value in wanted.items() if value})

    def get_context_data(self, **kwargs):
        filtered = self.form.is_bound and (self.form.errors or any(self.form.cleaned_data.values()))
        cycle = PlanningCycle.objects.current(self.now)
        address = self.request.GET.copy()
        address.pop("page", None)
        return super().get_context_data(
            form=self.form, filtered=filtered, accepts=bool(cycle and cycle.accepts(self.now)),
            is_community=self.is_community, address=address.urlencode(), **kwargs,
        )  # fmt: skip


class ThreatDetail(RecordView):
    """One threat or opportunity. Who filed it, if it is attributed, and who stands behind it: organisations alone read."""

    model = ThreatOpportunity
    template_name = "priorities/threat_detail.html"
    extra_context = {"section": "priorities"}

    def get_queryset(self):
        return super().get_queryset().select_related("cycle", "theme", "organization", "merged_into", "merge_wanted")

    def get_context_data(self, **kwargs):
        row, user = self.object, self.request.user
        standing = standing_of(user, self.now)
        came_from, thread = threads.around(row.code, user, self.now)
        behind = list(row.endorsements.in_order())
        speaks = standing.speaks_for & standing.member_of if row.state in THREAT_STANDS else frozenset()
        there = {one.organization_id for one in behind}
        own = Organization.objects.filter(pk__in=speaks).in_order() if speaks else ()
        changes = row.state == ThreatState.FILED and row.cycle.accepts(self.now)
        return super().get_context_data(
            behind=behind, is_community=standing.is_community, came_from=came_from, thread=thread,
            to_endorse=[one for one in own if one.pk not in there],
            to_leave=[one for one in own if one.pk in there and one.pk != row.organization_id],
            can_edit=changes and permissions.has_perm(user, "priorities.edit_threat", row),
            can_decide=row.state in THREAT_STANDS and permissions.has_perm(user, "priorities.decide_threat", row),
            can_merge=row.state == ThreatState.FILED and permissions.has_perm(user, "priorities.decide_threat", row),
            asks_merge=row.merge_wanted_id and permissions.has_perm(user, "priorities.answer_merge", row),
            merged=list(row.merged.all()) if standing.is_community else (), **kwargs,
        )  # fmt: skip


class Themes:
    """Gives a form the themes on offer today, and the one that is kept already."""

    kept = None

    def get_form_kwargs(self):
        themes = list(Theme.objects.offered_on(clock.today(self.now, settings.CASA_ZONE)))
        if self.kept is not None and self.kept not in themes:
            themes.append(self.kept)
        return super().get_form_kwargs() | {"themes": themes}


class ThreatFile(Themes, StaffForm):
    """File one in the open year."""

    permission_required = "priorities.file_threat"
    form_class = ThreatForm
    heading, verb = _("A threat or an opportunity"), _("Submit it")
    back = reverse_lazy("priorities:threat_list")
    lede = _("One line is enough. The organisations see it at once; the meeting then adopts it or sets it aside.")
    done = _("Submitted. The member organisations can now read it.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"mine": mine(self.request.user, self.now)}

    def act(self, form):
        cycle = PlanningCycle.objects.current(self.now)
        if cycle is None:
            raise Incomplete(
                {"title": _("No year is open now. The coordination team will open one and let you know by e-mail.")}
            )
        row = services.file_threat(cycle, form.organization, actor=self.request.user, now=self.now, **form.values())
        return row.get_absolute_url()


class ThreatEdit(Themes, AboutForm):
    model = ThreatOpportunity
    permission_required = "priorities.edit_threat"
    form_class = ThreatForm
    heading, verb = _("Correct it"), _("Correct it")
    done = _("Correction saved.")

    def get_initial(self):
        return {}

    def get_form_kwargs(self):
        self.kept = self.object.theme
        return super().get_form_kwargs() | {"row": self.object}

    def act(self, form):
        services.edit_threat(
            self.object, version=form.cleaned_data["version"], actor=self.request.user, now=self.now, **form.values()
        )


class ThreatWithdraw(ActView):
    model = ThreatOpportunity
    permission_required = "priorities.edit_threat"
    done = _("Withdrawn. Only the people who write for your organisation can still read it.")

    def act(self):
        services.withdraw_threat(self.object, actor=self.request.user, now=self.now)


class ThreatEndorse(ActView):
    """Stand behind it in the name of an organisation, or no longer: `verb` says which."""

    model = ThreatOpportunity
    permission_required = "priorities.endorse_threat"
    done = _("Your organisation's position has been recorded.")

    def act(self):
        standing = standing_of(self.request.user, self.now)
        own = Organization.objects.filter(pk__in=standing.speaks_for & standing.member_of)
        organization = {one.slug: one for one in own}.get(self.request.POST.get("organization"))
        if organization is None:
            raise Incomplete({"organization": _("Choose an organisation you speak for.")})
        act = services.unendorse if self.request.POST.get("verb") == "leave" else services.endorse
        act(self.object, organization, actor=self.request.user, now=self.now)


class ThreatDecide(AboutForm):
    model = ThreatOpportunity
    permission_required = "priorities.decide_threat"
    form_class = DecideForm
    heading, verb = _("What the meeting decided on it"), _("Record it")
    done = _("Recorded.")

    def act(self, form):
        services.decide_threat(self.object, actor=self.request.user, now=self.now, **form.cleaned_data)


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
    done = _("Merged or, if it belongs to an organisation, that organisation has been asked to agree.")

    def get_form_kwargs(self):
        row = self.object
        same = ThreatOpportunity.objects.filter(cycle=row.cycle, kind=row.kind, state__in=THREAT_STANDS)
        return super().get_form_kwargs() | {
            "others": same.filter(merge_wanted=None).exclude(pk=row.pk).order_by("code")
        }

    def act(self, form):
        into = form.by_code[form.cleaned_data["into"]]
        services.merge_threat(self.object, into, actor=self.request.user, now=self.now)


class MergeAnswer(ActView):
    """The organisation that filed it says yes or no."""

    model = ThreatOpportunity
    permission_required = "priorities.answer_merge"
    done = _("Your organisation's answer has been recorded.")

    def load_object(self):
        super().load_object()
        if not self.object.is_attributed:
            raise Http404

    def act(self):
        accept = self.request.POST.get("verb") == "confirm"
        services.answer_merge(self.object, accept=accept, actor=self.request.user, now=self.now)
