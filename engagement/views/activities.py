"""Planning visits and meetings with policymakers, and saying how they stand."""

from django.conf import settings
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from core import clock, query_params
from core.errors import Incomplete
from core.generic import AboutForm, ActView, StaffForm
from engagement import services
from engagement.forms import ActivityForm
from engagement.models import Activity, Institution
from engagement.states import ActivityState
from organizations.models import Organization


class Hosts:
    """Gives a form the organisations that may be chosen as hosts: the members of today."""

    def get_form_kwargs(self):
        today = clock.today(self.now, settings.CASA_ZONE)
        return super().get_form_kwargs() | {"organizations": Organization.objects.members_on(today).in_order()}


class HostsOf(Hosts):
    """The same for a record that is there; a host that has left since stays to be chosen."""

    def get_form_kwargs(self):
        found = super().get_form_kwargs()
        here = self.object.hosts.values("pk")
        chosen = Organization.objects.filter(pk__in=here) | found["organizations"]
        return found | {"organizations": chosen.distinct().in_order(), "row": self.object}

    def get_initial(self):
        return {}


def _institutions():
    return {"institutions": Institution.objects.order_by("kind", "slug")}


class ActivityAdd(Hosts, StaffForm):
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
        return services.add_activity(actor=self.request.user, now=self.now, **form.values()).get_absolute_url()


class ActivityEdit(HostsOf, AboutForm):
    """Correct it, until it is published."""

    model = Activity
    permission_required = "engagement.edit_activity"
    form_class = ActivityForm
    heading, verb = _("Correct the visit or meeting"), _("Correct it")
    done = _("Correction saved.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | _institutions()

    def act(self, form):
        services.edit_activity(self.object, actor=self.request.user, now=self.now, **form.values())


class StateChange(ActView):
    """Say how it stands; `states` are the words that may be said, `change` the service that says them."""

    done = _("Its status has been recorded.")
    states = change = None

    def act(self):
        state = query_params.one_of(self.request.POST, "state", self.states.values)
        if not state.value:
            raise Incomplete({"state": _("Choose its status.")})
        type(self).change(self.object, state.value, actor=self.request.user, now=self.now)


class ActivityStateChange(StateChange):
    model = Activity
    permission_required = "engagement.edit_activity"
    states = ActivityState
    change = services.set_activity_state
