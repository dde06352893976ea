"""A spreadsheet of priorities: looked at row by row first, then added to the plan being written, all or none."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.generic import AboutForm
from core.sheets import SheetPage
from priorities import services
from priorities.forms.importing import TAKEN, ImportForm
from priorities.views.drafts import room_of
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
        return super().get_form_kwargs() | {"plan": self.object, "room": room_of(self.object, self.now)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(plan=self.object, cycle=self.object.cycle, columns=TAKEN, **kwargs)

    def act(self, form):
        cards = [row.values for row in form.rows]
        version = form.cleaned_data["version"]
        added = services.import_drafts(self.object, cards, version=version, actor=self.request.user, now=self.now)
        said = ngettext("%(n)s card added.", "%(n)s cards added.", added) % {"n": added}
        messages.success(self.request, said)
        return reverse("priorities:plan_edit", args=[self.object.code])
