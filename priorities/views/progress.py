"""How everything of an organisation goes: one page, five minutes, signed in or from a mail."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, View

from core.errors import Incomplete, NotNow
from core.generic import ClockMixin, ServiceFormMixin, VisibleMixin
from organizations.models import Organization
from priorities import services
from priorities.documents import running
from priorities.forms.progress import ProgressAllForm
from priorities.services.progress import who_by_link


class ProgressAll(ServiceFormMixin, VisibleMixin, FormView):
    """Priorities of the year that runs, and the projects in which the organisation takes part."""

    model = Organization
    lookup = "slug"
    permission_required = "priorities.begin_plan"
    form_class = ProgressAllForm
    template_name = "priorities/progress_all.html"

    def get_form_kwargs(self):
        if not hasattr(self, "_rows"):
            self._rows = running(self.object, self.request.user, self.now)
        return super().get_form_kwargs() | {"rows": self._rows}

    def get_context_data(self, **kwargs):
        return super().get_context_data(organization=self.object, section="priorities", **kwargs)

    def act(self, form):
        entries = form.entries()
        try:
            told = services.tell_many(self.object, entries, actor=self.request.user, now=self.now)
        except Incomplete as error:
            raise Incomplete(beside_fields(entries, error)) from error
        self.done = told_words(told)

    def get_success_url(self):
        return reverse("priorities:progress_all", args=[self.object.slug])


def beside_fields(entries, error):
    """What a service says of (place, field), by the form's names."""
    return {f"{entries[place][0].code}.{name}": words for (place, name), words in error.missing.items()}


def told_words(told):
    return ngettext("%(n)s progress report saved.", "%(n)s progress reports saved.", told) % {"n": told}


@method_decorator(never_cache, name="dispatch")
class ProgressByLink(ClockMixin, View):
    """The same from a mail, without signing in. Opening the page uses nothing up; sending the form does."""

    http_method_names = ["get", "head", "post"]

    def page(self, organization, form=None, status=200, **context):
        context |= {"organization": organization, "form": form}
        return render(self.request, "priorities/progress_by_link.html", context, status=status)

    def dispatch(self, request, *args, **kwargs):
        self.organization = Organization.objects.filter(slug=kwargs["slug"]).first()
        self.user = self.organization and who_by_link(self.organization, kwargs["token"], self.now)
        if not self.user:
            return self.page(None, status=410)
        self.rows = running(self.organization, self.user, self.now)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, slug, token):
        return self.page(self.organization, ProgressAllForm(rows=self.rows))

    def post(self, request, slug, token):
        form = ProgressAllForm(request.POST, rows=self.rows)
        if not form.is_valid():
            return self.page(self.organization, form, status=422)
        entries = form.entries()
        try:
            told = services.tell_by_link(self.organization, token, entries, now=self.now)
        except Incomplete as error:
            for name, words in beside_fields(entries, error).items():
                form.add_error(name, words)
            return self.page(self.organization, form, status=422)
        except NotNow:
            return self.page(None, status=410)
        return self.page(self.organization, done=told_words(told))
