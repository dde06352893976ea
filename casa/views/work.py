"""My work: the first page after signing in; an organisation's year; handing assignments over."""

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django.views.generic import FormView

from casa import desk
from casa.desk import handover
from casa.desk import organization as organization_year
from core import clock, query_params
from core.generic import RecordView, ServiceFormMixin, VisibleMixin
from core.text import shown
from organizations.models import Organization
from organizations.rules import belongs_to


@require_safe
@login_required
def my_work(request):
    """What I owe, what waits, what closes soon; and the coordination team's desk for who is of it."""
    now = clock.now()
    return render(request, "casa/my_work.html", {"section": "my_work", "work": desk.read(request.user, now)})


class OrganizationWork(RecordView):
    """The year of an organisation as its own people see it; `?year=` another one."""

    model = Organization
    lookup = "slug"
    context_object_name = "organization"
    permission_required = "organizations.view_year"
    template_name = "casa/organization_year.html"

    def get_context_data(self, **kwargs):
        today = clock.today(self.now, settings.CASA_ZONE)
        years = [today.year + 1, today.year, today.year - 1, today.year - 2]
        chosen = query_params.one_of(self.request.GET, "year", years)
        number = int(chosen.value or today.year)
        return super().get_context_data(
            year=organization_year.read(self.object, number, self.request.user, self.now),
            years=years,
            today=today,
            has_begun=number <= today.year,
            problem=chosen.problem,
            section="my_work",
            is_own=belongs_to(self.request.user, self.object),
            **kwargs,
        )


class HandoverForm(forms.Form):
    """From whom, to whom, and what."""

    giver = forms.ChoiceField(label=_("Who has it now"))
    receiver = forms.ChoiceField(label=_("Who takes it over"))
    codes = forms.MultipleChoiceField(label=_("What to hand over"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, rows, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.givers = {str(row.person_id): row.person for row in rows}
        self.people = {str(person.pk): person for person in people}
        self.fields["giver"].choices = [(key, person.name) for key, person in self.givers.items()]
        self.fields["receiver"].choices = [("", _("Choose")), *[(key, one.name) for key, one in self.people.items()]]
        self.fields["codes"].choices = [
            (row.code, f"{row.person.name}: {shown(row, 'title').value} ({row.code})") for row in rows
        ]


class Handover(ServiceFormMixin, VisibleMixin, FormView):
    """Hand the open assignments of one person of an organisation to another."""

    model = Organization
    lookup = "slug"
    permission_required = "organizations.hand_over"
    form_class = HandoverForm
    template_name = "casa/handover.html"

    def get_form_kwargs(self):
        actions, parts = handover.open_assignments(self.object)
        people = handover.holders(self.object, self.now)
        return super().get_form_kwargs() | {"rows": [*actions, *parts], "people": people}

    def get_context_data(self, **kwargs):
        return super().get_context_data(organization=self.object, section="my_work", **kwargs)

    def act(self, form):
        data = form.cleaned_data
        moved = handover.hand_over(
            self.object,
            giver=form.givers[data["giver"]],
            receiver=form.people[data["receiver"]],
            codes=data["codes"],
            actor=self.request.user,
            now=self.now,
        )
        self.done = ngettext("%(n)s item handed over.", "%(n)s items handed over.", moved) % {"n": moved}

    def get_success_url(self):
        return reverse("work_handover", args=[self.object.slug])
