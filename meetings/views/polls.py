"""Date polls: opened, answered signed in or from a mail, decided."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, View

from core.errors import Incomplete, NotNow
from core.generic import AboutForm, ActView, ClockMixin, ServiceFormMixin, VisibleMixin
from meetings.documents.calendars import option_in_words
from meetings.forms.acts import PollDecisionForm
from meetings.forms.polls import PollAnswerForm, PollForm
from meetings.models import DatePoll, Meeting
from meetings.queries.pages.poll import poll_page
from meetings.queries.polls import respondent_by_link
from meetings.services.polls import answer_poll, decide_poll, open_poll, withdraw_poll


class PollAsk(AboutForm):
    """Ask when a planned meeting could be."""

    model = Meeting
    permission_required = "meetings.poll_dates"
    form_class = PollForm
    template_name = "meetings/poll_ask.html"
    heading, verb = _("Ask about dates"), _("Ask them")
    lede = _("Everybody who speaks for a member organisation is notified, with a link to answer without signing in.")
    done = _("The date poll is open. Those asked have been notified.")

    def get_initial(self):
        return {}

    def act(self, form):
        poll = open_poll(self.object, **form.values(), actor=self.request.user, now=self.now)
        return poll.get_absolute_url()


def answer_form_kwargs(respondent, poll):
    """What PollAnswerForm takes for a respondent: the options in words, and their answers so far."""
    options = list(poll.options.all())
    labels = {option.pk: option_in_words(option, poll.zone, respondent.zone) for option in options}
    answers = {reply.option_id: reply.availability for reply in respondent.replies.all()}
    return {"options": options, "labels": labels, "answers": answers}


class PollMixin(VisibleMixin):
    """The newest poll of a meeting, among those this reader can see."""

    model = DatePoll

    def get_object(self, queryset=None):
        if not hasattr(self, "_object"):
            found = self.get_queryset().filter(meeting__code=self.kwargs["code"]).select_related("meeting", "chosen")
            self._object = found.order_by("-opened_at", "-pk").first()
            if self._object is None:
                raise Http404
        return self._object


class PollPage(ServiceFormMixin, PollMixin, FormView):
    """The answers so far; its respondents also answer here, until it closes."""

    permission_required = "meetings.see_poll"
    template_name = "meetings/poll.html"
    form_class = PollAnswerForm
    done = _("Your answer has been recorded. You can change it until the poll closes.")

    def respondent(self):
        return self.object.respondents.filter(address=self.request.user.email).first()

    def get_form(self, form_class=None):
        if self.respondent() is None or not self.object.accepts(self.now):
            return None
        return super().get_form(form_class)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | answer_form_kwargs(self.respondent(), self.object)

    def get_context_data(self, **kwargs):
        poll, user = self.object, self.request.user
        return super().get_context_data(
            poll=poll,
            meeting=poll.meeting,
            page=poll_page(poll, user, self.now),
            section="meetings",
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        if self.get_form() is None:
            late = _("The time for answering is over. Write to the coordination team.")
            no_respondent = _("You were not asked about these dates. The delegates of each member organisation were.")
            messages.error(request, no_respondent if self.respondent() is None else late)
            return redirect(self.get_success_url())
        return super().post(request, *args, **kwargs)

    def act(self, form):
        answer_poll(self.respondent(), availability=form.availability(), now=self.now)

    def get_success_url(self):
        return self.object.get_absolute_url()


class PollAct(PollMixin, ActView):
    """One act on a poll by a POST."""

    permission_required = "meetings.poll_dates"


class PollDecide(PollAct):
    """Choose a date: the meeting is convened for it."""

    done = _("The date has been decided. The organisations have been invited, with a calendar entry.")

    def act(self):
        data = PollDecisionForm(self.request.POST, poll=self.object).checked()
        return decide_poll(self.object, **data, actor=self.request.user, now=self.now).get_absolute_url()


class PollWithdraw(PollAct):
    """Withdraw a poll."""

    done = _("The date poll has been withdrawn.")

    def act(self):
        withdraw_poll(self.object, actor=self.request.user, now=self.now)
        return self.object.meeting.get_absolute_url()


@method_decorator(never_cache, name="dispatch")
class PollByLink(ClockMixin, View):
    """Answer from a mail, without signing in, as often as one likes until it closes; opening the page changes nothing."""

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request, *args, **kwargs):
        polls = DatePoll.objects.filter(meeting__code=kwargs["code"]).select_related("meeting")
        self.poll = polls.order_by("-opened_at", "-pk").first()
        self.respondent = self.poll and respondent_by_link(self.poll, kwargs["token"], self.now)
        if not self.respondent or not self.poll.accepts(self.now):
            return self.page(status=410)
        return super().dispatch(request, *args, **kwargs)

    def page(self, form=None, status=200, **context):
        known = (
            {"poll": self.poll, "meeting": self.poll.meeting, "respondent": self.respondent} if form or context else {}
        )
        return render(self.request, "meetings/poll_by_link.html", known | context | {"form": form}, status=status)

    def get(self, request, code, token):
        return self.page(PollAnswerForm(**answer_form_kwargs(self.respondent, self.poll)))

    def post(self, request, code, token):
        form = PollAnswerForm(request.POST, **answer_form_kwargs(self.respondent, self.poll))
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            answer_poll(self.respondent, availability=form.availability(), now=self.now)
        except Incomplete as error:
            for name, message in error.missing.items():
                form.add_error(name, message)
            return self.page(form, status=422)
        except NotNow:
            return self.page(status=410)
        return self.page(done=True, again=reverse("meetings:poll_by_link", args=[code, token]))
