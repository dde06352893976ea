"""Pages of actions."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from commons import services
from commons.forms import ActionUpdateForm
from commons.models import ActionItem
from core import clock
from core.generic import RecordView, ServiceFormMixin, VisibleMixin
from core.records import threads


class ActionDetail(RecordView):
    """An action: who does it, by when, what was reported, what it came from and what came of it."""

    model = ActionItem
    context_object_name = "action"
    template_name = "commons/action_detail.html"

    def get_queryset(self):
        return super().get_queryset().with_people().prefetch_related("updates")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        today = clock.today(self.now, settings.HOUSE_ZONE)
        context["overdue"] = self.object.is_overdue_on(today)
        context["came_from"] = threads.where_from(self.object.code, self.request.user, self.now)
        context["thread"] = threads.what_came_of([self.object.code], self.request.user, self.now)
        return context


class ActionReport(ServiceFormMixin, VisibleMixin, FormView):
    """Report on an action."""

    model = ActionItem
    door = "commons.update_action"
    form_class = ActionUpdateForm
    template_name = "commons/action_report.html"
    done = _("Your report is recorded.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"action": self.object}

    def get_initial(self):
        return {"state": self.object.state}

    def get_context_data(self, **kwargs):
        return super().get_context_data(action=self.object, **kwargs)

    def act(self, form):
        services.update_action(self.object, actor=self.request.user, now=self.now, **form.cleaned_data)

    def get_success_url(self):
        return self.object.get_absolute_url()
