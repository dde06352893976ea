"""Planning training, counting who came, saying how it stands."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from core.errors import Incomplete
from core.generic import AboutForm, StaffForm
from engagement import services
from engagement.forms import CountsForm, ProgrammeForm, SessionForm
from engagement.forms.counts import counts_of
from engagement.models import TrainingProgramme, TrainingSession
from engagement.states import SessionState, TraineeRole
from engagement.views.activities import Hosts, HostsOf, StateChange


class ProgrammeAdd(StaffForm):
    """A series of training."""

    permission_required = "engagement.add_programme"
    back = reverse_lazy("engagement:activity_list")
    form_class = ProgrammeForm
    heading, verb = _("A training programme"), _("Add the programme")
    done = _("The programme has been recorded. Add its sessions on its page.")

    def act(self, form):
        return services.add_programme(actor=self.request.user, now=self.now, **form.cleaned_data).get_absolute_url()


class SessionAdd(Hosts, AboutForm):
    """A session of a programme."""

    model = TrainingProgramme
    lookup = "slug"
    permission_required = "engagement.add_session"
    form_class = SessionForm
    heading, verb = _("A training session"), _("Record it")
    lede = _(
        "No participant is stored, neither by name nor by a number of their own: only how many there were, "
        "once it has been held."
    )
    done = _("Recorded as planned. Visible to member organisations and, once it is published, to everybody.")

    def act(self, form):
        row = services.add_session(self.object, actor=self.request.user, now=self.now, **form.values())
        return row.get_absolute_url()


class SessionEdit(HostsOf, AboutForm):
    model = TrainingSession
    permission_required = "engagement.edit_session"
    form_class = SessionForm
    heading, verb = _("Correct the training session"), _("Correct it")
    done = _("Correction saved.")

    def act(self, form):
        services.edit_session(self.object, actor=self.request.user, now=self.now, **form.values())


class SessionCount(AboutForm):
    """How many came, by country and by role."""

    model = TrainingSession
    permission_required = "engagement.edit_session"
    form_class = CountsForm
    heading, verb = _("How many took part"), _("Record the numbers")
    lede = _(
        "Two tables that count the same people. Before publication, small groups are joined until none is below five."
    )
    done = _("The numbers have been recorded.")

    def get_initial(self):
        return counts_of(self.object)

    def act(self, form):
        try:
            services.count_session(self.object, actor=self.request.user, now=self.now, **form.values())
        except Incomplete as error:  # the table of roles is several fields: it is told beside the last of them
            last = f"role_{TraineeRole.OTHER.value}"
            raise Incomplete({last if name == "by_role" else name: w for name, w in error.missing.items()}) from error


class SessionStateChange(StateChange):
    model = TrainingSession
    permission_required = "engagement.edit_session"
    states = SessionState
    change = services.set_session_state
