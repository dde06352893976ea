"""Regulation: the list with its filters, one regulation with its steps, and the forms about it."""

from django.conf import settings
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from commons.models import Theme
from core import clock, permissions
from core.generic import AboutForm, RowsView, StaffForm
from engagement.forms.regulation import EventForm, ImpactForm, RegulationFilter, RegulationForm
from engagement.models import Institution, Regulation
from engagement.services.regulation import add_event, add_regulation, write_impact
from engagement.views.pages import ThreadView


class RegulationList(RowsView):
    """All that is followed, newest step first."""

    model = Regulation
    template_name = "engagement/regulation_list.html"
    extra_context = {"section": "engagement"}

    def get_queryset(self):
        seen = super().get_queryset().newest_first()
        used = list(seen.only("country", "state", "state_on"))
        themes = Theme.objects.filter(regulation__in=seen.values("pk")).distinct().order_by("position", "slug")
        self.form = RegulationFilter(self.request.GET or None, used=used, themes=themes)
        rows = seen.select_related("body").prefetch_related("themes")
        if not self.form.is_bound:
            return rows
        if not self.form.is_valid():
            return rows.none()
        chosen = self.form.cleaned_data
        columns = {"country": "country", "theme": "themes__slug", "stage": "state", "year": "state_on__year"}
        return rows.filter(**{column: chosen[name] for name, column in columns.items() if chosen[name]})

    def get_context_data(self, **kwargs):
        filtered = self.form.is_bound and (self.form.errors or any(self.form.cleaned_data.values()))
        address = self.request.GET.copy()
        address.pop("page", None)
        return super().get_context_data(form=self.form, filtered=filtered, address=address.urlencode(), **kwargs)


class RegulationDetail(ThreadView):
    """One regulation: its steps with their sources; for member organisations also what it means for them."""

    model = Regulation
    template_name = "engagement/regulation_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("body").prefetch_related("events", "themes")

    def get_context_data(self, **kwargs):
        reads_impact = permissions.has_perm(self.request.user, "engagement.read_impact")
        return super().get_context_data(reads_impact=reads_impact, **kwargs)


class RegulationAdd(StaffForm):
    """Write down a regulation with its first known step."""

    permission_required = "engagement.add_regulation"
    form_class = RegulationForm
    back = reverse_lazy("engagement:regulation_list")
    heading, verb = _("A regulation to follow"), _("Record it")
    lede = _(
        "Facts with their source. What it means for us is written on its page and visible only to the organisations."
    )
    done = _("The regulation has been recorded.")

    def get_form_kwargs(self):
        themes = Theme.objects.offered_on(clock.today(self.now, settings.CASA_ZONE))
        return super().get_form_kwargs() | {"themes": themes, "bodies": Institution.objects.order_by("kind", "slug")}

    def act(self, form):
        came_from = form.cleaned_data["came_from"]
        regulation = add_regulation(form.details(), came_from=came_from, actor=self.request.user, now=self.now)
        return regulation.get_absolute_url()


class EventAdd(AboutForm):
    """One more dated step."""

    model = Regulation
    permission_required = "engagement.add_regulation"
    form_class = EventForm
    heading, verb = _("A step of this regulation"), _("Record the step")
    done = _("The step has been recorded. The stage shown is that of the latest step.")

    def act(self, form):
        add_event(self.object, actor=self.request.user, now=self.now, **form.cleaned_data)


class ImpactWrite(AboutForm):
    """What it means for the organisations."""

    model = Regulation
    permission_required = "engagement.assess_regulation"
    form_class = ImpactForm
    heading, verb = _("What it means for us"), _("Record it")
    done = _("Recorded. Visible to member organisations.")

    def get_initial(self):
        return {"impact": self.object.impact, "version": self.object.version}

    def act(self, form):
        write_impact(self.object, actor=self.request.user, now=self.now, **form.cleaned_data)
