"""Planning visits and meetings with policymakers, and recording their status."""

from django.conf import settings
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from core import clock
from core.errors import Incomplete
from core.generic import AboutForm, ActView, StaffForm
from engagement.forms.hosted import ActivityForm
from engagement.forms.states import StateForm
from engagement.models import Activity, Institution
from engagement.services.activities import add_activity, edit_activity, set_activity_state
from engagement.states import ActivityState
from organizations.models import Organization


class HostsMixin:
    """Gives a form the organisations that may be chosen as hosts: the members of today."""

    def get_form_kwargs(self):
        today = clock.today(self.now, settings.CASA_ZONE)
        return super().get_form_kwargs() | {"organizations": Organization.objects.members_on(today).in_order()}


class CurrentHostsMixin(HostsMixin):
    """The same for a record that exists; a host that has left since stays to be chosen."""

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        current = Organization.objects.filter(pk__in=self.object.hosts.values("pk"))
        choices = current | kwargs["organizations"]
        return kwargs | {"organizations": choices.distinct().in_order(), "row": self.object}

    def get_initial(self):
        return {}


def _institutions():
    return {"institutions": Institution.objects.order_by("kind", "slug")}


class ActivityAdd(HostsMixin, StaffForm):
    """Write down a visit or meeting that is planned."""

    permission_required = "engagement.add_activity"
    back = reverse_lazy("engagement:activity_list")
    form_class = ActivityForm
    heading, verb = _("A visit or meeting with policymakers"), _("Record it")
    lede = _("Institutions are named, people are not, neither here nor in what is published.")
    done = _("Recorded as planned. Visible to member organisations and, once it is published, to everybody.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | _institutions()

    def act(self, form):
        came_from = form.cleaned_data["came_from"]
        activity = add_activity(form.details(), came_from=came_from, actor=self.request.user, now=self.now)
        return activity.get_absolute_url()


class ActivityEdit(CurrentHostsMixin, AboutForm):
    """Correct it, until it is published."""

    model = Activity
    permission_required = "engagement.edit_activity"
    form_class = ActivityForm
    heading, verb = _("Correct the visit or meeting"), _("Correct it")
    done = _("Correction saved.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | _institutions()

    def act(self, form):
        version = form.cleaned_data["version"]
        edit_activity(self.object, details=form.details(), version=version, actor=self.request.user, now=self.now)


class StateChange(ActView):
    """Record its status: one of `states`, by the service `change`."""

    done = _("Its status has been recorded.")
    states = change = None

    def act(self):
        form = StateForm(self.request.POST, states=self.states)
        if not form.is_valid():
            raise Incomplete({name: list(sentences) for name, sentences in form.errors.items()})
        state = form.cleaned_data["state"]
        type(self).change(self.object, state=state, actor=self.request.user, now=self.now)


class ActivityStateChange(StateChange):
    model = Activity
    permission_required = "engagement.edit_activity"
    states = ActivityState
    change = set_activity_state
