"""A spreadsheet of priorities: looked at row by row first, then added to the plan being written, all or none."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.generic import AboutForm
from core.sheets import SheetPage
from priorities.forms.importing import TAKEN, ImportForm
from priorities.queries.drafts import draft_choices
from priorities.services.drafts import import_drafts
from priorities.views.plans import PlanMixin


class PlanImport(SheetPage, PlanMixin, AboutForm):
    """Choose a file, read what each row would become and what is wrong with it, then add them."""

    permission_required = "priorities.write_plan"
    form_class = ImportForm
    template_name = "priorities/plan_import.html"
    heading, verb = _("From a spreadsheet"), _("Review the rows")

    def get(self, request, *args, **kwargs):
        if not self.object.is_being_written:
            return redirect(self.object.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        return {"version": self.object.version}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"plan": self.object, "choices": draft_choices(self.object, self.now)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(plan=self.object, cycle=self.object.cycle, columns=TAKEN, **kwargs)

    def act(self, form):
        added = import_drafts(
            self.object,
            drafts=[row.values for row in form.rows],
            version=form.cleaned_data["version"],
            actor=self.request.user,
            now=self.now,
        )
        messages.success(self.request, ngettext("%(n)s card added.", "%(n)s cards added.", added) % {"n": added})
        return reverse("priorities:plan_edit", args=[self.object.code])
