"""Claims, supports and questions, a second round, a vacancy: what surrounds the vote."""

import datetime

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from committees.models import Term
from core import clock
from core.generic import ActView, ServiceFormMixin
from elections.forms.procedure import (
    ClaimAnswerForm,
    ClaimForm,
    ConsensusForm,
    QuestionAnswerForm,
    QuestionForm,
    SecondRoundForm,
    SupportForm,
    VacancyForm,
)
from elections.models import Question
from elections.services.campaign import answer_question, ask_question, support_candidate
from elections.services.claims import answer_claim, raise_claim, waive_claims
from elections.services.results import record_consensus
from elections.services.vacancies import record_vacancy
from elections.services.voting import open_second_round
from elections.states import ElectionState
from elections.views.console import OfficerForm
from elections.views.elections import ElectionPage
from elections.views.words import vacancy_in_words
from organizations.standing import standing_of

#: How long a second round in the room is proposed to last.
ROUND_IN_ROOM = datetime.timedelta(minutes=15)


class MemberForm(ServiceFormMixin, ElectionPage, FormView):
    """A form that somebody of a member organisation fills in."""

    template_name = "elections/election_form.html"
    heading = lede = ""

    def get_permission_object(self):
        return None

    def get_context_data(self, **kwargs):
        return super().get_context_data(heading=self.heading, lede=self.lede, **kwargs)

    @property
    def speaking(self):
        standing = standing_of(self.request.user, self.now)
        return sorted(standing.member_of & standing.speaks_for)

    def candidate(self):
        row = self.object.nominations.candidates().filter(number=self.kwargs["number"]).first()
        if row is None or not self.object.candidates_known:
            raise Http404
        return row


class ClaimRaise(MemberForm):
    """Say what is not right."""

    permission_required = "elections.claim"
    form_class = ClaimForm
    heading = gettext_lazy("Submit a claim")
    lede = gettext_lazy("The officer answers it, with the reason, before the election continues.")
    done = gettext_lazy("The claim has been submitted. The officer will answer it.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"speaking": self.speaking}

    def act(self, form):
        raise_claim(self.object, actor=self.request.user, now=self.now, **form.cleaned_data)


class NoClaimsSay(ElectionPage, ActView):
    """One tap: no claims."""

    permission_required = "elections.see_booth"
    done = gettext_lazy("Recorded: your organisation has no claims.")

    def get_permission_object(self):
        return None

    def act(self):
        waive_claims(self.object, actor=self.request.user, now=self.now)


class ClaimAnswer(OfficerForm):
    """The officer answers, with the reason."""

    form_class = ClaimAnswerForm
    done = gettext_lazy("The claim has been answered.")
    heading = gettext_lazy("Answer a claim")

    def load_object(self):
        super().load_object()
        self.claim = self.object.claims.filter(pk=self.kwargs["pk"]).select_related("organization").first()
        if self.claim is None:
            raise Http404
        self.lede = f"{self.claim.organization}: {self.claim.text}"

    def act(self, form):
        answer_claim(self.claim, actor=self.request.user, now=self.now, **form.cleaned_data)


class SecondRound(OfficerForm):
    """Those who are tied are voted on once more."""

    form_class = SecondRoundForm
    done = gettext_lazy("The second round is open. The voters are notified.")
    heading = gettext_lazy("Second round")

    @property
    def lede(self):
        tied = (self.object.result or {}).get("tied") if self.object.state == ElectionState.CLOSED else ()
        if not tied:
            return _("There is no tie to settle.")
        names = [row.name for row in self.object.nominations.candidates() if row.number in tied]
        words = _("Among those tied for the last seat, once only: %(names)s. If they tie again, it is decided by lot.")
        return words % {"names": ", ".join(names)}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"zone": self.object.zone}

    def get_initial(self):
        """In the room, a quarter of an hour from now; from afar the officer chooses."""
        soon = (self.now + ROUND_IN_ROOM).astimezone(clock.zone(self.object.zone)).replace(tzinfo=None, second=0)
        return super().get_initial() | ({"closes_at": soon} if self.object.in_room else {})

    def act(self, form):
        open_second_round(self.object, closes_at=form.cleaned_data["closes_at"], actor=self.request.user, now=self.now)


class VacancyRecord(OfficerForm):
    """Somebody elected leaves before the term ends."""

    form_class = VacancyForm
    heading = gettext_lazy("Somebody leaves their seat")

    def load_object(self):
        super().load_object()
        self.lede = vacancy_in_words(self.object)

    def get_form_kwargs(self):
        terms = Term.objects.filter(chosen_in=self.object.code, ended_on=None).with_people()
        return super().get_form_kwargs() | {"terms": terms}

    def act(self, form):
        data = form.cleaned_data
        follows = record_vacancy(
            data["term"], last_day=data["last_day"], reason=data["reason"], actor=self.request.user, now=self.now
        )
        if follows.nomination:
            name = follows.nomination.person.name
            self.done = _("The departure has been recorded. %(name)s takes the seat.") % {"name": name}
        else:
            text = _("The departure has been recorded. Another election will fill the seat. %(why)s")
            self.done = text % {"why": follows.why_not}


class ConsensusNote(OfficerForm):
    """Nobody objects: who is elected without a vote."""

    form_class = ConsensusForm
    done = gettext_lazy("The consensus has been recorded.")
    heading = gettext_lazy("Record a consensus")
    lede = gettext_lazy(
        "Only if nobody objects. Choose as many candidates as there are seats; any organisation can still "
        "submit a claim."
    )

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"candidates": list(self.object.nominations.candidates())}

    def act(self, form):
        record_consensus(self.object, numbers=form.cleaned_data["who"], actor=self.request.user, now=self.now)


class SupportGive(MemberForm):
    """An organisation supports a candidate: one page, one button, for what is said is public."""

    permission_required = "elections.claim"
    form_class = SupportForm
    heading = gettext_lazy("Support a candidate")
    done = gettext_lazy("Your support is shown with the candidates.")

    def load_object(self):
        super().load_object()
        self.row = self.candidate()
        self.lede = _("%(name)s. Everybody can see which organisations support a candidate.") % {"name": self.row.name}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"speaking": self.speaking}

    def act(self, form):
        organization = form.cleaned_data["organization"]
        support_candidate(self.row, organization=organization, actor=self.request.user, now=self.now)


class QuestionAsk(SupportGive):
    """A question to a candidate, read with the candidates."""

    form_class = QuestionForm
    heading = gettext_lazy("Ask a candidate")
    done = gettext_lazy("Your question is shown with the candidates.")

    def load_object(self):
        super().load_object()
        self.lede = self.row.name

    def act(self, form):
        ask_question(self.row, actor=self.request.user, now=self.now, **form.cleaned_data)


class QuestionAnswer(MemberForm):
    """The candidate answers."""

    permission_required = "elections.answer_nomination"
    form_class = QuestionAnswerForm
    heading = gettext_lazy("Answer a question")
    done = gettext_lazy("Your answer is shown with the candidates.")

    def get_permission_object(self):
        return self.question.nomination

    def load_object(self):
        super().load_object()
        found = Question.objects.filter(nomination__election=self.object, pk=self.kwargs["pk"])
        self.question = found.select_related("nomination", "organization").first()
        if self.question is None or not self.object.candidates_known:
            raise Http404
        self.lede = f"{self.question.organization}: {self.question.text}"

    def act(self, form):
        answer_question(self.question, actor=self.request.user, now=self.now, **form.cleaned_data)
