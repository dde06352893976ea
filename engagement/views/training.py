"""Planning training, counting how many came, recording its status."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from core.errors import Incomplete
from core.generic import AboutForm, StaffForm
from engagement.forms.counts import CountsForm, ProgrammeForm, counts_of
from engagement.forms.hosted import SessionForm
from engagement.models import TrainingProgramme, TrainingSession
from engagement.services.training import (
    add_programme,
    add_session,
    count_session,
    edit_session,
    set_session_state,
)
from engagement.states import SessionState, TraineeRole
from engagement.views.activities import CurrentHostsMixin, HostsMixin, StateChange


class ProgrammeAdd(StaffForm):
    """A series of training."""

    permission_required = "engagement.add_programme"
    back = reverse_lazy("engagement:activity_list")
    form_class = ProgrammeForm
    heading, verb = _("A training programme"), _("Add the programme")
    done = _("The programme has been recorded. Add its sessions on its page.")

    def act(self, form):
        return add_programme(actor=self.request.user, now=self.now, **form.cleaned_data).get_absolute_url()


class SessionAdd(HostsMixin, AboutForm):
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
        came_from = form.cleaned_data["came_from"]
        session = add_session(
            self.object, details=form.details(), came_from=came_from, actor=self.request.user, now=self.now
        )
        return session.get_absolute_url()


class SessionEdit(CurrentHostsMixin, AboutForm):
    model = TrainingSession
    permission_required = "engagement.edit_session"
    form_class = SessionForm
    heading, verb = _("Correct the training session"), _("Correct it")
    done = _("Correction saved.")

    def act(self, form):
        version = form.cleaned_data["version"]
        edit_session(self.object, details=form.details(), version=version, actor=self.request.user, now=self.now)


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
            count_session(self.object, actor=self.request.user, now=self.now, **form.values())
        except Incomplete as error:
            # The table of roles is several fields: what is wrong with it is shown beside the last of them.
            fields = {"by_role": f"role_{TraineeRole.OTHER.value}"}
            wrong = {fields.get(name, name): sentences for name, sentences in error.missing.items()}
            raise Incomplete(wrong) from error


class SessionStateChange(StateChange):
    model = TrainingSession
    permission_required = "engagement.edit_session"
    states = SessionState
    change = set_session_state
