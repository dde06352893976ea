"""How everything of an organisation goes: one page, five minutes, signed in or from a mail."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, View

from core.errors import Incomplete, NotNow
from core.generic import ClockMixin, ServiceFormMixin, VisibleMixin
from organizations.models import Organization
from priorities.forms.progress import ProgressAllForm
from priorities.queries.progress import work_under_way
from priorities.queries.recipients import owner_of_progress_link
from priorities.services.progress import report_by_link, report_progress

NOTHING_REPORTED = _("You did not report anything, so nothing has changed.")


class ProgressAll(ServiceFormMixin, VisibleMixin, FormView):
    """Priorities of the year that runs, and the projects in which the organisation takes part."""

    model = Organization
    lookup = "slug"
    permission_required = "priorities.begin_plan"
    form_class = ProgressAllForm
    template_name = "priorities/progress_all.html"

    def get_form_kwargs(self):
        if not hasattr(self, "_rows"):
            self._rows = work_under_way(self.object, self.request.user, self.now)
        return super().get_form_kwargs() | {"rows": self._rows}

    def get_context_data(self, **kwargs):
        return super().get_context_data(organization=self.object, section="priorities", **kwargs)

    def act(self, form):
        reports = form.reports()
        try:
            count = report_progress(self.object, reports=reports, actor=self.request.user, now=self.now)
        except Incomplete as error:
            raise Incomplete(by_field(reports, error)) from error
        if count:
            messages.success(self.request, saved_message(count))
        else:
            messages.info(self.request, NOTHING_REPORTED)

    def get_success_url(self):
        return reverse("priorities:progress_all", args=[self.object.slug])


def by_field(reports, error):
    """{field of the form: sentences} of a refusal, whose keys are (place in `reports`, field)."""
    return {f"{reports[place].record.code}.{name}": sentences for (place, name), sentences in error.missing.items()}


def saved_message(count):
    return ngettext("%(n)s progress report saved.", "%(n)s progress reports saved.", count) % {"n": count}


@method_decorator(never_cache, name="dispatch")
class ProgressByLink(ClockMixin, View):
    """The same from a mail, without signing in. Opening the page uses nothing up; sending the form does."""

    http_method_names = ["get", "head", "post"]

    def page(self, organization, form=None, status=200, **context):
        context |= {"organization": organization, "form": form}
        return render(self.request, "priorities/progress_by_link.html", context, status=status)

    def dispatch(self, request, *args, **kwargs):
        self.organization = Organization.objects.filter(slug=kwargs["slug"]).first()
        user = self.organization and owner_of_progress_link(self.organization, kwargs["token"], self.now)
        if not user:
            return self.page(None, status=410)
        self.rows = work_under_way(self.organization, user, self.now)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, slug, token):
        return self.page(self.organization, ProgressAllForm(rows=self.rows))

    def post(self, request, slug, token):
        form = ProgressAllForm(request.POST, rows=self.rows)
        if not form.is_valid():
            return self.page(self.organization, form, status=422)
        reports = form.reports()
        try:
            count = report_by_link(self.organization, token=token, reports=reports, now=self.now)
        except Incomplete as error:
            for name, sentences in by_field(reports, error).items():
                form.add_error(name, sentences)
            return self.page(self.organization, form, status=422)
        except NotNow:
            return self.page(None, status=410)
        if not count:
            return self.page(self.organization, ProgressAllForm(rows=self.rows), notice=NOTHING_REPORTED)
        return self.page(self.organization, done=saved_message(count))
