"""Nominating, and answering: signed in, or by a personal link."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View

from core import clock
from core.errors import CasaError, Incomplete
from core.generic import ClockMixin, ServiceFormMixin
from elections.forms.answers import LinkAnswerForm, NominationAnswerForm
from elections.forms.nominations import NominationForm, StatementForm
from elections.queries.nominations import nomination_by_token
from elections.services import nominations
from elections.services.nominations import Nominee, Statement
from elections.views.elections import ElectionPage
from organizations.models import Organization
from organizations.standing import standing_of


def _statement(form: StatementForm) -> Statement:
    return Statement(form.cleaned_data["statement"], form.cleaned_data["statement_language"])


class Nominate(ServiceFormMixin, ElectionPage, FormView):
    """Oneself, or somebody in the name of one's organisation."""

    permission_required = "elections.nominate"
    form_class = NominationForm
    template_name = "elections/election_form.html"
    done = gettext_lazy(
        "The nomination has been submitted. A person nominated by others is notified and has to answer."
    )
    extra_context = {
        "section": "representation",
        "heading": gettext_lazy("Nominate"),
        "lede": gettext_lazy("A person who is nominated must accept. Self-nominations are published as such."),
    }

    def get_permission_object(self):
        return None

    def get_form_kwargs(self):
        standing = standing_of(self.request.user, self.now)
        own = sorted(standing.member_of)
        proposing = sorted(standing.member_of & standing.speaks_for)
        today = clock.today(self.now, settings.CASA_ZONE)
        return super().get_form_kwargs() | {"own": own, "proposing": proposing, "today": today}

    def act(self, form):
        data = form.cleaned_data
        act = {
            "organization": data["organization"],
            "statement": _statement(form),
            "actor": self.request.user,
            "now": self.now,
        }
        if data["who"] == "self":
            nominations.nominate_oneself(self.object, **act)
        else:
            proposing = self.get_form_kwargs()["proposing"]
            by = data.get("proposed_by") or Organization.objects.get(pk=proposing[0])
            nominee = Nominee(data["name"], data["address"], data["language"])
            nominations.nominate(self.object, nominee=nominee, proposed_by=by, **act)


class NominationAnswer(ElectionPage, View):
    """The nominee, signed in: accept, decline, or withdraw."""

    permission_required = "elections.answer_nomination"

    def load_object(self):
        super().load_object()
        found = self.object.nominations.select_related("organization", "proposed_by")
        self.nomination = found.filter(pk=self.kwargs["pk"]).first()
        if self.nomination is None:
            raise Http404

    def get_permission_object(self):
        return self.nomination

    def page(self, form, status=200):
        context = {"nomination": self.nomination, "election": self.object, "form": form, "section": "representation"}
        context["nominates"] = self.object.accepts_nominations(self.now)
        return render(self.request, "elections/nomination_answer.html", context, status=status)

    def get(self, request, *args, **kwargs):
        return self.page(StatementForm())

    def post(self, request, *args, **kwargs):
        form, button = StatementForm(request.POST), NominationAnswerForm(request.POST)
        act = {"actor": request.user, "now": self.now}
        try:
            answer = button.value("answer") if button.is_valid() else ""
            if answer == "withdraw":
                nominations.withdraw(self.nomination, **act)
            elif answer and form.is_valid():
                accept = answer == "accept"
                nominations.answer_nomination(self.nomination, accept=accept, statement=_statement(form), **act)
            else:
                return self.page(form, 422)
        except Incomplete as error:
            for name, words in error.missing.items():
                form.add_error(name, words)
            return self.page(form, 422)
        except CasaError as error:
            form.add_error(None, error.message)
            return self.page(form, error.status)
        messages.success(request, _("Your answer has been saved."))
        return redirect(self.get_success_url())


class NominationLink(ClockMixin, View):
    """The page of a nominee's personal link: a GET (or a mail scanner) changes nothing and uses nothing up."""

    def page(self, nomination, form=None, status=200, **more):
        context = {"nomination": nomination, "form": form, "by_link": True, "section": "representation"} | more
        if nomination:
            context |= {"election": nomination.election, "nominates": nomination.election.accepts_nominations(self.now)}
        return render(self.request, "elections/nomination_answer.html", context, status=status)

    def get(self, request, token):
        nomination = nomination_by_token(token, self.now)
        return self.page(nomination, StatementForm(), 200 if nomination else 410)

    def post(self, request, token):
        nomination = nomination_by_token(token, self.now)
        form, button = StatementForm(request.POST), LinkAnswerForm(request.POST)
        if nomination is None:
            return self.page(None, status=410)
        if not button.is_valid() or not form.is_valid():
            return self.page(nomination, form, 422)
        answer = button.value("answer")
        try:
            nominations.answer_by_link(token, accept=answer == "accept", statement=_statement(form), now=self.now)
        except Incomplete as error:
            for name, words in error.missing.items():
                form.add_error(name, words)
            return self.page(nomination, form, 422)
        except CasaError as error:
            form.add_error(None, error.message)
            return self.page(nomination, form, error.status)
        return self.page(nomination, answered=answer)
