"""A common project is proposed: from priorities and threats that are chosen, or from any record."""

import re

from django.conf import settings
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from commons.models import Theme
from core import clock
from core.errors import Incomplete
from core.generic import StaffForm
from core.text import content_language
from priorities.forms.projects import ProjectForm
from priorities.models import Priority, ThreatOpportunity
from priorities.queries.members import current_members, own_members
from priorities.services.projects import propose_project
from priorities.states import LAST_YEAR, ThreatState

OF_YEAR = re.compile(r"CASA-([0-9]{4})-", re.ASCII).match


def _whole_codes(parts):
    """The codes of an address: a number alone is of the year and kind of the code before it."""
    codes, head = [], ""
    for part in parts:
        code = head + part if part.isdigit() else part
        head = code.rpartition("-")[0] + "-"
        codes.append(code)
    return codes


class ProjectPropose(StaffForm):
    """Propose a common project, from priorities or from any record: `?from=` chooses them beforehand."""

    permission_required = "priorities.propose_project"
    form_class = ProjectForm
    heading, verb = _("Propose a common project"), _("Propose it")
    back = reverse_lazy("priorities:project_list")
    lede = _(
        "Each organisation is invited by e-mail. Once two have confirmed, one of them as lead, the project is agreed."
    )
    done = _("Proposed. We have sent the invitation to the organisations.")

    def load_object(self):
        self.codes = _whole_codes(self.request.GET.get("from", "")[:400].upper().split())
        self.this_year = clock.today(self.now, settings.CASA_ZONE).year

    def get_form_kwargs(self):
        """To choose from: what is filed for this year and the one being planned, and for the years of the address."""
        user, day = self.request.user, clock.today(self.now, settings.CASA_ZONE)
        years = [
            *range(self.this_year, LAST_YEAR + 1),
            *(int(match[1]) for match in map(OF_YEAR, self.codes) if match),
        ]
        priorities = Priority.objects.visible_to(user, self.now).filed().filter(plan__cycle__year__in=years)
        threats = ThreatOpportunity.objects.visible_to(user, self.now).filter(cycle__year__in=years).weighed()
        return super().get_form_kwargs() | {
            "organizations": current_members(self.now).in_order(),
            "own_organizations": own_members(user, self.now),
            "priorities": priorities.with_context(),
            "threats": threats.filter(state__in=[ThreatState.FILED, ThreatState.ADOPTED]),
            "themes": Theme.objects.offered_on(day),
        }

    def get_form(self, form_class=None):
        """What the address names is chosen where it can be, and written beside as a code where it cannot."""
        form, rest = super().get_form(form_class), self.codes
        for name in ("origins", "threats"):
            offered = {code for code, _title in form.fields[name].choices} if name in form.fields else set()
            form.initial[name] = [code for code in rest if code in offered]
            rest = [code for code in rest if code not in offered]
        form.initial["codes"] = " ".join(rest)
        return form

    def get_initial(self):
        return {"language": content_language(), "theme": self.request.GET.get("theme", "")[:60]}

    def act(self, form):
        year = max([self.this_year, *(int(code.split("-")[1]) for code in form.chosen)])
        try:
            project = propose_project(form.proposal(year), actor=self.request.user, now=self.now)
        except Incomplete as error:
            wrong = {"codes" if name == "origins" else name: sentence for name, sentence in error.missing.items()}
            raise Incomplete(wrong) from error
        return project.get_absolute_url()
