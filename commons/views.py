"""Pages of actions and themes."""

import datetime

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, ListView, View

from accounts.queries import find_link
from commons.forms import ActionUpdateForm, ThemeForm
from commons.models import ActionItem, Theme
from commons.services import actions, themes
from commons.states import ACTION_LINK, ActionState
from core import clock, permissions, query_params
from core.errors import Incomplete, NotNow
from core.generic import (
    ActView,
    ClockMixin,
    PermissionRequiredMixin,
    RecordView,
    RowsView,
    ServiceFormMixin,
    VisibleMixin,
)
from core.records import threads
from organizations.models import Organization


class ActionList(RowsView):
    """Actions of the organisations, overdue first; filters `?organization=`, `?state=`, `?overdue=1`."""

    model = ActionItem
    permission_required = "commons.view_actions"
    template_name = "commons/action_list.html"

    def get_queryset(self):
        self.today = clock.today(self.now, settings.CASA_ZONE)
        self.organizations = list(Organization.objects.filter(actions__isnull=False).distinct().in_order())
        choices = {
            "organization": [organization.slug for organization in self.organizations],
            "state": ActionState.values,
            "overdue": ["1"],
        }
        self.filters = {name: query_params.one_of(self.request.GET, name, values) for name, values in choices.items()}
        found = super().get_queryset().with_people()
        if self.filters["organization"].given:
            found = found.filter(organization__slug=self.filters["organization"].value)
        if self.filters["state"].given:
            found = found.filter(state=self.filters["state"].value)
        if self.filters["overdue"].given:
            found = found.overdue_on(self.today)
        return found.overdue_first()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(section="actions", **kwargs)
        for action in context["rows"]:
            action.is_overdue = action.is_overdue_on(self.today)
        query = self.request.GET.copy()
        query.pop("page", None)
        return (
            context
            | self.filters
            | {
                "organizations": self.organizations,
                "states": ActionState.choices,
                "problem": next((param.problem for param in self.filters.values() if param.problem), ""),
                "filtered": any(param.given for param in self.filters.values()),
                "query": query.urlencode(),
            }
        )


class ActionDetail(RecordView):
    """An action: who does it, by when, what was reported, what it came from and what came of it.

    Visitors read that it is done, under way or not continued, with the evidence and the owner's reason; its exact state,
    its person and how late it is are for the organisations.
    """

    model = ActionItem
    context_object_name = "action"
    template_name = "commons/action_detail.html"

    def get_queryset(self):
        return super().get_queryset().with_people().prefetch_related("updates")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        user, code = self.request.user, self.object.code
        within = permissions.has_perm(user, "commons.view_actions")
        updates = sorted(self.object.updates.all(), key=lambda update: update.pk)
        ended = (ActionState.DONE, ActionState.DROPPED)
        context["within"] = within
        context["updates"] = [u for u in updates if within or u.evidence or u.state in ended]
        context["overdue"] = within and self.object.is_overdue_on(clock.today(self.now, settings.CASA_ZONE))
        context["came_from"] = threads.where_from(code, user, self.now)
        context["thread"] = threads.what_came_of([code], user, self.now)
        return context


class ActionReport(ServiceFormMixin, VisibleMixin, FormView):
    """Report on an action."""

    model = ActionItem
    permission_required = "commons.update_action"
    form_class = ActionUpdateForm
    template_name = "commons/action_report.html"
    done = _("Your report has been recorded.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"action": self.object}

    def get_initial(self):
        return {"state": self.object.state}

    def get_context_data(self, **kwargs):
        return super().get_context_data(action=self.object, **kwargs)

    def act(self, form):
        actions.update_action(self.object, actor=self.request.user, now=self.now, **form.cleaned_data)

    def get_success_url(self):
        return self.object.get_absolute_url()


@method_decorator(never_cache, name="dispatch")
class ActionByLink(ClockMixin, View):
    """Report on an action from a mail, without signing in. Opening the page uses nothing up; sending the form does."""

    http_method_names = ["get", "head", "post"]

    def find(self):
        link = find_link(self.kwargs["token"], ACTION_LINK, self.now)
        if link is None or link.code != self.kwargs["code"]:
            return None
        return ActionItem.objects.with_people().filter(code=link.code).first()

    def page(self, action, form=None, status=200, **context):
        context |= {"action": action, "form": form}
        return render(self.request, "commons/action_by_link.html", context, status=status)

    def get(self, request, code, token):
        action = self.find()
        if action is None:
            return self.page(None, status=410)
        return self.page(action, ActionUpdateForm(action=action, initial={"state": action.state}))

    def post(self, request, code, token):
        action = self.find()
        if action is None:
            return self.page(None, status=410)
        form = ActionUpdateForm(request.POST, action=action)
        if not form.is_valid():
            return self.page(action, form, status=422)
        try:
            actions.report_by_link(action, token, now=self.now, **form.cleaned_data)
        except Incomplete as error:
            for name, sentences in error.missing.items():
                form.add_error(name if name in form.fields else None, sentences)
            return self.page(action, form, status=422)
        except NotNow:
            return self.page(None, status=410)
        return self.page(action, done=True)


class ThemeList(PermissionRequiredMixin, ListView):
    """Themes offered and retired."""

    permission_required = "commons.view_themes"
    template_name = "commons/theme_list.html"
    context_object_name = "themes"

    def get_queryset(self):
        return Theme.objects.visible_to(self.request.user, self.now).in_order()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(section="themes", **kwargs)
        today = clock.today(self.now, settings.CASA_ZONE)
        context["offered"] = [theme for theme in context["themes"] if theme.is_offered_on(today)]
        context["retired"] = [theme for theme in context["themes"] if not theme.is_offered_on(today)]
        return context


class ThemeFormView(ServiceFormMixin, FormView):
    """What the forms about themes share."""

    permission_required = "commons.edit_themes"
    form_class = ThemeForm
    template_name = "commons/theme_form.html"
    heading: str | Promise = ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(heading=self.heading, section="themes", **kwargs)

    def get_success_url(self):
        return reverse("commons:theme_list")


class ThemeAdd(ThemeFormView):
    """Offer a new theme."""

    heading = _("Add a theme")
    done = _("The theme is offered from today.")

    def act(self, form):
        today = clock.today(self.now, settings.CASA_ZONE)
        themes.add_theme(form.names, offered_from=today, actor=self.request.user, now=self.now)


class OneTheme(VisibleMixin):
    model = Theme
    lookup = "slug"
    permission_required = "commons.edit_themes"

    def get_success_url(self):
        return reverse("commons:theme_list")


class ThemeRename(OneTheme, ThemeFormView):
    """Give a theme other names."""

    heading = _("Rename a theme")
    done = _("The theme has been renamed; its address does not change.")

    def get_initial(self):
        return {f"name_{code}": getattr(self.object, f"name_{code}") for code in ("es", "pt", "en")}

    def act(self, form):
        themes.rename_theme(self.object, names=form.names, actor=self.request.user, now=self.now)


class ThemeRetire(OneTheme, ActView):
    """Offer a theme no longer."""

    done = _("The theme is no longer offered; what was written under it keeps it.")

    def act(self):
        yesterday = clock.today(self.now, settings.CASA_ZONE) - datetime.timedelta(days=1)
        themes.retire_theme(self.object, last_day=yesterday, actor=self.request.user, now=self.now)


class ThemeOffer(OneTheme, ActView):
    """Offer a retired theme again."""

    done = _("The theme is offered again.")

    def act(self):
        themes.offer_theme(self.object, actor=self.request.user, now=self.now)
