"""Scrutineers: named by the officer; they watch from a console of their own and say whether the result conforms."""

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from core import clock
from core.generic import ActView
from elections.forms.procedure import ConformityForm, ScrutineerForm
from elections.models import Scrutineer
from elections.queries.electors import count_voted
from elections.queries.verification import checks_of
from elections.services.scrutiny import appoint_scrutineer, record_conformity, remove_scrutineer
from elections.states import ElectionState
from elections.views.console import Console, OfficerForm, step_of
from elections.views.elections import ElectionPage
from elections.views.procedure import MemberForm
from organizations.models import Mandate
from organizations.standing import standing_of
from organizations.states import PORTAL_ROLES


class ScrutineerConsole(ElectionPage, TemplateView):
    """What comes next and who must do it, what the portal can check of itself, and the scrutineer's own word."""

    permission_required = "elections.watch_election"
    template_name = "elections/election_scrutiny.html"

    def get_context_data(self, **kwargs):
        election = self.object
        person = standing_of(self.request.user, self.now).person_id
        rows = list(election.scrutineers.select_related("organization", "person"))
        context = {
            "step": step_of(election, self.now)[0], "checks": checks_of(election), "scrutineers": rows,
            "mine": next(row for row in rows if row.person_id == person),
            "may_say": election.state == ElectionState.PROVISIONAL,
            "may_count": election.has_evidence or election.has_provisional_evidence,
            "entitled": election.roll.count() if election.roll_hash else 0, "voted": (election.result or {}).get("voted", count_voted(election)),
            "candidates": list(election.nominations.on_ballot()) if election.candidates_known else [],
            "claims": list(election.claims.select_related("organization")),
            "corrections": list(election.corrections.with_people()), "is_community": True,
        }  # fmt: skip
        return super().get_context_data(**kwargs | context)


class ScrutineerName(OfficerForm):
    """Who watches over the election."""

    form_class = ScrutineerForm
    done = gettext_lazy("The scrutineer has been appointed.")
    heading = gettext_lazy("Appoint a scrutineer")
    lede = gettext_lazy("Scrutineers must be from different organisations and cannot be candidates. They may vote.")

    def get_form_kwargs(self):
        today = clock.today(self.now, settings.CASA_ZONE)
        held = Mandate.objects.on(today).exclude(role__in=PORTAL_ROLES).exclude(person__user=None)
        held = held.exclude(organization=None).select_related("organization", "person__user")
        return super().get_form_kwargs() | {"mandates": held.order_by("organization__position", "person__name")}

    def act(self, form):
        mandate = form.chosen
        appoint_scrutineer(
            self.object, person=mandate.person, organization=mandate.organization, actor=self.request.user, now=self.now
        )


class ScrutineerRemove(Console, ActView):
    """A scrutineer who cannot serve."""

    permission_required = "elections.run_election"
    done = gettext_lazy("The scrutineer has been removed.")

    def act(self):
        row = Scrutineer.objects.filter(election=self.object, pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        remove_scrutineer(row, actor=self.request.user, now=self.now)


class ConformitySay(MemberForm):
    """The scrutineer says whether the result conforms."""

    permission_required = "elections.record_conformity"
    form_class = ConformityForm
    heading = gettext_lazy("Do you confirm the result?")
    done = gettext_lazy("Your answer has been recorded.")

    def get_permission_object(self):
        return self.object

    def act(self, form):
        data = form.cleaned_data
        record_conformity(
            self.object,
            conforms=data["conforms"] == "yes",
            remark=data["remark"],
            actor=self.request.user,
            now=self.now,
        )
